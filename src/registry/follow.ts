import type { Entry } from "./entry.ts";
import type { RegistryNotice, StoredEntry, RegistryStore } from "./registry-store.ts";
import { type RegistryImage } from "./image.ts";
import { randomOctets, uuidv7 } from "../base/uuid.ts";
import { RegistryMoved } from "./apply.ts";
import { emptyImage, growImage, storedIn, stands } from "./grow-image.ts";
import { nameOf } from "./plan.ts";
import { RegistryUnusable } from "./registry-unusable.ts";
import { slices } from "./slices.ts";

/** A change of a few entries, and what the control leaf says of it beside the roots. */
export interface RegistryChange {
  readonly entries: readonly Entry[];
  readonly by: string;
  readonly at: number;
  readonly says: Readonly<Record<string, unknown>>;
}

/** Follows a registry store in memory: one image in the process, and only what changed is read again. */
export interface RegistryFollower {
  /** The newest version. Throws `RegistryUnusable` if its entries do not lead to the roots that were applied: then somebody has written past `apply`. */
  newest(): Promise<RegistryImage>;
  /**
   * Puts the entries in place of those of the same kind and id and keeps the notice for the ledger, in one transaction. Throws `RegistryMoved` if
   * the registry is no longer what `image` shows.
   */
  commit(image: RegistryImage, change: RegistryChange): Promise<{ readonly image: RegistryImage; readonly notice: RegistryNotice; }>;
  /** Reads every entry again, slowly, and holds it against the image: files get altered. Throws `RegistryUnusable` where one differs. */
  verify(): Promise<void>;
}

export function followRegistry(store: RegistryStore): RegistryFollower {
  let current = emptyImage();
  let running: Promise<unknown> = Promise.resolve();

  /** One reading or writing at a time; each sees what the one before it left. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = running.then(work);
    running = next.catch(() => undefined);
    return next;
  };

  const load = async (): Promise<RegistryImage> => {
    const version = await store.version();
    if (version === current.version) return current;
    if (version < current.version) throw new RegistryUnusable({ id: `Registri mundur dari versi ${current.version} ke versi ${version}`, en: `The registry went from version ${current.version} back to ${version}` });
    const pause = slices();
    const changed: StoredEntry[] = [];
    for await (const page of store.changes(current.version, version)) {
      changed.push(...page);
      await pause();
    }
    const next = await growImage(current, version, changed, pause);
    const { roots } = await store.head(version);
    if (next.roots.registry !== roots.registry || next.roots.policy !== roots.policy) throw altered(version);
    current = next;
    return next;
  };

  return {
    newest: () => inTurn(load),
    commit: (image, { entries, by, at, says }) => inTurn(async () => {
      if (image !== current) throw new RegistryMoved(`the registry is no longer at version ${image.version}`);
      const fresh = entries.map((entry): StoredEntry => ({ entry, salt: randomOctets(16), registeredAt: storedIn(image, entry)?.registeredAt ?? at }));
      const version = image.version + 1;
      const next = await growImage(current, version, fresh, slices());
      const { roots } = next;
      const change = JSON.stringify({
        registry: { before: image.roots.registry, after: roots.registry, version },
        policy: { before: image.roots.policy, after: roots.policy },
        by,
        ...says,
        changed: entries.map(nameOf),
      });
      const notice: RegistryNotice = { id: uuidv7(at), version, at, by, change };
      if (!(await store.commit(image.version, { entries: fresh, documents: new Map(), roots, notice }))) throw new RegistryMoved(`the registry is no longer at version ${image.version}`);
      current = next;
      return { image: next, notice };
    }),
    async verify() {
      const held = current;
      const { version } = held;
      const pause = slices({ restMs: 50 });
      let seen = 0;
      for await (const page of store.changes(0, version)) {
        for (const stored of page) {
          if (!stands(held, stored)) throw altered(version);
          await pause();
        }
        seen += page.length;
      }
      const { roots } = await store.head(version);
      if (seen !== held.entries.length || roots.registry !== held.roots.registry || roots.policy !== held.roots.policy) throw altered(version);
    },
  };
}
export const altered = (version: number): RegistryUnusable => new RegistryUnusable({ id: `Versi ${version} registri bukan yang diterapkan: isinya diubah di luar apply`, en: `Version ${version} of the registry is not what was applied: it was changed past apply` });
