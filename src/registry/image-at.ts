import type { Entry, EntryKind } from "./entry.ts";
import type { RegistryImage } from "./image.ts";
import { nameOf } from "./plan.ts";
import type { RegistryStore } from "./registry-store.ts";
import { slices } from "./slices.ts";

/** What the registry held at an earlier version. */
export type PastImage = Pick<RegistryImage, "version" | "roots" | "get" | "of">;

/** The registry at an earlier version: the image of now with what has changed since put back. What it costs follows from the change, in slices. */
export async function imageAt(store: Pick<RegistryStore, "changes" | "replaced" | "head">, now: RegistryImage, version: number): Promise<PastImage> {
  const pause = slices();
  const changed = new Set<string>();
  for await (const page of store.changes(version, now.version)) {
    for (const { entry } of page) changed.add(nameOf(entry));
    await pause();
  }
  const then = new Map<string, Entry>();
  for await (const page of store.replaced(version, now.version)) {
    for (const { entry } of page) then.set(nameOf(entry), entry);
    await pause();
  }
  const { roots } = await store.head(version);
  const back = <Kind extends EntryKind>(name: string, entry: Entry<Kind> | undefined): Entry<Kind> | undefined => (changed.has(name) ? (then.get(name) as Entry<Kind> | undefined) : entry);
  return {
    version,
    roots,
    get: (kind, id) => back(nameOf({ kind, id }), now.get(kind, id)),
    *of(kind) {
      for (const entry of now.of(kind)) {
        const was = back(nameOf(entry), entry);
        if (was !== undefined) yield was;
      }
    },
  };
}
