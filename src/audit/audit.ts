import { auditLog, type AuditReport } from "./recompute.ts";
import type { Text } from "../base/text.ts";
import type { PublishedLog } from "../ledger/readable-log.ts";
import type { AuditFinding } from "./finding.ts";
import { parseCheckpoint } from "../ledger/checkpoint.ts";
import { alongHandovers, isCheckpointOf, trailOf, type KeyTrail } from "../ledger/key-trail.ts";
import { notProvided, type AuditCheck } from "./check.ts";
import { summariseActivity, type ActivitySummary } from "./activity-summary.ts";
import { readDestruction, type Destruction } from "./change.ts";
import { compareSealedRecords, type SealedRecordIndex } from "./sealed-records.ts";
import { compareHeads, type KnownHead } from "./heads.ts";
import { compareMetrics } from "./metrics.ts";
import type { OpenableLog } from "./open-sealed-records.ts";
import { compareReceipts, type HeldReceipts } from "./receipts.ts";
import { beginningIn, checkClosed, type LogBeginning, type Successor } from "./closed.ts";
import { messages } from "./messages.ts";

/** What an auditor has besides the log. What is not given is not checked, and the report says so. */
export interface AuditInputs {
  /**
   * The log's verifier key. `pinned`: the auditor's own copy; otherwise it was found next to the log, where the
   * operator could change it. `trail`: all keys of the log, where a list has them; its leaves may tell of later ones.
   */
  readonly key?: { readonly vkey: string; readonly pinned: boolean; readonly trail?: KeyTrail };
  /** Heads that the auditor saw before, of this log or of others. */
  readonly remembered?: readonly KnownHead[];
  /** Those that the gateway keeps beside its data: enough to find an old copy, not against the operator. */
  readonly beside?: readonly KnownHead[];
  /** Receipts that the parties kept. */
  readonly receipts?: HeldReceipts;
  /** Which leaves have sealed records, if a data directory is read. */
  readonly evidence?: SealedRecordIndex;
  /** The same with its master keys. Every record is then opened, which makes the audit several times longer. */
  readonly openable?: OpenableLog;
  /** Of a closed log: the destructions that the logs after it record. */
  readonly destroyedLater?: readonly Destruction[];
  /** Told of each control leaf that records a destruction beside another, closed log. */
  readonly onDestroyedElsewhere?: (destruction: Destruction) => void;
  /** Metrics of the gateway that writes the log (Prometheus text), read before the log. */
  readonly metrics?: string;
  /** How the log that goes on from this one tells of it; absent for a log that was not closed. */
  readonly successor?: Successor;
  /** Milliseconds: when the audit is made. */
  readonly now: number;
  readonly progress?: (leaves: number, size: number) => void;
}

/** The report of an audit: the same as text, JSON (docs/auditor.md) and page. */
export interface Audit {
  readonly v: 1;
  readonly type: "simpul-audit";
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly origin: string;
  readonly size: number;
  /** The signed note that was audited, to be remembered for the next audit. */
  readonly checkpoint: string;
  /** `unvouched`: consistent, but no key was given that the log could be checked by. */
  readonly verdict: "sound" | "unsound" | "unvouched";
  readonly key: "pinned" | "beside" | "none";
  /** The key that the checkpoint was checked by, if any. */
  readonly vkey?: string;
  readonly checks: readonly AuditCheck[];
  /** The findings of all checks. */
  readonly findings: readonly AuditFinding[];
  /** Leaves by type. */
  readonly counts: Readonly<Record<string, number>>;
  readonly chronicle: ActivitySummary;
  /** What the first leaf says of the log from which this one goes on, and the audit of that log. */
  readonly begun?: LogBeginning;
  readonly before?: Audit;
}

/**
 * Audits a log: recomputes it leaf by leaf, compares it with the heads and receipts that others hold and with its
 * gateway's metrics, and summarises its activity. An operator can rewrite a log with its own key; only heads and
 * receipts kept elsewhere show that.
 */
