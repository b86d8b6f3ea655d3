import { decodeBase64url } from "../base/bytes.ts";
import { parseCheckpoint, type Checkpoint } from "../ledger/checkpoint.ts";
import { maxLeafBytes, type ExchangeLeaf, type Leaf } from "../ledger/leaf.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { leafHash, verifyInclusion } from "../ledger/merkle.ts";
import { isCheckpointOf, isSealOf, type KeyTrail } from "../ledger/key-trail.ts";
import { parseNote } from "../ledger/note.ts";
import type { Bundle, ProvedLeaf } from "./bundle.ts";
import type { CheckReport } from "./check-report.ts";
import { sealedText } from "./seal.ts";

/** Checks that the log's key sealed exactly this document. Without a pinned key only the sealed text is compared. */
export function checkSeal(bundle: Bundle, keys: KeyTrail | undefined, report: CheckReport): void {
  const note = parseNote(bundle.seal);
  const fits = note?.text === sealedText(bundle) && note.signatures.length === 1;
  const { size } = parseCheckpoint(bundle.checkpoint) ?? { size: 0 };
  if (!fits || keys !== undefined) report.record("seal", "/seal", fits && keys !== undefined && isSealOf(keys, bundle.seal, size));
  else report.skip("seal", "/seal", "no-key");
}

/** Checks that all parts are of one log and its key signed the checkpoint; gives the checkpoint, `undefined` if it cannot be read. */
export function checkCheckpoint(bundle: Bundle, keys: KeyTrail | undefined, report: CheckReport): Checkpoint | undefined {
  const checkpoint = parseCheckpoint(bundle.checkpoint);
  report.record("log", "/log", checkpoint?.origin === bundle.log && (keys === undefined || keys.origin === bundle.log), {
    log: bundle.log,
  });
  if (checkpoint === undefined || keys !== undefined) {
    const signed = checkpoint !== undefined && isCheckpointOf(keys!, bundle.checkpoint);
    report.record("checkpoint", "/checkpoint", signed, { size: checkpoint?.size });
  } else report.skip("checkpoint", "/checkpoint", "no-key");
  return checkpoint;
}

/** Checks a leaf's inclusion; gives the leaf if it is in the log. */
export function checkInclusion(
  { index, leaf, proof }: ProvedLeaf,
  where: string,
  checkpoint: Checkpoint | undefined,
  report: CheckReport,
): Leaf | undefined {
  const bytes = Buffer.from(leaf);
  const path = decodeBase64url(proof);
  const included =
    checkpoint !== undefined &&
    path !== undefined &&
    bytes.length <= maxLeafBytes &&
    verifyInclusion(leafHash(bytes), index, checkpoint.size, path, checkpoint.root);
  report.record("inclusion", where, included, { index });
  return included ? readLeaf(bytes) : undefined;
}

/** The leaves of an exchange that the log has: the outcome or refusal, and the intent before it. */
export interface RecordedLeaves {
  readonly last: Exclude<Leaf, { type: "control" }>;
  readonly intent: ExchangeLeaf | undefined;
}

/** Checks that all leaves are in the log and of this exchange, and that an intent came before and agrees; gives them if so. */
export function checkLeaves(bundle: Bundle, checkpoint: Checkpoint | undefined, report: CheckReport): RecordedLeaves | undefined {
  const leaves = bundle.leaves.map((proved, index) => checkInclusion(proved, `/leaves/${index}`, checkpoint, report));
  const last = leaves.at(-1);
  const ours = leaves.every((leaf) => leaf !== undefined && leaf.log === bundle.log && leaf.id === bundle.exchange);
  const ends = last !== undefined && (last.type === "refusal" || last.type === "outcome");
  const first = leaves[0];
  const intent = leaves.length === 2 && first !== undefined && "request" in first ? first : undefined;
  if (!report.record("leaf", "/leaves", ours && ends, last === undefined ? {} : factsOf(last))) return undefined;
  const recorded = { last: last as RecordedLeaves["last"], intent };
  checkIntent(bundle, recorded, report);
  return recorded;
}

function factsOf(leaf: Leaf): Record<string, string> {
  const end =
    "problem" in leaf && leaf.problem !== undefined
      ? leaf.problem
      : "response" in leaf
        ? `HTTP ${leaf.response?.delivered?.status ?? "-"}`
        : leaf.type;
  const { service = "-", operation = "-" } = "request" in leaf ? leaf : {};
  return { exchange: leaf.id, consumer: "consumer" in leaf ? leaf.consumer : "-", service, operation, end, at: leaf.at };
}

const agreed = ["consumer", "service", "operation", "grant", "purpose", "htm"] as const;
const agreedRequest = ["statement", "jti", "kid", "commit", "bytes"] as const;

/** Checks protocol §4: a forwarded request of an unsafe method has an intent. */
function checkIntent({ log, leaves }: Bundle, { last, intent }: RecordedLeaves, report: CheckReport): void {
  if (!("request" in last)) return;
  const named = last.intent;
  if (named !== undefined && named.log !== log) return report.skip("intent", "/leaves", "intent-elsewhere", { log: named.log });
  const isSafe = last.htm === "GET" || last.htm === "HEAD";
  if (named === undefined && leaves.length === 1 && (isSafe || last.type === "refusal")) return;
  const same =
    intent?.type === "intent" &&
    agreed.every((name) => intent[name] === last[name]) &&
    agreedRequest.every((name) => intent.request[name] === last.request[name]);
  const before =
    named !== undefined &&
    leaves[0]!.index === named.index &&
    named.index < leaves.at(-1)!.index &&
    intent !== undefined &&
    intent.at <= last.at;
  report.record("intent", "/leaves/0", same && before, { index: named?.index });
}
