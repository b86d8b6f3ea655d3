import { decodeBase64url } from "../base/bytes.ts";
import { maxLeafBytes } from "../ledger/leaf.ts";
import { leafHash, verifyInclusion } from "../ledger/merkle.ts";
import type { EntryProofs } from "./bundle.ts";
import type { CheckReport } from "./check-report.ts";
import { readProvedEntry, type ProvedEntry, type ProvedKind } from "./proved-entry.ts";

/** The entries that are proved to have been in force. */
export interface ProvenBasis {
  get<Kind extends ProvedKind>(kind: Kind, id: string): ProvedEntry<Kind> | undefined;
  readonly all: readonly ProvedEntry[];
}

/**
 * Checks that the root is the one in the leaf's `basis` and every entry is under it. An entry that is not proved is
 * ignored by later checks.
 */
export function checkBasis(tree: "registry" | "policy", opened: EntryProofs, root: string, report: CheckReport): ProvenBasis {
  const proven = opened.root === root ? opened.entries.map((row) => readEntry(tree, row, opened)) : opened.entries.map(() => undefined);
  const names = proven.map((entry) => (entry === undefined ? undefined : `${entry.kind} ${entry.id}`));
  const wrong = names.findIndex((name, index) => name === undefined || names.indexOf(name) !== index);
  const where = wrong < 0 || opened.root !== root ? `/${tree}` : `/${tree}/entries/${wrong}`;
  report.record("basis", where, wrong < 0 && opened.root === root, { tree, count: names.length, names: names.join(", ") });
  const all = proven.filter((entry) => entry !== undefined);
  return {
    all,
    get: <Kind extends ProvedKind>(kind: Kind, id: string) =>
      all.find((entry) => entry.kind === kind && entry.id === id) as ProvedEntry<Kind> | undefined,
  };
}

function readEntry(
  tree: "registry" | "policy",
  { index, salt, entry, proof }: EntryProofs["entries"][number],
  { root, size }: EntryProofs,
): ProvedEntry | undefined {
  const [prefix, path, head] = [salt, proof, root].map(decodeBase64url);
  if (prefix?.length !== (tree === "policy" ? 0 : saltBytes) || path === undefined || head === undefined) return undefined;
  if (prefix.length + Buffer.byteLength(entry) > maxLeafBytes) return undefined;
  if (!verifyInclusion(leafHash(Buffer.concat([prefix, Buffer.from(entry)])), index, size, path, head)) return undefined;
  const value = readProvedEntry(entry);
  return value !== undefined && (value.kind === "policy") === (tree === "policy") ? value : undefined;
}

/** The length is fixed, since otherwise salt ‖ entry could be divided in more than one way. */
const saltBytes = 16;
