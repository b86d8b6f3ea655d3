import type { AuditReport } from "./recompute.ts";
import type { AuditFinding } from "./finding.ts";
import { checkReceipt, type ReceiptFacts } from "../verify/check-receipt.ts";
import { parseCheckpoint } from "../ledger/checkpoint.ts";
import type { Receipt } from "../ledger/receipt.ts";
import type { AuditCheck } from "./check.ts";
import type { KnownHead } from "./heads.ts";

/** A receipt that somebody kept, the file in which it was found, and what its holder knows of the exchange. */
export interface HeldReceipt {
  readonly receipt: Receipt;
  readonly facts?: ReceiptFacts;
  readonly file: string;
}

/** What lay in a folder of receipts; files that hold none are named, so that nobody believes them checked. */
export interface HeldReceipts {
  readonly held: readonly HeldReceipt[];
  readonly without: readonly string[];
}

/** Takes the leaves while they pass, and says afterwards what the receipts make of them. */
export interface ReceiptComparison {
  /** Their checkpoints, which must be heads of the very tree that is audited. */
  readonly heads: readonly KnownHead[];
  leaf(index: number, bytes: Buffer): void;
  check(report: Pick<AuditReport, "size" | "recomputed">): AuditCheck;
}

/** Each receipt of this origin must verify by itself, and the leaf at its index must be the same bytes. */
export function compareReceipts(origin: string, { held, without }: HeldReceipts, vkey: string | undefined): ReceiptComparison {
  const own = held.filter(({ receipt }) => parseCheckpoint(receipt.checkpoint)?.origin === origin);
  const byIndex = Map.groupBy(own, ({ receipt }) => receipt.index);
  const findings: AuditFinding[] = [];
  const unsigned = new Set<string>();
  for (const { receipt, facts, file } of own) {
    for (const { step, holds, text } of checkReceipt(receipt, { ...facts, ...(vkey === undefined ? undefined : { vkey }) })) {
      if (holds === false && step === 1) unsigned.add(file);
      if (holds === false)
        findings.push({
          place: { file },
          text: { id: `Tanda terima ${file} tidak sah: ${text.id}`, en: `The receipt ${file} does not verify: ${text.en}` },
        });
    }
  }
  return {
    heads: own.filter(({ file }) => !unsigned.has(file)).map(({ receipt, file }) => ({ note: receipt.checkpoint, file })),
    leaf(index, bytes) {
      for (const { receipt, file } of byIndex.get(index) ?? []) {
        if (receipt.leaf.equals(bytes)) continue;
        findings.push({
          place: { leaf: index },
          text: { id: `Daun ${index} bukan yang ada pada tanda terima ${file}`, en: `Leaf ${index} is not the one in the receipt ${file}` },
          notes: [receipt.checkpoint],
        });
      }
    },
    check({ size, recomputed }) {
      for (const { receipt, file } of own.filter(({ receipt: { index } }) => index >= size)) {
        const { index, checkpoint } = receipt;
        findings.push({
          place: { leaf: index },
          text: {
            id: `Daun ${index} dari tanda terima ${file} tidak ada lagi`,
            en: `Leaf ${index} of the receipt ${file} is no longer there`,
          },
          notes: [checkpoint],
        });
      }
      const found = own.filter(({ receipt }) => receipt.index < recomputed).length;
      const foreign = held.length - own.length;
      const others = foreign === 0 ? { id: "", en: "" } : { id: `, ${foreign} milik log lain`, en: `, ${foreign} of other logs` };
      const rest =
        without.length === 0
          ? { id: "", en: "" }
          : { id: `; tanpa tanda terima: ${without.join(", ")}`, en: `; without a receipt: ${without.join(", ")}` };
      return {
        id: "receipts",
        title: { id: "Tanda terima yang disimpan para pihak", en: "Receipts that the parties hold" },
        holds: findings.length === 0,
        said: {
          id: `${found} dari ${own.length} tanda terima dibandingkan dengan daunnya${others.id}${rest.id}`,
          en: `${found} of ${own.length} receipts compared with their leaves${others.en}${rest.en}`,
        },
        findings,
      };
    },
  };
}
