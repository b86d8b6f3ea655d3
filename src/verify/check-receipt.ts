import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import { parseCheckpoint, verifyCheckpoint, type Checkpoint } from "../ledger/checkpoint.ts";
import { commitmentKeyBytes, opens } from "../ledger/commitment.ts";
import type { ExchangeLeaf, Leaf } from "../ledger/leaf.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { leafHash, verifyInclusion } from "../ledger/merkle.ts";
import { parseVkey, type NoteVerifier } from "../ledger/note.ts";
import type { Receipt } from "../ledger/receipt.ts";

/** What the holder of a receipt knows of the exchange. What is not given is not checked, and the findings say so. */
export interface ReceiptFacts {
  /** The log's verifier key, pinned: learned from `/logs` as members hold it, not from the gateway under suspicion. */
  readonly vkey?: string;
  readonly consumer?: string;
  readonly service?: string;
  /** The method. */
  readonly htm?: string;
  readonly status?: number;
  /** `Spl-Exchange`. */
  readonly exchange?: string;
  /** Octets of the claims, as signed. */
  readonly statement?: Uint8Array;
  readonly requestContent?: Uint8Array;
  readonly responseContent?: Uint8Array;
}

export interface ReceiptFinding {
  /** The step of protocol §5. */
  readonly step: 0 | 1 | 2 | 3 | 4;
  readonly holds: boolean | "not-checked";
  readonly text: Text;
}

/** Steps 0 to 4 of protocol §5, in that order; all are taken, also after one that fails. A receipt is good when none is `false`. */
export function checkReceipt(receipt: Receipt, facts: ReceiptFacts = {}): readonly ReceiptFinding[] {
  const leaf = readLeaf(receipt.leaf);
  const checkpoint = parseCheckpoint(receipt.checkpoint);
  const verifier = facts.vkey === undefined ? undefined : (parseVkey(facts.vkey) ?? "unreadable");
  if (leaf === undefined || checkpoint === undefined) {
    const part: Text = leaf === undefined ? { id: "Daun", en: "The leaf" } : { id: "Titik periksa", en: "The checkpoint" };
    return [{ step: 0, holds: false, text: { id: `${part.id} tidak terbaca`, en: `${part.en} cannot be read` } }];
  }
  return [
    ...aboutIdentity(receipt, leaf, checkpoint, verifier, facts),
    aboutSignature(receipt, verifier),
    aboutInclusion(receipt, checkpoint),
    ...aboutRequest(receipt, leaf, facts),
    ...aboutAnswer(receipt, leaf, facts),
  ];
}

function aboutIdentity(
  receipt: Receipt,
  leaf: Leaf,
  checkpoint: Checkpoint,
  verifier: NoteVerifier | "unreadable" | undefined,
  facts: ReceiptFacts,
): ReceiptFinding[] {
  const oneLog = leaf.log === checkpoint.origin && (verifier === undefined || (verifier !== "unreadable" && verifier.name === leaf.log));
  const exchange = isExchange(leaf) ? leaf : undefined;
  return [
    judge(0, oneLog, { id: "Daun, titik periksa, dan kunci menyebut log yang sama", en: "Leaf, checkpoint and key name one log" }),
    judge(0, receipt.index < checkpoint.size, {
      id: `Indeks ${receipt.index} ada di dalam log`,
      en: `Index ${receipt.index} lies within the log`,
    }),
    judge(0, leaf.type === "outcome" || leaf.type === "refusal", {
      id: "Daun mencatat hasil atau penolakan",
      en: "The leaf records an outcome or a refusal",
    }),
    compare("consumer" in leaf ? leaf.consumer : undefined, facts.consumer, { id: "Konsumen", en: "The consumer" }),
    compare(exchange?.service, facts.service, { id: "Layanan", en: "The service" }),
    compare(exchange?.htm, facts.htm, { id: "Metode", en: "The method" }),
    compare(exchange?.response?.delivered?.status, facts.status, { id: "Status HTTP", en: "The HTTP status" }),
    compare(leaf.id, facts.exchange, { id: "Nomor pertukaran", en: "The exchange id" }),
  ];
}

