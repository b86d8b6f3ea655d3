import type { AuditReport } from "./recompute.ts";
import type { AuditFinding } from "./finding.ts";
import { parseCheckpoint, verifyCheckpoint, type Checkpoint } from "../ledger/checkpoint.ts";
import { parseVkey } from "../ledger/note.ts";
import type { AuditCheck } from "./check.ts";

/** A checkpoint that somebody kept, and the file in which it was found. */
export interface KnownHead {
  readonly note: string;
  readonly file: string;
}

type Head = KnownHead & Checkpoint;

/** Takes the roots while the tree grows, and says afterwards which of the known heads are heads of this very tree. */
export interface HeadComparison {
  /** Sizes whose root is wanted, ascending. */
  readonly sizes: readonly number[];
  root(size: number, root: Buffer): void;
  /** `asked` is whether the auditor remembered heads at all; those of receipts are compared anyhow. */
  check(report: Pick<AuditReport, "size" | "recomputed" | "checkpoint">, asked: boolean): AuditCheck;
}

/**
 * Each head of this origin must be the root of the tree at its size: no proofs are needed, the tree is computed anyhow. Two heads that one key signed and that
 * no single tree can have are kept as evidence: they convict the operator before anybody.
 */
export function compareHeads(origin: string, known: readonly KnownHead[], vkey: string | undefined): HeadComparison {
  const verifier = vkey === undefined ? undefined : parseVkey(vkey);
  const findings: AuditFinding[] = [];
  const heads: Head[] = [];
  let foreign = 0;
  for (const { note, file } of known) {
    const head = parseCheckpoint(note);
    if (head === undefined) findings.push(unsigned(file, "bukan titik periksa", "is not a checkpoint"));
    else if (head.origin !== origin) foreign++;
    else if (verifier !== undefined && !verifyCheckpoint(note, verifier))
      findings.push(
        unsigned(file, `tidak ditandatangani dengan kunci log (ukuran ${head.size})`, `is not signed by the log's key (size ${head.size})`),
      );
    else heads.push({ ...head, note, file });
  }
  heads.sort((a, b) => a.size - b.size);
  const sizes = [...new Set(heads.map(({ size }) => size))];
  const roots = new Map<number, Buffer>();
  return {
    sizes,
    root: (size, root) => void roots.set(size, Buffer.from(root)),
    check({ size, recomputed, checkpoint }, asked) {
      const current = { note: checkpoint, file: "", ...(parseCheckpoint(checkpoint) ?? { origin, size: 0, root: Buffer.alloc(0) }) };
      findings.push(...judge(heads, roots, current, recomputed));
      const checked = heads.filter((head) => roots.has(head.size)).length;
      const title = { id: "Titik periksa yang diingat", en: "Remembered checkpoints" };
      if (!asked && findings.length === 0) {
        return {
          id: "remembered",
          title,
          holds: "not-checked",
          said: {
            id: "tidak diperiksa: --since tidak diberikan, jadi riwayat yang diganti tidak tampak",
            en: "not checked: no --since was given, so a replaced history would not show",
          },
          findings,
        };
      }
      const others = foreign === 0 ? { id: "", en: "" } : { id: `, ${foreign} milik log lain`, en: `, ${foreign} of other logs` };
      const said = {
        id: `${checked} dari ${heads.length} titik periksa dibandingkan dengan log berukuran ${size}${others.id}`,
        en: `${checked} of ${heads.length} checkpoints compared with a log of ${size}${others.en}`,
      };
      return { id: "remembered", title, holds: findings.length === 0, said, findings };
    },
  };
}

function* judge(heads: readonly Head[], roots: ReadonlyMap<number, Buffer>, current: Head, recomputed: number): Iterable<AuditFinding> {
  /** The size up to which the log is the one that was seen; runs of heads that differ are told once. */
  let agreed = 0;
  let differs = false;
  const told = new Set<string>();
  for (const head of heads) {
    const { size, root, note, file } = head;
    const twin = [...heads, current].find((other) => other.size === size && !other.root.equals(root));
    const key = `${size} ${root.toString("hex")}`;
    const computed = roots.get(size);
    if (size > current.size) {
      if (!told.has("shorter")) yield shorter(heads.at(-1)!, current);
      told.add("shorter");
    }
    if (twin !== undefined && !told.has(key)) yield fork(head, twin, agreed);
    else if (size <= recomputed && computed?.equals(root) === false && !differs && !told.has(key)) {
      yield {
        place: { leaf: agreed, last: size - 1 },
        text: {
          id: `Riwayat sebelum ukuran ${size} bukan lagi yang ditandatangani (${file}): di antara daun ${agreed} dan ${size - 1} ada yang diubah, dihapus, atau ditukar`,
          en: `The history before size ${size} is not the one that was signed (${file}): something from leaf ${agreed} to leaf ${size - 1} was changed, removed or moved`,
        },
        notes: [note, current.note],
      };
    }
    told.add(key);
    if (twin !== undefined) told.add(`${size} ${twin.root.toString("hex")}`);
    differs = computed !== undefined && !computed.equals(root);
    if (computed?.equals(root) === true) agreed = size;
  }
}

function shorter({ size, note, file }: Head, current: Head): AuditFinding {
  return {
    place: { leaf: current.size, last: size - 1 },
    text: {
      id: `Log menjadi lebih pendek: ${size} daun pada titik periksa di ${file}, sekarang ${current.size}`,
      en: `The log got shorter: ${size} leaves in the checkpoint in ${file}, now ${current.size}`,
    },
    notes: [note, current.note],
  };
}

function fork(head: Head, twin: Head, agreed: number): AuditFinding {
  return {
    place: { leaf: agreed, last: head.size - 1 },
    text: {
      id: `Dua titik periksa berukuran ${head.size} dengan akar berbeda (${head.file} dan ${twin.file || "log ini"}): log ini memperlihatkan dua riwayat`,
      en: `Two checkpoints of size ${head.size} with different roots (${head.file} and ${twin.file || "this log"}): this log shows two histories`,
    },
    notes: [head.note, twin.note],
  };
}

const unsigned = (file: string, id: string, en: string): AuditFinding => ({
  place: { file },
  text: { id: `Titik periksa di ${file} ${id}`, en: `A checkpoint in ${file} ${en}` },
});
