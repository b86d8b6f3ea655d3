import { sha256 } from "../../base/bytes.ts";
import { canonicalJson } from "../../base/canonical-json.ts";
import { isObject } from "../../base/is-object.ts";
import type { Entry } from "../../registry/entry.ts";
import type { RegistryStore } from "../../registry/registry-store.ts";
import type { RegistryView } from "../context.ts";

/** Gives, for the digest of a contract, the same text for contracts that accept and answer the same. */
export type BehaviourOf = (contract: string) => string;

const maxKnown = 1000;

/**
 * Reads what the contracts of a revision and of those that it inherits from do, so that a corrected word in a
 * description does not count as another contract.
 */
export function contractBehaviours({
  document,
}: Pick<RegistryStore, "document">): (registry: Pick<RegistryView, "get">, revision: Entry<"revision">) => Promise<BehaviourOf> {
  const known = new Map<string, string>();
  return async (registry, { content: { proposal, previous, inherited = {} } }) => {
    const origins = [...Object.values(inherited), ...(previous === undefined ? [] : [previous])];
    const others = origins.flatMap((id) => registry.get("revision", id)?.content.proposal.contract ?? []);
    const contracts = new Set([proposal.contract, ...others]);
    if (contracts.size === 1) return (contract) => contract;
    if (known.size + contracts.size > maxKnown) known.clear();
    for (const contract of contracts)
      if (!known.has(contract)) known.set(contract, behaviourIn(JSON.parse((await document(contract)).toString()) as unknown));
    const now = new Map([...contracts].map((contract) => [contract, known.get(contract)!]));
    return (contract) => now.get(contract) ?? contract;
  };
}

/** A digest over an OpenAPI document without what is for its readers alone. */
export function behaviourIn(document: unknown): string {
  const { info: _, tags: __, externalDocs: ___, servers: ____, ...rest } = document as Readonly<Record<string, unknown>>;
  return sha256(Buffer.from(canonicalJson(withoutWords(rest)))).toString("base64url");
}

/** Members that are words for readers where they are texts; a property of a schema may bear the same name. */
const words: ReadonlySet<string> = new Set(["description", "summary", "title", "$comment"]);

/** Members whose values are content, not parts of the document. */
const contents: ReadonlySet<string> = new Set(["const", "enum", "default", "example", "examples", "mapping"]);

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, part]) => !(words.has(name) && typeof part === "string"))
      .map(([name, part]) => [name, contents.has(name) ? part : withoutWords(part)]),
  );
}