function aboutSignature(receipt: Receipt, verifier: NoteVerifier | "unreadable" | undefined): ReceiptFinding {
  const what: Text = { id: "Titik periksa ditandatangani oleh log", en: "The checkpoint is signed by the log" };
  if (verifier === undefined) {
    return unchecked(1, { id: `${what.id}: kunci log (vkey) tidak diberikan`, en: `${what.en}: no pinned key (vkey) was given` });
  }
  return judge(1, verifier !== "unreadable" && verifyCheckpoint(receipt.checkpoint, verifier), what);
}

function aboutInclusion(receipt: Receipt, checkpoint: Checkpoint): ReceiptFinding {
  const included = verifyInclusion(leafHash(receipt.leaf), receipt.index, checkpoint.size, receipt.proof, checkpoint.root);
  return judge(2, included, { id: "Bukti inklusi menuju akar titik periksa", en: "The inclusion proof leads to the checkpoint's root" });
}

function aboutRequest(receipt: Receipt, leaf: Leaf, facts: ReceiptFacts): ReceiptFinding[] {
  const request = isExchange(leaf) ? leaf.request : undefined;
  const statement: Text = { id: "Daun mencatat pernyataan saya", en: "The leaf records my statement" };
  const content: Text = { id: "Komitmen terbuka pada isi permintaan saya", en: "The commitment opens to the content of my request" };
  const key = receipt.open.subarray(0, commitmentKeyBytes);
  return [
    facts.statement === undefined
      ? notGiven(3, statement)
      : judge(3, request?.statement === sha256(facts.statement).toString("base64url"), statement),
    aboutContent(3, request, key, facts.requestContent, content),
  ];
}

function aboutAnswer(receipt: Receipt, leaf: Leaf, facts: ReceiptFacts): ReceiptFinding[] {
  const content: Text = {
    id: "Komitmen terbuka pada isi jawaban yang saya terima",
    en: "The commitment opens to the content of the answer I received",
  };
  const delivered = isExchange(leaf) ? leaf.response?.delivered : undefined;
  return [aboutContent(4, delivered, receipt.open.subarray(commitmentKeyBytes), facts.responseContent, content)];
}

function aboutContent(
  step: 3 | 4,
  record: Pick<ExchangeLeaf["request"], "commit" | "bytes"> | undefined,
  key: Buffer,
  content: Uint8Array | undefined,
  what: Text,
): ReceiptFinding {
  if (content === undefined) return notGiven(step, what);
  if (record?.commit === undefined) {
    return unchecked(step, { id: `${what.id}: gerbang tidak membaca isinya`, en: `${what.en}: the gateway did not read it` });
  }
  return judge(step, record.bytes === content.length && opens(record.commit, key, content), what);
}

function compare(recorded: string | number | undefined, mine: string | number | undefined, what: Text): ReceiptFinding {
  const same: Text = { id: `${what.id} sesuai`, en: `${what.en} is mine` };
  if (mine === undefined) return notGiven(0, same);
  if (recorded === mine) return judge(0, true, same);
  return judge(0, false, {
    id: `${same.id} (daun: ${recorded ?? "-"}, saya: ${mine})`,
    en: `${same.en} (leaf: ${recorded ?? "-"}, mine: ${mine})`,
  });
}

const isExchange = (leaf: Leaf): leaf is ExchangeLeaf => "request" in leaf;
const judge = (step: ReceiptFinding["step"], holds: boolean, text: Text): ReceiptFinding => ({ step, holds, text });
const unchecked = (step: ReceiptFinding["step"], text: Text): ReceiptFinding => ({ step, holds: "not-checked", text });
const notGiven = (step: ReceiptFinding["step"], what: Text): ReceiptFinding =>
  unchecked(step, {
    id: `${what.id}: tidak diperiksa, pembanding tidak diberikan`,
    en: `${what.en}: not checked, nothing was given to compare`,
  });
