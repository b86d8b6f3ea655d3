import { decodeBase64url } from "../base/bytes.ts";
import { parseCheckpoint, verifyCheckpoint, type Checkpoint } from "../ledger/checkpoint.ts";
import type { ExchangeLeaf, Leaf } from "../ledger/leaf.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { leafHash, verifyInclusion } from "../ledger/merkle.ts";
import { parseNote, verifyNote, type NoteVerifier } from "../ledger/note.ts";
import type { Bundle, ProvedLeaf } from "./bundle.ts";
import type { CheckReport } from "./check-report.ts";
import { sealedText } from "./seal.ts";

/** The log's key sealed exactly this document. Without a pinned key only what the seal is about can be seen. */
export function checkSeal(bundle: Bundle, verifier: NoteVerifier | undefined, report: CheckReport): void {
  const note = parseNote(bundle.seal);
  const fits = note?.text === sealedText(bundle) && note.signatures.length === 1;
  if (!fits || verifier !== undefined) report.record("seal", "/seal", fits && verifier !== undefined && verifyNote(note, verifier));
  else report.skip("seal", "/seal", "no-key");
}

/** The checkpoint to which the leaves lead, and that everything is of one log. `undefined` where there is none to lead to. */
export function checkCheckpoint(bundle: Bundle, verifier: NoteVerifier | undefined, report: CheckReport): Checkpoint | undefined {
  const checkpoint = parseCheckpoint(bundle.checkpoint);
  report.record("log", "/log", checkpoint?.origin === bundle.log && (verifier === undefined || verifier.name === bundle.log), {
    log: bundle.log,
  });
  if (checkpoint === undefined || verifier !== undefined) {
    const signed = checkpoint !== undefined && verifyCheckpoint(bundle.checkpoint, verifier!);
    report.record("checkpoint", "/checkpoint", signed, { size: checkpoint?.size });
  } else report.skip("checkpoint", "/checkpoint", "no-key");
  return checkpoint;
}

/** The leaf, if it is in the log. */
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
    isLeafLong(bytes) &&
    verifyInclusion(leafHash(bytes), index, checkpoint.size, path, checkpoint.root);
  report.record("inclusion", where, included, { index });
  return included ? readLeaf(bytes) : undefined;
}

const isLeafLong = ({ length }: Buffer): boolean => length <= 65_535;

/** What happened, as the log has it: the last leaf, and the intent before it. */
export interface RecordedLeaves {
  readonly last: Exclude<Leaf, { type: "control" }>;
  readonly intent: ExchangeLeaf | undefined;
}

/** All leaves are in the log and about this exchange; the intent, if one is named, came before and says the same. */
export function checkLeaves(bundle: Bundle, checkpoint: Checkpoint | undefined, report: CheckReport): RecordedLeaves | undefined {
  const leaves = bundle.leaves.map((proved, index) => checkInclusion(proved, `/leaves/${index}`, checkpoint, report));
  const last = leaves.at(-1);
  const ours = leaves.every((leaf) => leaf !== undefined && leaf.log === bundle.log && leaf.id === bundle.exchange);
  const ends = last !== undefined && (last.type === "refusal" || last.type === "outcome");
  const first = leaves[0];
  const intent = leaves.length === 2 && first !== undefined && "request" in first ? first : undefined;
  if (!report.record("leaf", "/leaves", ours && ends, last === undefined ? {} : told(last))) return undefined;
  const recorded = { last: last as RecordedLeaves["last"], intent };
  checkIntent(bundle, recorded, report);
  return recorded;
}

function told(leaf: Leaf): Record<string, string> {
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

/** Protocol §4: what may have an effect has an intent. */
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
