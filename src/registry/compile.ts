import { createPublicKey } from "node:crypto";
import { compileServices } from "./compile-services.ts";
import type { Entry } from "./entry.ts";
import { registeredLists } from "./registered-lists.ts";
import { changedBetween } from "./grow-image.ts";
import type { RegistryImage } from "./image.ts";
import { readGrants } from "./read-grants.ts";
import { RegistryUnusable } from "./registry-unusable.ts";
import { slices } from "./slices.ts";
import type { Snapshot } from "./snapshot.ts";
import type { RegisteredKey } from "../trust/registered-key.ts";
import type { CompiledRegistry, CompileOptions } from "./compiled.ts";

/** Compiles an image for the data plane, in slices: only what changed since `previous`. Throws `RegistryUnusable` if nothing was applied yet. */
export async function compileRegistry(image: RegistryImage, options: CompileOptions, previous?: CompiledRegistry): Promise<CompiledRegistry> {
  const [instance] = image.of("instance");
  if (instance === undefined) throw new RegistryUnusable({ id: "Registri masih kosong. Jalankan: npm run -s simpul -- apply", en: "The registry is empty. Run: npm run -s simpul -- apply" });
  const pause = slices();
  const lists = await registeredLists(image, options.store, previous?.lists);
  const { services, contracts } = await compileServices(image, lists, options, previous, pause);
  const snapshot: Snapshot = {
    version: image.version,
    instance: instance.id,
    root: image.roots.registry,
    policyRoot: image.roots.policy,
    timeZone: instance.content.timeZone,
    services,
    ...compileParties(image, instance, previous),
    keys: await compileKeys(image, previous, pause),
    grants: await readGrants(image, previous, pause),
  };
  return { snapshot, image, contracts, lists };
}

const active = <Kind extends "member" | "subsystem">(image: RegistryImage, kind: Kind): readonly Entry<Kind>[] => Array.from(image.of(kind)).filter(({ state }) => state === "active");

function compileParties(image: RegistryImage, { content }: Entry<"instance">, previous: CompiledRegistry | undefined): Pick<Snapshot, "subsystems" | "testers" | "auditors"> {
  if (previous !== undefined && (["instance", "member", "subsystem"] as const).every((kind) => previous.image.shelf(kind) === image.shelf(kind))) {
    const { subsystems, testers, auditors } = previous.snapshot;
    return { subsystems, testers, auditors };
  }
  const subsystems = new Set(active(image, "subsystem").map(({ id }) => id));
  const testMembers = new Set(active(image, "member").flatMap((member) => (member.content.test === true ? member.id : [])));
  return {
    subsystems,
    testers: new Set([...subsystems].filter((id) => testMembers.has(id.slice(0, id.lastIndexOf("/"))))),
    auditors: new Set(content.auditors.filter((id) => subsystems.has(id))),
  };
}

async function compileKeys(image: RegistryImage, previous: CompiledRegistry | undefined, pause: () => Promise<void>): Promise<Snapshot["keys"]> {
  if (previous?.image.shelf("key") === image.shelf("key")) return previous.snapshot.keys;
  const keys = new Map(previous?.snapshot.keys);
  for (const { entry, registeredAt } of changedBetween(previous?.image, image, "key")) {
    keys.set(entry.id, readKey(entry, registeredAt, keys.get(entry.id)));
    await pause();
  }
  return keys;
}

const readKey = ({ id, state, content }: Entry<"key">, registeredAt: number, before: RegisteredKey | undefined): RegisteredKey => ({
  kid: id,
  alg: content.alg,
  owner: content.owner,
  // The kid is the hash of the key: the same kid is the same key, imported already.
  publicKey: before?.publicKey ?? createPublicKey({ key: content.jwk, format: "jwk" }),
  state: state === "active" ? "active" : "revoked",
  registeredAt,
  from: content.from === undefined ? 0 : Date.parse(content.from),
  until: content.until === undefined ? undefined : Date.parse(content.until),
  proof: content.proof,
});
