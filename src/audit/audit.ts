import type { Text } from "../base/text.ts";
import { auditLog } from "./recompute.ts";
import { type PublishedLog } from "../ledger/readable-log.ts";
import { type AuditFinding } from "./finding.ts";
import { parseCheckpoint, verifyCheckpoint } from "../ledger/checkpoint.ts";
import { parseVkey } from "../ledger/note.ts";
import { notProvided, type AuditCheck } from "./check.ts";
import { summariseActivity, type ActivitySummary } from "./activity-summary.ts";
import { compareSealedRecords, type SealedRecordIndex } from "./sealed-records.ts";
import { compareHeads, type KnownHead } from "./heads.ts";
import { compareMetrics } from "./metrics.ts";
import type { OpenableLog } from "./open-sealed-records.ts";
import { compareReceipts, type HeldReceipts } from "./receipts.ts";

/** What an auditor brings, beside the log. What is not brought is not checked, and the report says so. */
export interface AuditInputs {
  /** The log's verifier key, and whose copy it is: pinned by the auditor, or lying beside the log, where its operator could have changed it. */
  readonly key?: { readonly vkey: string; readonly pinned: boolean };
  /** Heads of this log, or of others, that the auditor saw before. */
  readonly remembered?: readonly KnownHead[];
  /** Receipts that the parties kept. */
  readonly receipts?: HeldReceipts;
  /** Which leaves have evidence beside them: where a data directory is read. */
  readonly evidence?: SealedRecordIndex;
  /** The same with its evidence keys: all of it is opened, which takes some times longer. */
  readonly openable?: OpenableLog;
  /** Metrics of the gateway that writes the log (Prometheus text), read before the log. */
  readonly metrics?: string;
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
  /** The signed note that was audited: to be remembered. */
  readonly checkpoint: string;
  /** `unvouched`: consistent, but nobody says that the key is the log's. */
  readonly verdict: "sound" | "unsound" | "unvouched";
  readonly key: "pinned" | "beside" | "none";
  readonly checks: readonly AuditCheck[];
  /** All that the checks found. */
  readonly findings: readonly AuditFinding[];
  /** Leaves by type. */
  readonly counts: Readonly<Record<string, number>>;
  readonly chronicle: ActivitySummary;
}

/**
 * The whole audit of a log: recomputed leaf by leaf, compared with the heads and receipts that others hold, with the metrics of its gateway, and told as a
 * chronicle. Of what the operator could have rewritten with the log's own key, only what somebody outside remembers can be found.
 */
export async function audit(
  log: PublishedLog,
  { key, remembered, receipts, evidence, openable, metrics, now, progress }: AuditInputs,
): Promise<Audit> {
  const proofs = evidence === undefined ? undefined : await compareSealedRecords(evidence, openable);
  const checkpoint = await log.checkpoint();
  const origin = parseCheckpoint(checkpoint)?.origin ?? "?";
  const chronicle = summariseActivity();
  const held = receipts === undefined ? undefined : compareReceipts(origin, receipts, key?.vkey);
  const counted = metrics === undefined ? undefined : compareMetrics(metrics);
  const heads = compareHeads(origin, [...(remembered ?? []), ...(held?.heads ?? [])], key?.vkey);
  const tree = await auditLog(
    { checkpoint: async () => checkpoint, tile: log.tile },
    {
      sizes: heads.sizes,
      onRoot: heads.root,
      onLeaf(index, leaf, bytes) {
        held?.leaf(index, bytes);
        if (leaf === undefined) return;
        chronicle.add(index, leaf);
        counted?.leaf(leaf);
        proofs?.leaf(index, leaf);
      },
      ...(progress === undefined ? undefined : { progress }),
    },
  );
  const checks: AuditCheck[] = [
    aboutKey(checkpoint, key),
    {
      id: "tree",
      title: { id: "Seluruh pohon dihitung ulang", en: "The whole tree recomputed" },
      holds: tree.findings.length === 0,
      said: { id: `${tree.recomputed} dari ${tree.size} daun`, en: `${tree.recomputed} of ${tree.size} leaves` },
      findings: tree.findings,
    },
    heads.check(tree, remembered !== undefined),
    held?.check(tree) ??
      notProvided("receipts", { id: "Tanda terima yang disimpan para pihak", en: "Receipts that the parties hold" }, "--receipts"),
    (await proofs?.check(tree.recomputed)) ??
      notProvided("evidence", { id: "Bukti di sisi daun", en: "Evidence beside the leaves" }, "--data"),
    counted?.check(tree.size) ?? notProvided("metrics", { id: "Metrik gerbang", en: "The gateway's metrics" }, "--metrics"),
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
    checks,
    findings: checks.flatMap(({ findings }) => findings),
    counts: tree.counts,
    chronicle: chronicle.end(),
  };
}

function aboutKey(checkpoint: string, key: AuditInputs["key"]): AuditCheck {
  const title: Text = { id: "Titik periksa ditandatangani log", en: "The checkpoint is signed by the log" };
  if (key === undefined) return notProvided("key", title, "--vkey");
  const verifier = parseVkey(key.vkey);
  const holds = verifier !== undefined && verifyCheckpoint(checkpoint, verifier);
  const said: Text = key.pinned
    ? { id: "dengan kunci yang dipegang auditor", en: "with the key that the auditor holds" }
    : {
        id: "dengan kunci di sebelah log: cukup terhadap kecelakaan, tidak terhadap pengelola",
        en: "with the key beside the log: enough against accidents, not against the operator",
      };
  const wrong: Text = { id: "Titik periksa tidak ditandatangani dengan kunci log", en: "The checkpoint is not signed by the log's key" };
  return { id: "key", title, holds, said, findings: holds ? [] : [{ place: "checkpoint", text: wrong }] };
}
