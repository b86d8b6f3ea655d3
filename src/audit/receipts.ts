import type { AuditReport } from "./recompute.ts";
import type { AuditFinding } from "./finding.ts";
import { checkReceipt, type ReceiptFacts } from "../verify/check-receipt.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { prefixInProof } from "../ledger/merkle.ts";
import type { KeyTrail } from "../ledger/key-trail.ts";
import { parseCheckpoint } from "../ledger/checkpoint.ts";
import type { Receipt } from "../ledger/receipt.ts";
import type { AuditCheck } from "./check.ts";
import type { KnownHead, ProvedPrefix } from "./heads.ts";
import { messages } from "./messages.ts";

/** A receipt that a party kept, the file in which it was found, and what its holder knows of the exchange. */
export interface HeldReceipt {
  readonly receipt: Receipt;
  readonly facts?: ReceiptFacts;
  readonly file: string;
}

/** The receipts of a folder. Files without one are named, so that they are not taken for checked. */
export interface HeldReceipts {
  readonly held: readonly HeldReceipt[];
  readonly without: readonly string[];
}

/** Compares leaves with the receipts while the log is recomputed; then says which receipts do not fit. */
export interface ReceiptComparison {
  /** The checkpoints of the receipts, which must be heads of the tree that is audited. */
  readonly heads: readonly KnownHead[];
  leaf(index: number, bytes: Buffer): void;
  /**
   * `closedAt`: when another log went on from this one, in milliseconds. `keys`: those of the log, which become known only with its
   * leaves; without them no signature is checked.
   */
  check(report: Pick<AuditReport, "size" | "recomputed">, how: ReceiptCheckOptions): AuditCheck;
  /** What the proofs of receipts beyond a log of `size` say of its leaves. */
  prefixes(size: number): readonly ProvedPrefix[];
  /** The files with receipts of leaves beyond it that are sound in themselves; asked after `check`. */
  beyond(size: number): readonly string[];
}

export interface ReceiptCheckOptions {
  readonly closedAt?: number | undefined;
  readonly keys: KeyTrail | undefined;
}

/** How far the clocks of two machines may be apart before a receipt counts as signed after the log was closed. */
const clockSlackMs = 300_000;

/** Checks each receipt of this origin by itself, and that the leaf at its index has the same bytes. */
export function compareReceipts(origin: string, { held, without }: HeldReceipts): ReceiptComparison {
  const own = held.filter(({ receipt }) => parseCheckpoint(receipt.checkpoint)?.origin === origin);
  const byIndex = Map.groupBy(own, ({ receipt }) => receipt.index);
  const findings: AuditFinding[] = [];
  const unsound = new Set<string>();
  /** Takes the steps of a receipt's check: that of the signature, or all others. */
  const checkSteps = (signature: boolean, keys?: KeyTrail): void => {
    for (const { receipt, facts, file } of own) {
      for (const { step, holds, text } of checkReceipt(receipt, { ...facts, ...(keys && { vkey: keys }) })) {
        if (holds !== false || (step === 1) !== signature) continue;
        unsound.add(file);
        findings.push({ place: { file }, text: messages.receiptInvalid(file, text) });
      }
    }
  };
  checkSteps(false);
  const beyond = (size: number): readonly HeldReceipt[] => own.filter(({ receipt, file }) => receipt.index >= size && !unsound.has(file));
  return {
    heads: own.map(({ receipt, file }) => ({ note: receipt.checkpoint, file, ofReceipt: true })),
    leaf(index, bytes) {
      for (const { receipt, file } of byIndex.get(index) ?? []) {
        if (receipt.leaf.equals(bytes)) continue;
        findings.push({
          place: { leaf: index },
          text: messages.leafNotInReceipt(index, file),
          notes: [receipt.checkpoint],
        });
      }
    },
    prefixes: (size) =>
      beyond(size).flatMap(({ receipt: { index, checkpoint, proof }, file }) => {
        const prefix = prefixInProof(index, parseCheckpoint(checkpoint)!.size, proof, size);
        return prefix === undefined ? [] : [{ ...prefix, note: checkpoint, file }];
      }),
    beyond: (size) => beyond(size).map(({ file }) => file),
    check({ size, recomputed }, { closedAt, keys }) {
      if (keys !== undefined) checkSteps(true, keys);
      for (const { receipt, file } of own.filter(({ receipt: { index } }) => index >= size)) {
        const { index, checkpoint, leaf } = receipt;
        if (closedAt !== undefined) {
          const at = Date.parse(readLeaf(leaf)?.at ?? "");
          if (at > closedAt + clockSlackMs)
            findings.push({ place: { leaf: index }, text: messages.signedAfterClosing(index, file), notes: [checkpoint] });
          continue;
        }
        findings.push({
          place: { leaf: index },
          text: messages.leafGone(index, file),
          notes: [checkpoint],
        });
      }
      const found = own.filter(({ receipt }) => receipt.index < recomputed).length;
      return {
        id: "receipts",
        title: messages.receiptsTitle,
        holds: findings.length === 0,
        said: messages.receiptsCompared(found, own.length, held.length - own.length, without),
        findings,
      };
    },
  };
}
