import type { Text } from "../base/text.ts";
import { canonicalJson } from "./canonical-json.ts";
import { compareEntries, entryKinds, type Desired, type Entry } from "./entry.ts";
import { registryLimits } from "./limits.ts";
import type { RegistryState } from "./registry-store.ts";

/** What an apply would do. Nothing listed means nothing to do. */
export interface Plan {
  /** What it was planned against. */
  readonly current: RegistryState;
  readonly documents: ReadonlyMap<string, Buffer>;
  readonly added: readonly Entry[];
  readonly changed: readonly Entry[];
  /** Gone from the manifests: retired, or revoked, never deleted. */
  readonly retired: readonly Entry[];
  /** Why it may not be applied, by entry. */
  readonly refused: readonly { readonly entry: Entry; readonly code: RefusalCode; readonly detail: Text }[];
}

const refusals = {
  "key-revoked": {
    id: "kunci ini sudah dicabut, dan pencabutan tidak dapat ditarik; daftarkan kunci baru",
    en: "this key was revoked, and a revocation is final; register a new key",
  },
  "key-taken": {
    id: "kunci ini sudah terdaftar untuk subsistem atau alg lain; satu kunci untuk satu subsistem dan satu alg",
    en: "this key is registered for another subsystem or alg; one key is for one subsystem and one alg",
  },
  "instance-changed": {
    id: "registri ini milik instansi lain; pakai direktori data yang baru",
    en: "this registry belongs to another instance; use a fresh data directory",
  },
  "too-many": { id: "registri penuh untuk jenis ini, yang sudah pensiun ikut dihitung", en: "the registry is full for this kind, retired ones included" },
} as const satisfies Record<string, Text>;

export type RefusalCode = keyof typeof refusals;

/** `service ID-16.03/…/v1`: how plans, control leaves and people name an entry. */
export const nameOf = (entry: Pick<Entry, "kind" | "id">): string => `${entry.kind} ${entry.id}`;

const says = (entry: Entry): string => canonicalJson({ state: entry.state, content: entry.content });

/** Compares what is with what should be. Pure: the same two give the same plan. */
export function plan(current: RegistryState, desired: Desired): Plan {
  const before = new Map(current.entries.map(({ entry }) => [nameOf(entry), entry]));
  const wanted = new Set(desired.entries.map(nameOf));
  const added = desired.entries.filter((entry) => !before.has(nameOf(entry)));
  const changed = desired.entries.filter((entry) => {
    const old = before.get(nameOf(entry));
    return old !== undefined && says(old) !== says(entry);
  });
  const retired = [...before.values()]
    .filter((entry) => !wanted.has(nameOf(entry)) && entry.state !== entryKinds[entry.kind].gone)
    .map((entry): Entry => ({ ...entry, state: entryKinds[entry.kind].gone }));

  const refused: Plan["refused"][number][] = [];
  const refuse = (entry: Entry, code: RefusalCode): void => void refused.push({ entry, code, detail: refusals[code] });
  for (const entry of changed) {
    const old = before.get(nameOf(entry));
    if (entry.kind !== "key" || old?.kind !== "key") continue;
    if (old.state === "revoked") refuse(entry, "key-revoked");
    else if (old.content.owner !== entry.content.owner || old.content.alg !== entry.content.alg) refuse(entry, "key-taken");
  }
  const full = new Map<string, number>();
  for (const entry of [...before.values(), ...added]) full.set(entry.kind, (full.get(entry.kind) ?? 0) + 1);
  for (const entry of added) {
    if (entry.kind === "instance" && before.size > 0) refuse(entry, "instance-changed");
    else if (full.get(entry.kind)! > registryLimits[entry.kind]) refuse(entry, "too-many");
  }
  const sorted = (entries: readonly Entry[]): readonly Entry[] => [...entries].sort(compareEntries);
  return { current, documents: desired.documents, added: sorted(added), changed: sorted(changed), retired: sorted(retired), refused };
}
