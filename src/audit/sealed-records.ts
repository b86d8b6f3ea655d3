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
import { openSealedRecords, type OpenableLog } from "./open-sealed-records.ts";

/** Where a data directory says which leaves have evidence beside them; needs no key. */
export type SealedRecordIndex = Pick<ReadableLog, "buckets" | "evidenceBuckets">;

/** Takes the leaves while they pass, and says afterwards whether each has its evidence, or a control leaf that destroyed it. */
export interface SealedRecordComparison {
  leaf(index: number, leaf: Leaf): void;
  check(recomputed: number): Promise<AuditCheck>;
}

const slice = 4096;
const listed = 20;

/**
 * Every exchange's leaf has evidence in a bucket of its month, unless a control leaf before the head destroyed that bucket, and not before its time; what was
 * destroyed is not there. Buckets that end while the audit runs are left out of it. With `openable` what is there is also opened, and compared with its leaf.
 */
export async function compareSealedRecords(index: SealedRecordIndex, openable?: OpenableLog): Promise<SealedRecordComparison> {
  const atFirst = await index.buckets();
  /** By leaf: the month of an exchange (`2026-11`), as months since the year 0; 0 where no evidence is due. */
  let months = new Uint16Array(slice);
  const destructions: (Destruction & { readonly leaf: number })[] = [];
  const findings: AuditFinding[] = [];

  return {
    leaf(index, leaf) {
      if (index >= months.length) {
        const larger = new Uint16Array(2 * Math.max(index, months.length));
        larger.set(months);
        months = larger;
      }
      // A process that died may have left nothing to carry on.
      if ("request" in leaf && leaf.problem !== "outcome-unknown") months[index] = monthOf(leaf.at);
      const destroyed = leaf.type === "control" ? readDestruction(leaf.change) : undefined;
      if (destroyed === undefined) return;
      destructions.push({ ...destroyed, leaf: index });
      if (keptUntil(destroyed.bucket) > Date.parse(leaf.at)) findings.push(early(index, destroyed.bucket));
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
          for await (const wrong of openAll(
            openable,
            begin,
            end,
            (leaf) => (months[leaf] ?? 0) !== 0 && kept[leaf - begin] !== undefined,
          )) {
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
            const told = destructions.find((destruction) => destruction.bucket === bucket && within(destruction));
            if (told !== undefined && findings.length < listed) findings.push(notDestroyed(leaf, told));
          } else if (excused.some(within)) gone++;
          else if (missing.at(-1)?.last === leaf - 1) missing.at(-1)!.last = leaf;
          else missing.push({ leaf, last: leaf });
        }
      }
      findings.push(...missing.slice(0, listed).map(absent));
      const lacking = missing.reduce((sum, { leaf, last }) => sum + last - leaf + 1, 0);
      return {
        id: "evidence",
        title: { id: "Bukti di sisi daun", en: "Evidence beside the leaves" },
        holds: findings.length === 0,
        said: {
          id: `${due - gone - lacking} dari ${due} daun pertukaran punya bukti, ${gone} dimusnahkan oleh daun kendali, ${lacking} tanpa penjelasan${openable === undefined ? "" : `; ${opened} dibuka dan cocok dengan daunnya`}`,
          en: `${due - gone - lacking} of ${due} exchange leaves have evidence, that of ${gone} was destroyed by a control leaf, ${lacking} lack it unexplained${openable === undefined ? "" : `; ${opened} were opened and fit their leaves`}`,
        },
        findings,
      };
    },
  };
}

/** What opening says of each leaf from `begin` on to before `end` that is asked for; a bundle of leaves is read again for it. */
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

/** Of a time or a bucket's name, which both begin `2026-11`. */
const monthOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));

const endedSince = (before: readonly RetentionBucket[], after: readonly RetentionBucket[]): RetentionBucket[] =>
  before.filter(({ bucket, leaves }) => !after.some((still) => still.bucket === bucket && still.leaves.from === leaves.from));

const finding = (leaf: number, last: number, text: Text): AuditFinding => ({ place: leaf === last ? { leaf } : { leaf, last }, text });

const absent = ({ leaf, last }: { readonly leaf: number; readonly last: number }): AuditFinding =>
  finding(leaf, last, {
    id: "Tidak ada bukti di sisinya, dan tidak ada daun kendali yang memusnahkannya",
    en: "There is no evidence beside it, and no control leaf that destroyed it",
  });

const notDestroyed = (leaf: number, { bucket, leaf: control }: Destruction & { readonly leaf: number }): AuditFinding =>
  finding(leaf, leaf, {
    id: `Daun ${control} menyatakan bukti ${bucket} dimusnahkan, tetapi bukti daun ini masih ada`,
    en: `Leaf ${control} says that the evidence ${bucket} was destroyed, but that of this leaf is still there`,
  });

const early = (leaf: number, bucket: string): AuditFinding =>
  finding(leaf, leaf, {
    id: `Bukti ${bucket} dimusnahkan sebelum masa simpannya berakhir`,
    en: `The evidence ${bucket} was destroyed before its retention was over`,
  });
