import { noBytes } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import type { AuditFinding } from "./finding.ts";
import { keptUntil, type RetentionBucket } from "../ledger/sealed/retention-bucket.ts";
import type { Leaf } from "../ledger/leaf.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import type { ReadableLog } from "../ledger/readable-log.ts";
import { decodeEntryBundle, tileWidth } from "../ledger/tiles.ts";
import type { AuditCheck } from "./check.ts";
import { readDestruction, type Destruction } from "./change.ts";
import { messages } from "./messages.ts";
import { openSealedRecords, type OpenableLog } from "./open-sealed-records.ts";

/** The part of a data directory that says which leaves have sealed records. Needs no key. */
export type SealedRecordIndex = Pick<ReadableLog, "buckets" | "evidenceBuckets">;

/** Collects leaves while a log is recomputed; then says whether each has its sealed record or a control leaf that destroyed it. */
export interface SealedRecordComparison {
  leaf(index: number, leaf: Leaf): void;
  check(recomputed: number): Promise<AuditCheck>;
}

/** Leaves for which the index is asked at once. */
const slice = 4096;
/** Findings of one kind that are listed. */
const listed = 20;

/**
 * Checks that every exchange's leaf has a sealed record in a bucket of its month, unless a control leaf destroyed that
 * bucket after its time; that what was destroyed is gone; and, with `openable`, that each record opens and fits its
 * leaf. A bucket that is destroyed while the audit runs counts as destroyed. `later` are the destructions that the logs after a closed
 * one record.
 */
export async function compareSealedRecords(
  origin: string,
  index: SealedRecordIndex,
  { openable, later = [] }: { readonly openable?: OpenableLog | undefined; readonly later?: readonly Destruction[] | undefined } = {},
): Promise<SealedRecordComparison> {
  const atFirst = await index.buckets();
  /** By leaf: the month of an exchange (`2026-11`) as months since the year 0; 0 if no record is due. */
  let months = new Uint16Array(slice);
  const destructions: Destruction[] = later.filter(({ of }) => of === origin);
  const findings: AuditFinding[] = [];

  return {
    leaf(index, leaf) {
      if (index >= months.length) {
        const larger = new Uint16Array(2 * Math.max(index, months.length));
        larger.set(months);
        months = larger;
      }
      // The next process closes an intent whose process died; it may have no record to carry over.
      if ("request" in leaf && leaf.problem !== "outcome-unknown") months[index] = monthOf(leaf.at);
      const destroyed = leaf.type === "control" ? readDestruction(index, leaf) : undefined;
      if (destroyed === undefined) return;
      if (destroyed.of === origin) destructions.push(destroyed);
      if (keptUntil(destroyed.bucket) > Date.parse(leaf.at))
        findings.push(finding(index, index, messages.destroyedEarly(destroyed.bucket)));
    },
    async check(recomputed) {
      const excused = endedSince(atFirst, await index.buckets()).concat(destructions.map(({ bucket, leaves }) => ({ bucket, leaves })));
      const missing: { leaf: number; last: number }[] = [];
      let due = 0;
      let gone = 0;
      let opened = 0;
      for (let begin = 0; begin < recomputed; begin += slice) {
        const end = Math.min(begin + slice, recomputed);
        const kept = await index.evidenceBuckets(begin, end);
        if (openable !== undefined) {
          const hasRecord = (leaf: number): boolean => (months[leaf] ?? 0) !== 0 && kept[leaf - begin] !== undefined;
          for await (const wrong of openAll(openable, begin, end, hasRecord)) {
            if (wrong === undefined) opened++;
            else if (findings.length < listed) findings.push(wrong);
          }
        }
        for (const [i, bucket] of kept.entries()) {
          const leaf = begin + i;
          const month = months[leaf] ?? 0;
          if (month === 0) continue;
          due++;
          const within = ({ bucket: name, leaves: { from, to } }: RetentionBucket): boolean =>
            from <= leaf && leaf <= to && monthOf(name) === month;
          if (bucket !== undefined) {
            const destroyed = destructions.find((destruction) => destruction.bucket === bucket && within(destruction));
            if (destroyed !== undefined && findings.length < listed)
              findings.push(
                finding(
                  leaf,
                  leaf,
                  messages.notDestroyed(destroyed.by.leaf, bucket, destroyed.by.log === origin ? undefined : destroyed.by.log),
                ),
              );
          } else if (excused.some(within)) gone++;
          else if (missing.at(-1)?.last === leaf - 1) missing.at(-1)!.last = leaf;
          else missing.push({ leaf, last: leaf });
        }
      }
      findings.push(...missing.slice(0, listed).map(({ leaf, last }) => finding(leaf, last, messages.recordMissing)));
      const lacking = missing.reduce((sum, { leaf, last }) => sum + last - leaf + 1, 0);
      return {
        id: "evidence",
        title: messages.recordsTitle,
        holds: findings.length === 0,
        said: messages.recordsCompared(due - gone - lacking, due, gone, lacking, openable && opened),
        findings,
      };
    },
  };
}

/** Opens the record of each leaf from `begin` to before `end` for which `asked` holds; the leaves are read a second time for it. */
async function* openAll(
  log: OpenableLog,
  begin: number,
  end: number,
  asked: (leaf: number) => boolean,
): AsyncIterable<AuditFinding | undefined> {
  for (let first = begin; first < end; first += tileWidth) {
    const bundle = await log.tile("entries", first / tileWidth, Math.min(tileWidth, end - first));
    for (const [i, bytes] of decodeEntryBundle(bundle ?? noBytes).entries()) {
      const leaf = asked(first + i) ? readLeaf(bytes) : undefined;
      if (leaf !== undefined && "request" in leaf) yield openSealedRecords(log, first + i, leaf);
    }
  }
}

/** The month of a time or a bucket's name: both begin with `2026-11`. */
const monthOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));

const endedSince = (before: readonly RetentionBucket[], after: readonly RetentionBucket[]): RetentionBucket[] =>
  before.filter(({ bucket, leaves }) => !after.some((still) => still.bucket === bucket && still.leaves.from === leaves.from));

const finding = (leaf: number, last: number, text: Text): AuditFinding => ({ place: leaf === last ? { leaf } : { leaf, last }, text });
