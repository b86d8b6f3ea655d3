import type { Text } from "../../base/text.ts";
import { actions } from "../../policy/acts/actions.ts";
import { endingKinds } from "../../policy/validity/end-of.ts";
import { entryKinds, type EntryKind, type EntryState, type ReadState } from "../../registry/entry.ts";

/** One collection of the API: the registry's entries of a kind. */
export interface Collection {
  /** Its segment of the path. */
  readonly name: string;
  readonly kind: EntryKind;
  readonly title: Text;
  /** The states in which its entries can be. */
  readonly states: readonly ReadState[];
}

const collection = (name: string, kind: EntryKind, id: string, en: string, ...unacted: EntryState[]): Collection => {
  const { gone } = entryKinds[kind];
  const acted = [...actions.values()]
    .filter((action) => action.kind === kind)
    .flatMap(({ from, to }) => [...(from === "new" ? [] : from), ...(to === "same" ? [] : to)]);
  const ended = endingKinds.includes(kind) ? ["ended" as const] : [];
  return { name, kind, title: { id, en }, states: [...new Set([...unacted, ...acted, ...(gone === undefined ? [] : [gone]), ...ended])] };
};

/**
 * Every collection of entries. The states at the end of a row are those that no action on the entry itself leads to:
 * manifests do, or an action on another entry.
 */
export const collections: readonly Collection[] = [
  collection("instance", "instance", "Instansi", "The instance"),
  collection("members", "member", "Perangkat Daerah dan anggota lain", "Perangkat Daerah and other members", "active"),
  collection(
    "subsystems",
    "subsystem",
    "Subsistem: aplikasi yang memegang kunci dan izin",
    "Subsystems: applications that hold keys and grants",
    "active",
  ),
  collection("keys", "key", "Kunci publik subsistem", "Public keys of subsystems", "active"),
  collection(
    "services",
    "service",
    "Versi layanan yang dirutekan",
    "Service versions that are routed",
    "trial",
    "active",
    "suspended",
    "deprecated",
  ),
  collection("revisions", "revision", "Revisi: perjalanan sebuah versi layanan", "Revisions: the road of a service version"),
  collection("grants", "grant", "Izin akses", "Grants"),
  collection("opinions", "opinion", "Pertimbangan kelaikan", "Opinions"),
  collection("evidence", "evidence", "Bukti kewajiban di luar perangkat lunak", "Evidence of duties outside the software"),
  collection("exemptions", "exemption", "Pembebasan masa peralihan", "Transition exemptions"),
  collection("officers", "officer", "Petugas, dengan nama samaran", "Officers, by pseudonym"),
  collection("tokens", "token", "Token petugas, tanpa rahasianya", "Officers' tokens, without their secrets"),
  collection("decisions", "decision", "Keputusan: setiap langkah dengan dasarnya", "Decisions: every act with what it rested on", "final"),
];

export const collectionOf = (kind: EntryKind): Collection => collections.find((one) => one.kind === kind)!;

/** The path of an entry. Ids hold slashes, so one is a single percent-encoded segment. */
export const pathOf = (kind: EntryKind, id: string): string => `/v1/${collectionOf(kind).name}/${encodeURIComponent(id)}`;
