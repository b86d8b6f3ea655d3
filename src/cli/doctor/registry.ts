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

const snapshotOf = async (store: RegistryStore): Promise<Snapshot> =>
  (await compileRegistry(await followRegistry(store).newest(), { store, rules: serviceRules(policyReader(store)) })).snapshot;

/** The registry opens, is what was applied, and the ledger has heard of it. */
export const registry: DoctorCheck = async ({ config }) => {
  const found = await withRegistry(config, async (store) => ({
    snapshot: await snapshotOf(store),
    pending: (await store.pending()).length,
  })).catch((fault: Error) => fault.message);
  if (found === undefined) {
    return [
      wrong(
        "Registri belum ada, jadi gerbang tidak dapat mulai; jalankan: npm run -s simpul -- apply",
        "There is no registry, so the gateway cannot start; run: npm run -s simpul -- apply",
      ),
    ];
  }
  if (typeof found === "string") {
    return [
      wrong(
        `Registri tidak dapat dipakai (${found}). Bila baru dibuat: npm run -s simpul -- apply; selain itu pulihkan registry.sqlite dari cadangan.`,
        `The registry cannot be used (${found}). If it is new: npm run -s simpul -- apply; otherwise restore registry.sqlite from a backup.`,
      ),
    ];
  }
  const {
    snapshot: { version, services, subsystems },
    pending,
  } = found;
  const all = good(
    `Registri versi ${version}: ${subsystems.size} subsistem, ${services.size} versi layanan.`,
    `Registry version ${version}: ${subsystems.size} subsystems, ${services.size} service versions.`,
  );
  if (pending === 0) return [all];
  return [
    all,
    isHeld(config)
      ? doubtful(
          `${pending} perubahan registri belum tercatat di buku besar. Bila menetap lebih dari sedetik, lihat registryFailed di catatan gerbang.`,
          `${pending} registry changes are not in the ledger yet. If that lasts longer than a second, see registryFailed in the gateway's log.`,
        )
      : good(
          `${pending} perubahan registri akan dicatat di buku besar saat gerbang mulai.`,
          `${pending} registry changes will be told to the ledger when the gateway starts.`,
        ),
  ];
};

const soonDays = 30;

/** A subsystem whose last key ends within 30 days, or has ended, will be refused with `key-invalid`. */
export const keyPeriods: DoctorCheck = async ({ config, clock }) => {
  const snapshot = await withRegistry(config, snapshotOf).catch(() => undefined);
  if (snapshot === undefined) return [];
  const now = clock();
  const ending = [...lastKeys(snapshot)].flatMap(([owner, { kid, until = Infinity }]) =>
    until < now + soonDays * dayMs ? [{ owner, kid, until }] : [],
  );
  if (ending.length === 0)
    return [
      good(
        `Tidak ada subsistem yang kunci terakhirnya berakhir dalam ${soonDays} hari.`,
        `No subsystem's last key ends within ${soonDays} days.`,
      ),
    ];
  return ending.map(({ owner, kid, until }) => {
    const when = new Date(until).toISOString();
    const [id, en] = until <= now ? ["sudah berakhir", "ended"] : ["akan berakhir", "ends"];
    return doubtful(
      `Kunci terakhir ${owner} ${id} ${when} (${kid}); minta pemiliknya mendaftarkan kunci baru: docs/client.md.`,
      `The last key of ${owner} ${en} ${when} (${kid}); have its owner register a new one: docs/client.md.`,
    );
  });
};

/** Of each subsystem in use, the key that may be used the longest. */
function lastKeys({ keys, subsystems }: Snapshot): ReadonlyMap<string, RegisteredKey> {
  const used = Array.from(keys.values()).filter(({ state, owner }) => state === "active" && subsystems.has(owner));
  return new Map(used.sort((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity)).map((key) => [key.owner, key]));
}
