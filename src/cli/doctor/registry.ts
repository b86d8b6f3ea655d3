import { dayMs } from "../../base/time.ts";
import { serviceRules } from "../../policy/opinions/service-rules.ts";
import { policyReader } from "../../policy/profile/policies-in-force.ts";
import { compileRegistry } from "../../registry/compile.ts";
import { followRegistry } from "../../registry/follow.ts";
import type { RegistryStore } from "../../registry/registry-store.ts";
import type { Snapshot } from "../../registry/snapshot.ts";
import type { RegisteredKey } from "../../trust/registered-key.ts";
import { doubtful, good, wrong, type DoctorCheck } from "./diagnosis.ts";
import { isHeld, withRegistry } from "./stores.ts";
import { messages } from "./messages.ts";

const snapshotOf = async (store: RegistryStore): Promise<Snapshot> =>
  (await compileRegistry(await followRegistry(store).newest(), { store, rules: serviceRules(policyReader(store)) })).snapshot;

/** The registry opens and compiles, and its changes are recorded in the ledger. */
export const registry: DoctorCheck = async ({ config }) => {
  const found = await withRegistry(config, async (store) => ({
    snapshot: await snapshotOf(store),
    pending: (await store.pending()).length,
  })).catch((fault: Error) => fault.message);
  if (found === undefined) return [wrong(messages.noRegistry())];
  if (typeof found === "string") return [wrong(messages.registryUnusable(found))];
  const {
    snapshot: { version, services, subsystems },
    pending,
  } = found;
  const whole = good(messages.registryVersion(version, subsystems.size, services.size));
  if (pending === 0) return [whole];
  return [whole, isHeld(config) ? doubtful(messages.changesNotInLedger(pending)) : good(messages.changesWillBeRecorded(pending))];
};

const soonDays = 30;

/** A subsystem is refused with `key-invalid` once its last key has ended; the check warns 30 days before. */
export const keyPeriods: DoctorCheck = async ({ config, clock }) => {
  const snapshot = await withRegistry(config, snapshotOf).catch(() => undefined);
  if (snapshot === undefined) return [];
  const now = clock();
  const ending = [...lastKeys(snapshot)].flatMap(([owner, { kid, until = Infinity }]) =>
    until < now + soonDays * dayMs ? [{ owner, kid, until }] : [],
  );
  if (ending.length === 0) return [good(messages.noKeyEnds(soonDays))];
  return ending.map(({ owner, kid, until }) =>
    doubtful((until <= now ? messages.lastKeyEnded : messages.lastKeyEnds)(owner, new Date(until).toISOString(), kid)),
  );
};

/** Of each subsystem in use, the key that may be used the longest. */
function lastKeys({ keys, subsystems }: Snapshot): ReadonlyMap<string, RegisteredKey> {
  const used = Array.from(keys.values()).filter(({ state, owner }) => state === "active" && subsystems.has(owner));
  return new Map(used.sort((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity)).map((key) => [key.owner, key]));
}
