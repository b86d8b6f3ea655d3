import { createPublicKey } from "node:crypto";
import { compileServices } from "./compile-services.ts";
import type { Entry } from "./entry.ts";
import { registeredLists } from "./registered-lists.ts";
import { changedBetween } from "./apply-changes.ts";
import type { RegistryState } from "./registry-state.ts";
import { messages } from "./messages.ts";
import { readGrants } from "./read-grants.ts";
import { RegistryUnusable } from "./registry-unusable.ts";
import { cooperativeScheduler } from "./cooperative-scheduler.ts";
import type { Snapshot } from "./snapshot.ts";
import type { RegisteredKey } from "../trust/registered-key.ts";
import type { CompiledRegistry, CompileOptions } from "./compiled.ts";

/**
 * Compiles a state for the data plane, as far as it changed since `previous`; other work gets its turn in between.
 * Throws `RegistryUnusable` if nothing was applied yet.
 */
export async function compileRegistry(
  state: RegistryState,
  options: CompileOptions,
  previous?: CompiledRegistry,
): Promise<CompiledRegistry> {
  const [instance] = state.of("instance");
  if (instance === undefined) throw new RegistryUnusable(messages.empty());
  const yieldIfDue = cooperativeScheduler();
  const lists = await registeredLists(state, options.store, previous?.lists);
  const { services, contracts } = await compileServices(state, lists, options, previous, yieldIfDue);
  const snapshot: Snapshot = {
    version: state.version,
    instance: instance.id,
    root: state.roots.registry,
    policyRoot: state.roots.policy,
    timeZone: instance.content.timeZone,
    services,
    ...compileParties(state, instance, previous),
    keys: await compileKeys(state, previous, yieldIfDue),
    grants: await readGrants(state, previous, yieldIfDue),
  };
  return { snapshot, state, contracts, lists };
}

const active = <Kind extends "member" | "subsystem">(registry: RegistryState, kind: Kind): readonly Entry<Kind>[] =>
  Array.from(registry.of(kind)).filter(({ state }) => state === "active");

function compileParties(
  registry: RegistryState,
  { content }: Entry<"instance">,
  previous: CompiledRegistry | undefined,
): Pick<Snapshot, "subsystems" | "testers" | "auditors"> {
  if (
    previous !== undefined &&
    (["instance", "member", "subsystem"] as const).every((kind) => previous.state.table(kind) === registry.table(kind))
  ) {
    const { subsystems, testers, auditors } = previous.snapshot;
    return { subsystems, testers, auditors };
  }
  const subsystems = new Set(active(registry, "subsystem").map(({ id }) => id));
  const testMembers = new Set(active(registry, "member").flatMap((member) => (member.content.test === true ? member.id : [])));
  return {
    subsystems,
    testers: new Set([...subsystems].filter((id) => testMembers.has(id.slice(0, id.lastIndexOf("/"))))),
    auditors: new Set(content.auditors.filter((id) => subsystems.has(id))),
  };
}

async function compileKeys(
  registry: RegistryState,
  previous: CompiledRegistry | undefined,
  yieldIfDue: () => Promise<void>,
): Promise<Snapshot["keys"]> {
  if (previous?.state.table("key") === registry.table("key")) return previous.snapshot.keys;
  const keys = new Map(previous?.snapshot.keys);
  for (const { entry, registeredAt } of changedBetween(previous?.state, registry, "key")) {
    keys.set(entry.id, readKey(entry, registeredAt, keys.get(entry.id)));
    await yieldIfDue();
  }
  return keys;
}

function readKey({ id, state, content }: Entry<"key">, registeredAt: number, before: RegisteredKey | undefined): RegisteredKey {
  const { alg, owner, jwk, from, until, proof, registered, decided, revoked } = content;
  return {
    kid: id,
    alg,
    owner,
    // The kid is the hash of the key, so the same kid is the same key, and it is imported already.
    publicKey: before?.publicKey ?? createPublicKey({ key: jwk, format: "jwk" }),
    state: state === "active" || state === "requested" || state === "refused" ? state : "revoked",
    registeredAt,
    from: from === undefined ? 0 : Date.parse(from),
    until: until === undefined ? undefined : Date.parse(until),
    proof,
    by: (state === "revoked" ? revoked : (decided ?? registered))?.by,
    revoked: revoked && { at: revoked.at, reason: revoked.reason, ...(revoked.since === undefined ? {} : { since: revoked.since }) },
  };
}
