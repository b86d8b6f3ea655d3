import { inline } from "../base/text.ts";
import { isList, readControlChange, type ManifestsApplied, type OfficerActed } from "../ledger/control-change.ts";
import type { ControlLeaf } from "../ledger/leaf.ts";
import type { RetentionBucket } from "../ledger/sealed/retention-bucket.ts";
import { messages } from "./messages.ts";

/** What a control leaf says, as a line of a table. */
export interface ChangeSummary {
  /** What was done: an action of an officer (`grant.decide`), `registry`, `ledger.refused`, or whatever else the leaf names. */
  readonly what: string;
  /** To what; of many, how many. */
  readonly subject: string;
  /** By whom; `-` if it does not say. */
  readonly by: string;
}

/**
 * `roots` are those of the registry and of the policies that the change put in force. Of an unknown change it gives the
 * names of its members.
 */
export function summariseChange(said: ControlLeaf["change"]): ChangeSummary & { readonly roots: readonly string[] } {
  const change = readControlChange(said);
  if (change === undefined) return { ...namesOnly(said), subject: "-", roots: [] };
  const { by } = change;
  if ("evidence" in change) {
    const { destroyed, log } = change.evidence;
    return { what: "evidence.destroy", subject: log === undefined ? destroyed : `${destroyed} · ${log}`, by, roots: [] };
  }
  if ("ledger" in change) return { what: "ledger.refused", subject: inline(messages.leavesRefused(change.ledger)), by, roots: [] };
  if ("log" in change) return { what: "log.begin", subject: inline(messages.logBegun(change.log)), by, roots: [] };
  if ("key" in change)
    return { what: "log.rotate", subject: `${keyIdIn(change.key.before)} → ${keyIdIn(change.key.after)}`, by, roots: [] };
  const roots = [change.registry.after, change.policy.after];
  if ("backup" in change) return { what: "backup", subject: `${change.backup.log} ${change.backup.size}`, by, roots };
  if ("decision" in change) return { what: change.decision.action, subject: subjectOfAct(change), by, roots };
  return { what: "registry", subject: subjectOf(change), by, roots };
}

/** The key id in a verifier key, `fbbde039`. */
const keyIdIn = (vkey: string): string => vkey.split("+")[1] ?? "?";

function namesOnly(said: ControlLeaf["change"]): Pick<ChangeSummary, "what" | "by"> {
  const { by, ...members } = said as Readonly<Record<string, unknown>>;
  return { what: Object.keys(members).join(", ") || "-", by: typeof by === "string" ? by : "-" };
}

/** A bucket of evidence that a control leaf says was destroyed, with the leaves that it reached over. */
export interface Destruction extends RetentionBucket {
  /** The log beside whose leaves it was. */
  readonly of: string;
  /** The leaf that says so, and its log. */
  readonly by: { readonly log: string; readonly leaf: number };
}

/** `undefined` where the leaf is of another change. */
export function readDestruction(index: number, leaf: ControlLeaf): Destruction | undefined {
  const change = readControlChange(leaf.change);
  if (change === undefined || !("evidence" in change)) return undefined;
  const { destroyed: bucket, leaves, log: of = leaf.log } = change.evidence;
  return { bucket, leaves: { from: leaves.from, to: leaves.to }, of, by: { log: leaf.log, leaf: index } };
}

/** Of a key also whose it is, why it was revoked and from when on it is not trusted. */
function subjectOfAct({ decision, registeredKey }: OfficerActed): string {
  if (registeredKey === undefined) return decision.subject;
  const { owner, reason, since } = registeredKey;
  const more = [owner, reason, since && `≥ ${since}`].filter((part) => part !== undefined);
  return [decision.subject, ...more].join(" · ");
}

function subjectOf(change: ManifestsApplied): string {
  const named = (["added", "changed", "retired"] as const).flatMap((part) => {
    const names = change[part];
    return isList(names) && names.length > 0 ? [{ part, names }] : [];
  });
  const [only] = named;
  const keys = change.keys !== undefined && isList(change.keys) ? change.keys.map((key) => `key ${key.replace(" ", " · ")}`) : [];
  if (named.length === 1 && only!.names.length === 1) return `${only!.part} ${keys[0] ?? only!.names[0]}`;
  return [named.map(({ part, names }) => `${part} ${names.length}`).join(", ") || "-", ...keys].join("; ");
}
