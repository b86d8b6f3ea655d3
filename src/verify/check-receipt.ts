import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import { parseCheckpoint, type Checkpoint } from "../ledger/checkpoint.ts";
import { commitmentKeyBytes, opens } from "../ledger/commitment.ts";
import type { ExchangeLeaf, Leaf } from "../ledger/leaf.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { leafHash, verifyInclusion } from "../ledger/merkle.ts";
import { isCheckpointOf, trailOf, type KeyTrail } from "../ledger/key-trail.ts";
import type { Receipt } from "../ledger/receipt.ts";
import { messages } from "./messages.ts";

/** What the holder of a receipt knows of the exchange. A fact that is not given is not checked, and a finding says so. */
export interface ReceiptFacts {
  /**
   * The log's verifier key, pinned: from the holder's own copy of `/logs`, never from the gateway in question; or the keys to which it
   * leads, where the log had several.
   */
  readonly vkey?: string | KeyTrail;
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

/** Takes steps 0 to 4 of protocol §5 in that order, also after one that fails. A receipt is good if no finding is `false`. */
export function checkReceipt(receipt: Receipt, facts: ReceiptFacts = {}): readonly ReceiptFinding[] {
  const leaf = readLeaf(receipt.leaf);
  const checkpoint = parseCheckpoint(receipt.checkpoint);
  const keys = typeof facts.vkey === "string" ? (trailOf(facts.vkey) ?? "unreadable") : facts.vkey;
  if (leaf === undefined || checkpoint === undefined) {
    return [judge(0, false, messages.unreadable(leaf === undefined ? messages.leaf : messages.checkpoint))];
  }
  return [
    ...aboutIdentity(receipt, leaf, checkpoint, keys, facts),
    aboutSignature(receipt, keys),
    aboutInclusion(receipt, checkpoint),
    ...aboutRequest(receipt, leaf, facts),
    ...aboutAnswer(receipt, leaf, facts),
  ];
}

function aboutIdentity(
  receipt: Receipt,
  leaf: Leaf,
  checkpoint: Checkpoint,
  keys: KeyTrail | "unreadable" | undefined,
  facts: ReceiptFacts,
): ReceiptFinding[] {
  const oneLog = leaf.log === checkpoint.origin && (keys === undefined || (keys !== "unreadable" && keys.origin === leaf.log));
  const exchange = isExchange(leaf) ? leaf : undefined;
  return [
    judge(0, oneLog, messages.oneLog),
    judge(0, receipt.index < checkpoint.size, messages.indexInLog(receipt.index)),
    judge(0, leaf.type === "outcome" || leaf.type === "refusal", messages.outcomeOrRefusal),
    compare("consumer" in leaf ? leaf.consumer : undefined, facts.consumer, messages.consumer),
    compare(exchange?.service, facts.service, messages.service),
    compare(exchange?.htm, facts.htm, messages.method),
    compare(exchange?.response?.delivered?.status, facts.status, messages.status),
    compare(leaf.id, facts.exchange, messages.exchangeId),
  ];
}

function aboutSignature(receipt: Receipt, keys: KeyTrail | "unreadable" | undefined): ReceiptFinding {
  if (keys === undefined) return unchecked(1, messages.noKey(messages.signed));
  return judge(1, keys !== "unreadable" && isCheckpointOf(keys, receipt.checkpoint), messages.signed);
}

function aboutInclusion(receipt: Receipt, checkpoint: Checkpoint): ReceiptFinding {
  const included = verifyInclusion(leafHash(receipt.leaf), receipt.index, checkpoint.size, receipt.proof, checkpoint.root);
  return judge(2, included, messages.included);
}

function aboutRequest(receipt: Receipt, leaf: Leaf, facts: ReceiptFacts): ReceiptFinding[] {
  const request = isExchange(leaf) ? leaf.request : undefined;
  const key = receipt.open.subarray(0, commitmentKeyBytes);
  return [
    facts.statement === undefined
      ? unchecked(3, messages.nothingToCompare(messages.statementRecorded))
      : judge(3, request?.statement === sha256(facts.statement).toString("base64url"), messages.statementRecorded),
    aboutContent(3, request, key, facts.requestContent, messages.requestCommitted),
  ];
}

function aboutAnswer(receipt: Receipt, leaf: Leaf, facts: ReceiptFacts): ReceiptFinding[] {
  const delivered = isExchange(leaf) ? leaf.response?.delivered : undefined;
  return [aboutContent(4, delivered, receipt.open.subarray(commitmentKeyBytes), facts.responseContent, messages.answerCommitted)];
}

function aboutContent(
  step: 3 | 4,
  record: Pick<ExchangeLeaf["request"], "commit" | "bytes"> | undefined,
  key: Buffer,
  content: Uint8Array | undefined,
  claim: Text,
): ReceiptFinding {
  if (content === undefined) return unchecked(step, messages.nothingToCompare(claim));
  if (record?.commit === undefined) return unchecked(step, messages.notRead(claim));
  return judge(step, record.bytes === content.length && opens(record.commit, key, content), claim);
}

function compare(recorded: string | number | undefined, mine: string | number | undefined, fact: Text): ReceiptFinding {
  const claim = messages.isMine(fact);
  if (mine === undefined) return unchecked(0, messages.nothingToCompare(claim));
  return recorded === mine ? judge(0, true, claim) : judge(0, false, messages.differs(claim, recorded, mine));
}

const isExchange = (leaf: Leaf): leaf is ExchangeLeaf => "request" in leaf;
const judge = (step: ReceiptFinding["step"], holds: boolean, text: Text): ReceiptFinding => ({ step, holds, text });
const unchecked = (step: ReceiptFinding["step"], text: Text): ReceiptFinding => ({ step, holds: "not-checked", text });
