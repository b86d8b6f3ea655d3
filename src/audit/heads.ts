import type { Text } from "../base/text.ts";
import type { AuditReport } from "./recompute.ts";
import type { AuditFinding } from "./finding.ts";
import { parseCheckpoint, type Checkpoint } from "../ledger/checkpoint.ts";
import { isCheckpointOf, type KeyTrail } from "../ledger/key-trail.ts";
import type { AuditCheck } from "./check.ts";
import { messages } from "./messages.ts";

/** A checkpoint that was kept outside of the log, and the file in which it was found. */
export interface KnownHead {
  readonly note: string;
  readonly file: string;
  /** It came with a receipt, which is checked by itself: one that is not signed is told there. */
  readonly ofReceipt?: boolean;
}

type Head = KnownHead & Checkpoint;

/** What a receipt's own proof says of the leaves before it: a head without a signature of its own. */
export interface ProvedPrefix extends KnownHead {
  readonly size: number;
  readonly root: Buffer;
}

export interface HeadCheckOptions {
  readonly asked: boolean;
  readonly closed: boolean;
  readonly keys: KeyTrail | undefined;
}

/** Collects roots while the tree is recomputed; then says which of the known heads are heads of this tree. */
export interface HeadComparison {
  /** Sizes whose root is wanted, ascending. */
  readonly sizes: readonly number[];
  root(size: number, root: Buffer): void;
  /**
   * `asked`: whether the auditor gave remembered heads. Those of receipts are compared in any case. `closed`: another
   * log goes on from this one, so that heads beyond it are of leaves that were lost. `keys`: those of the log, which become known only
   * with its leaves; without them no signature is checked.
   */
  check(report: Pick<AuditReport, "size" | "recomputed" | "checkpoint">, how: HeadCheckOptions): AuditCheck;
}

/**
 * Compares known heads of this origin with the roots of the recomputed tree at their sizes, which needs no proofs. Two
 * heads that one key signed and no single tree can have are added to the finding as notes: they prove to a third party
 * that the operator showed two histories.
 */
export function compareHeads(origin: string, known: readonly KnownHead[], prefixes: readonly ProvedPrefix[] = []): HeadComparison {
  const findings: AuditFinding[] = [];
  /** In the order in which they were given: heads, and what is wrong with what is none. */
  const given: (Head | AuditFinding)[] = [];
  let foreign = 0;
  for (const one of known) {
    const head = parseCheckpoint(one.note);
    if (head === undefined) given.push(inFile(one.file, messages.notACheckpoint(one.file)));
    else if (head.origin !== origin) foreign++;
    else given.push({ ...head, ...one });
  }
  const heads = given.filter((one) => "note" in one).sort((a, b) => a.size - b.size);
  const sizes = [...new Set([...heads, ...prefixes].map(({ size }) => size))].sort((a, b) => a - b);
  const roots = new Map<number, Buffer>();
  return {
    sizes,
    root: (size, root) => void roots.set(size, Buffer.from(root)),
    check({ size, recomputed, checkpoint }, { asked, closed, keys }) {
      const isSigned = ({ note }: KnownHead): boolean => keys === undefined || isCheckpointOf(keys, note);
      for (const one of given) {
        if (!("note" in one)) findings.push(one);
        else if (one.ofReceipt !== true && !isSigned(one)) findings.push(inFile(one.file, messages.headNotSigned(one.file, one.size)));
      }
      const signed = heads.filter(isSigned);
      const current = { note: checkpoint, file: "", ...(parseCheckpoint(checkpoint) ?? { origin, size: 0, root: Buffer.alloc(0) }) };
      findings.push(...differences(signed, roots, current, recomputed, closed));
      for (const { size: before, root, note, file } of prefixes.filter(isSigned))
        if (roots.get(before)?.equals(root) === false)
          findings.push({
            place: { leaf: 0, last: before - 1 },
            text: messages.historyChanged(before, file, 0),
            notes: [note, checkpoint],
          });
      const checked = signed.filter((head) => roots.has(head.size)).length;
      const title = messages.headsTitle;
      if (!asked && findings.length === 0) return { id: "remembered", title, holds: "not-checked", said: messages.noHeads, findings };
      const said = messages.headsCompared(checked, signed.length, size, foreign);
      return { id: "remembered", title, holds: findings.length === 0, said, findings };
    },
  };
}

/** A finding for each head that is not one of this tree; of several in a row that differ, for the first. */
function* differences(
  heads: readonly Head[],
  roots: ReadonlyMap<number, Buffer>,
  current: Head,
  recomputed: number,
  closed: boolean,
): Iterable<AuditFinding> {
  /** The greatest size so far at which the log agrees with a head. */
  let agreed = 0;
  let differs = false;
  const reported = new Set<string>();
  for (const head of heads) {
    const { size, root, note, file } = head;
    const twin = [...heads, current].find((other) => other.size === size && !other.root.equals(root));
    const key = `${size} ${root.toString("hex")}`;
    const computed = roots.get(size);
    if (size > current.size && !closed) {
      if (!reported.has("shorter")) yield shorter(heads.at(-1)!, current);
      reported.add("shorter");
    }
    if (twin !== undefined && !reported.has(key)) yield fork(head, twin, agreed);
    else if (size <= recomputed && computed?.equals(root) === false && !differs && !reported.has(key)) {
      yield {
        place: { leaf: agreed, last: size - 1 },
        text: messages.historyChanged(size, file, agreed),
        notes: [note, current.note],
      };
    }
    reported.add(key);
    if (twin !== undefined) reported.add(`${size} ${twin.root.toString("hex")}`);
    differs = computed !== undefined && !computed.equals(root);
    if (computed?.equals(root) === true) agreed = size;
  }
}

function shorter({ size, note, file }: Head, current: Head): AuditFinding {
  return {
    place: { leaf: current.size, last: size - 1 },
    text: messages.shorter(size, file, current.size),
    notes: [note, current.note],
  };
}

function fork(head: Head, twin: Head, agreed: number): AuditFinding {
  return {
    place: { leaf: agreed, last: head.size - 1 },
    text: messages.fork(head.size, head.file, twin.file),
    notes: [head.note, twin.note],
  };
}

const inFile = (file: string, text: Text): AuditFinding => ({ place: { file }, text });
