import { isObject } from "../base/is-object.ts";
import type { RetentionBucket } from "../ledger/sealed/retention-bucket.ts";
import type { ControlLeaf, Json } from "../ledger/leaf.ts";

/** What a control leaf says, as a line of a table. */
export interface ChangeSummary {
  /** What was done: an officer's action (`grant.decide`), `registry`, `evidence.destroy`, or the names of unknown members. */
  readonly what: string;
  /** To what; of many, how many. */
  readonly subject: string;
  /** By whom; `-` if it does not say. */
  readonly by: string;
}

/**
 * Reads a change as far as it is known; of an unknown one the names of its members are what can be said. `roots` are
 * the rules that it put in force.
 */
export function summariseChange(change: ControlLeaf["change"]): ChangeSummary & { readonly roots: readonly string[] } {
  const roots = [change["registry"], change["policy"]].flatMap((part) => word(member(part, "after")) ?? []);
  const by = word(change["by"]) ?? "-";
  const action = word(member(change["decision"], "action"));
  if (action !== undefined) return { what: action, subject: word(member(change["decision"], "subject")) ?? "-", by, roots };
  const destroyed = readDestruction(change);
  if (destroyed !== undefined) return { what: "evidence.destroy", subject: destroyed.bucket, by, roots };
  if (change["registry"] !== undefined) return { what: "registry", subject: subjectOf(change), by, roots };
  return {
    what:
      Object.keys(change)
        .filter((name) => name !== "by")
        .join(", ") || "-",
    subject: "-",
    by,
    roots,
  };
}

/** A bucket of evidence that a control leaf says was destroyed, with the leaves that it reached over. */
export type Destruction = RetentionBucket;

/** `undefined` where the change is another one. */
export function readDestruction(change: ControlLeaf["change"]): Destruction | undefined {
  const bucket = word(member(change["evidence"], "destroyed"));
  const leaves = member(change["evidence"], "leaves");
  const [from, to] = [member(leaves, "from"), member(leaves, "to")];
  if (bucket === undefined || !bucketForm.test(bucket) || typeof from !== "number" || typeof to !== "number") return undefined;
  return { bucket, leaves: { from, to } };
}

const bucketForm = /^\d{4}-\d\d\/\d+$/;

const parts = ["added", "changed", "retired"] as const;

function subjectOf(change: ControlLeaf["change"]): string {
  const named = parts.flatMap((part) => {
    const names = change[part];
    return Array.isArray(names) && names.length > 0 ? [{ part, names: names as readonly Json[] }] : [];
  });
  const [only] = named;
  if (named.length === 1 && only!.names.length === 1) return `${only!.part} ${word(only!.names[0]) ?? "-"}`;
  return named.map(({ part, names }) => `${part} ${names.length}`).join(", ") || "-";
}

const word = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);

function member(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? (value as Readonly<Record<string, Json>>)[name] : undefined;
}
