import type { Answer, Message } from "../base/message.ts";
import type { SubsystemId } from "../base/names.ts";
import { Problem, problems } from "../base/problem.ts";
import { decodeBase64url } from "../base/bytes.ts";
import type { ExchangeLeaf } from "../ledger/leaf.ts";
import type { StoredLeaf } from "../ledger/ledger.ts";
import { formatReceipt } from "../ledger/receipt.ts";
import type { Snapshot } from "../registry/snapshot.ts";
import { emptyDigest } from "../trust/content-digest.ts";
import { problemDocument, problemFields } from "./answer.ts";
import { authenticate, requireStatement } from "./authenticate.ts";
import { commitTo } from "./content.ts";
import { field } from "./forward.ts";
import type { Gateway } from "./gateway.ts";
import { readHead, type Head } from "./head.ts";
import { guardIntra } from "./intra.ts";
import { takeOnce } from "./take-once.ts";
import { uuidv7 } from "../base/uuid.ts";

/**
 * `GET /receipts/{id}` and `GET /receipts?statement=<hash>` (protocol §5): the receipt of an exchange once more, proved against the newest
 * checkpoint. It is asked for with a statement without `purpose` by the exchange's consumer, its provider or an auditor; whoever else asks learns
 * nothing, not even that it exists. These requests are authenticated like exchanges, but are none: they are not leaves.
 */
export async function giveReceipt(gateway: Gateway, message: Message): Promise<Answer> {
  const id = uuidv7(message.receivedAt);
  try {
    const head = readHead(message, gateway);
    guardIntra(gateway.intra, message.source);
    const wanted = readTarget(head);
    const snapshot = gateway.snapshot();
    const reader = await requireReader(gateway, snapshot, head);
    const stored = await find(gateway, wanted);
    if (stored === undefined || !mayRead(snapshot, reader, stored.leaf)) throw new Problem("receipt-unknown");
    return await receiptAnswer(gateway, stored);
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem("internal", { cause: error });
    if (problem.code === "internal") gateway.log.failed({ exchange: id, error });
    const document = problemDocument(gateway.publicOrigin, problem, field(message.fields, "accept-language"), undefined);
    const content = message.method === "HEAD" ? document.subarray(0, 0) : document;
    return {
      status: problems[problem.code].status,
      fields: [...problemFields(gateway.publicOrigin, problem), "Cache-Control", "no-store, no-transform", "Content-Digest", commitTo(content).digest],
      content,
    };
  }
}

/** Who asks to read: authenticated with a statement without `purpose`, of which each is taken once. */
export async function requireReader(gateway: Gateway, snapshot: Snapshot, head: Head): Promise<SubsystemId> {
  const statement = requireStatement(head, "receipt");
  const { key } = authenticate(snapshot, gateway.publicOrigin, head, statement, gateway.clock());
  await takeOnce(gateway.readerReplays, statement, gateway.clock());
  if (head.digest !== emptyDigest) throw new Problem("digest-mismatch");
  return key.owner;
}

type Wanted = { readonly exchange: string } | { readonly statement: Buffer };

function readTarget(head: Head): Wanted {
  if (head.method !== "GET") throw new Problem("receipt-unknown");
  const byId = /^\/receipts\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(head.path);
  if (byId !== null && head.query === "") return { exchange: byId[1]! };
  const byStatement = /^\?statement=([A-Za-z0-9_-]{43})$/.exec(head.query);
  const hash = byStatement === null || head.path !== "/receipts" ? undefined : decodeBase64url(byStatement[1]!);
  if (hash === undefined) throw new Problem("receipt-unknown");
  return { statement: hash };
}

async function find({ ledger }: Gateway, wanted: Wanted): Promise<StoredLeaf | undefined> {
  return "exchange" in wanted ? ledger.findExchange(wanted.exchange) : ledger.findStatement(wanted.statement);
}

/** An intent alone has no receipt yet: the exchange is under way. */
function mayRead(snapshot: Snapshot, asker: SubsystemId, leaf: Buffer): boolean {
  const { type, consumer, service } = JSON.parse(leaf.toString("utf8")) as ExchangeLeaf;
  if (type === "intent") return false;
  return consumer === asker || (service !== undefined && snapshot.services.get(service)?.provider === asker) || snapshot.auditors.has(asker);
}

async function receiptAnswer({ ledger }: Gateway, { index, leaf, keys }: StoredLeaf): Promise<Answer> {
  const receipt = formatReceipt({ leaf, ...(await ledger.prove(index)), keys });
  const content = Buffer.from(JSON.stringify({ receipt }));
  return { status: 200, fields: ["Content-Type", "application/json", "Cache-Control", "no-store, no-transform", "Content-Digest", commitTo(content).digest], content };
}