export async function audit(log: PublishedLog, inputs: AuditInputs): Promise<Audit> {
  const { key, remembered, beside, receipts, evidence, openable, metrics, successor, now, progress } = inputs;
  const checkpoint = await log.checkpoint();
  const { origin, size: published } = parseCheckpoint(checkpoint) ?? { origin: "?", size: 0 };
  const proofs = evidence && (await compareSealedRecords(origin, evidence, { openable, later: inputs.destroyedLater }));
  const chronicle = summariseActivity();
  const held = receipts === undefined ? undefined : compareReceipts(origin, receipts);
  const counted = metrics === undefined ? undefined : compareMetrics(metrics);
  const prefixes = successor === undefined ? [] : held?.prefixes(published);
  const heads = compareHeads(origin, [...(remembered ?? []), ...(beside ?? []), ...(held?.heads ?? [])], prefixes);
  let begun: LogBeginning | undefined;
  const tree = await auditLog(
    { checkpoint: async () => checkpoint, tile: log.tile },
    {
      sizes: heads.sizes,
      onRoot: heads.root,
      onLeaf(index, leaf, bytes) {
        held?.leaf(index, bytes);
        if (index === 0) begun = beginningIn(leaf);
        if (leaf === undefined) return;
        chronicle.add(index, leaf);
        counted?.leaf(leaf);
        proofs?.leaf(index, leaf);
        const destroyed = leaf.type === "control" ? readDestruction(index, leaf) : undefined;
        if (destroyed !== undefined && destroyed.of !== origin) inputs.onDestroyedElsewhere?.(destroyed);
      },
      ...(progress === undefined ? undefined : { progress }),
    },
  );
  const trail = key === undefined ? undefined : followInTree(key, tree);
  const keys = trail !== undefined && "fault" in trail ? trailOf(key!.vkey) : trail;
  const checks: AuditCheck[] = [
    aboutKey(checkpoint, key, trail),
    {
      id: "tree",
      title: messages.treeTitle,
      holds: tree.findings.length === 0,
      said: messages.recomputed(tree.recomputed, tree.size),
      findings: tree.findings,
    },
    heads.check(tree, { asked: remembered !== undefined, closed: successor !== undefined, keys }),
    held?.check(tree, { closedAt: successor && Date.parse(successor.at), keys }) ??
      notProvided("receipts", messages.receiptsTitle, "--receipts"),
    (await proofs?.check(tree.recomputed)) ?? notProvided("evidence", messages.recordsTitle, "--data"),
    counted?.check(tree.size) ?? notProvided("metrics", messages.metricsTitle, "--metrics"),
    ...(successor === undefined ? [] : [checkClosed(successor, tree, held?.beyond(tree.size) ?? [], keys)]),
  ];
  const broken = checks.some(({ holds }) => holds === false);
  return {
    v: 1,
    type: "simpul-audit",
    at: new Date(now).toISOString(),
    origin,
    size: tree.size,
    checkpoint,
    verdict: broken ? "unsound" : key === undefined ? "unvouched" : "sound",
    key: key === undefined ? "none" : key.pinned ? "pinned" : "beside",
    ...(key && { vkey: key.vkey }),
    checks,
    findings: checks.flatMap(({ findings }) => findings),
    counts: tree.counts,
    chronicle: chronicle.end(),
    ...(begun && { begun }),
  };
}

/** From the auditor's key along the handovers in the log's own leaves; `undefined` for a text that is no key. */
function followInTree(
  { vkey, trail }: NonNullable<AuditInputs["key"]>,
  { handovers }: AuditReport,
): KeyTrail | { readonly fault: Text } | undefined {
  if (handovers.length === 0 && trail !== undefined) return trail;
  const pinned = trailOf(vkey);
  return pinned && alongHandovers(pinned, handovers.length === 0 ? [] : [handovers]);
}

function aboutKey(checkpoint: string, key: AuditInputs["key"], trail: ReturnType<typeof followInTree>): AuditCheck {
  const title = messages.keyTitle;
  if (key === undefined) return notProvided("key", title, "--vkey");
  const said = key.pinned ? messages.pinnedKey : messages.keyBeside;
  const check = (holds: boolean, text: Text, more: Text = said): AuditCheck => ({
    ...{ id: "key", title, holds, said: more },
    findings: holds ? [] : [{ place: "checkpoint", text }],
  });
  if (trail !== undefined && "fault" in trail) return check(false, trail.fault);
  const signed = trail !== undefined && isCheckpointOf(trail, checkpoint);
  const rotations = (trail?.keys.length ?? 1) - 1;
  return check(signed, messages.notSigned, rotations === 0 ? said : messages.keyFollowed(said, rotations));
}
