import { decodeBase64url } from "../base/bytes.ts";
import { leafHash, verifyInclusion } from "../ledger/merkle.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import { entryKinds, type Entry, type EntryKind } from "../registry/entry.ts";
import type { Opened } from "../registry/open-entries.ts";
import type { Sheet } from "./check-sheet.ts";
import { having, list, map, object, text, type Shape } from "./shape.ts";

/** Entries that are proved to have been in force, by kind and id. */
export interface Proven {
  get<Kind extends EntryKind>(kind: Kind, id: string): Entry<Kind> | undefined;
  readonly all: readonly Entry[];
}

/** Every entry is under the root, and the root is the one in the leaf's `basis`. One that is not proved does not count in what follows. */
export function checkBasis(tree: "registry" | "policy", opened: Opened, root: string, sheet: Sheet): Proven {
  const proven = opened.root === root ? opened.entries.map((row) => readEntry(tree, row, opened)) : opened.entries.map(() => undefined);
  const names = proven.map((entry) => (entry === undefined ? undefined : `${entry.kind} ${entry.id}`));
  const wrong = names.findIndex((name, index) => name === undefined || names.indexOf(name) !== index);
  const where = wrong < 0 || opened.root !== root ? `/${tree}` : `/${tree}/entries/${wrong}`;
  sheet.judge("basis", where, wrong < 0 && opened.root === root, { tree, count: names.length, names: names.join(", ") });
  const all = proven.filter((entry) => entry !== undefined);
  return {
    all,
    get: <Kind extends EntryKind>(kind: Kind, id: string) => all.find((entry) => entry.kind === kind && entry.id === id) as Entry<Kind> | undefined,
  };
}

function readEntry(tree: "registry" | "policy", { index, salt, entry, proof }: Opened["entries"][number], { root, size }: Opened): Entry | undefined {
  const [prefix, path, head] = [salt, proof, root].map(decodeBase64url);
  if (prefix?.length !== (tree === "policy" ? 0 : saltBytes) || path === undefined || head === undefined) return undefined;
  if (prefix.length + Buffer.byteLength(entry) > longestLeaf) return undefined;
  if (!verifyInclusion(leafHash(Buffer.concat([prefix, Buffer.from(entry)])), index, size, path, head)) return undefined;
  const value = parse(entry);
  return value !== undefined && (value.kind === "policy") === (tree === "policy") ? value : undefined;
}

const period = { from: text, until: text };

/** What is read of an entry's content; of the other kinds nothing is. */
const contents: Readonly<Partial<Record<EntryKind, Shape>>> = {
  key: having({ owner: text, alg: text, jwk: map(/^[a-z]+$/, text), proof: text }, period),
  service: having({ provider: text, contract: text }, { open: having({ purpose: text, legalBasis: text }) }),
  grant: having({ consumer: text, service: text, operations: list(text), purpose: text, legalBasis: text, from: text }, { until: text, suspensions: having({}) }),
  policy: having({ digest: text }),
};

/** Without a salt of fixed length, an entry's bytes could be cut in two ways. */
const saltBytes = 16;
const longestLeaf = 65_535;

const entryShape = object({ content: having({}), id: text, kind: text, state: text });

function parse(json: string): Entry | undefined {
  try {
    const value = JSON.parse(json) as Entry;
    if (entryShape(value, "") !== undefined || !Object.hasOwn(entryKinds, value.kind) || canonicalJson(value) !== json) return undefined;
    return contents[value.kind]?.(value.content, "") === undefined ? value : undefined;
  } catch {
    return undefined;
  }
}
