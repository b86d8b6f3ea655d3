import type { Answer, Message } from "../../base/message.ts";
import type { SubsystemId } from "../../base/names.ts";
import { Problem, problems } from "../../base/problem.ts";
import { uuidv7 } from "../../base/uuid.ts";
import type { BundleReader } from "../../evidence/disclose.ts";
import type { ExchangeLeaf } from "../../ledger/leaf.ts";
import type { Snapshot } from "../../registry/snapshot.ts";
import { emptyDigest } from "../../trust/content-digest.ts";
import { problemDocument, problemFields } from "../answer.ts";
import { authenticateConsumer, requireStatement } from "../authenticate.ts";
import { commitToContent } from "../content.ts";
import { field } from "../forward.ts";
import type { Gateway } from "../ports.ts";
import { readRequestHead, type RequestHead } from "../head.ts";
import { requireIntranetSource } from "../intranet.ts";
import { refuseReplay } from "../replay-check.ts";

/** Who asks, under which registry. */
export interface Asker {
  readonly snapshot: Snapshot;
  readonly subsystem: SubsystemId;
}

/**
 * Answers a request that reads what was notarised (protocol §5) with JSON, or with the problem that `read` throws. `asker` authenticates the request like an
 * exchange, but it is none and leaves no leaf.
 */
export async function answerReader(
  gateway: Gateway,
  message: Message,
  read: (head: RequestHead, asker: () => Promise<Asker>) => Promise<Buffer>,
): Promise<Answer> {
  try {
    const head = readRequestHead(message, gateway);
    requireIntranetSource(gateway.allowedNetworks, message.source);
    const asker = async (): Promise<Asker> => {
      const snapshot = gateway.snapshot();
      return { snapshot, subsystem: await requireReader(gateway, snapshot, head) };
    };
    const content = await read(head, asker);
    return { status: 200, fields: ["Content-Type", "application/json", ...fieldsOfReading(content)], content };
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem("internal", { cause: error });
    if (problem.code === "internal") gateway.log.failed({ exchange: uuidv7(message.receivedAt), error });
    const document = problemDocument(gateway.publicOrigin, problem, field(message.fields, "accept-language"), undefined);
    const content = message.method === "HEAD" ? document.subarray(0, 0) : document;
    return {
      status: problems[problem.code].status,
      fields: [...problemFields(gateway.publicOrigin, problem), ...fieldsOfReading(content)],
      content,
    };
  }
}

/** The fields of an answer that leaves no leaf (protocol §5). */
export const fieldsOfReading = (content: Buffer): readonly string[] => [
  "Cache-Control",
  "no-store, no-transform",
  "Content-Digest",
  commitToContent(content).digest,
];

/** Who asks to read: authenticated with a statement without `purpose`, of which each is taken once. */
export async function requireReader(gateway: Gateway, snapshot: Snapshot, head: RequestHead): Promise<SubsystemId> {
  const statement = requireStatement(head, "receipt");
  const { key } = authenticateConsumer(snapshot, gateway.publicOrigin, head, statement, gateway.clock());
  await refuseReplay(gateway.readerReplays, statement, gateway.clock());
  if (head.digest !== emptyDigest) throw new Problem("digest-mismatch");
  return key.owner;
}

/** The exchange that a `GET` of `<folder>/<id>` names. */
export function exchangeIn({ method, path, query }: RequestHead, folder: string): string | undefined {
  if (method !== "GET" || query !== "" || !path.startsWith(`${folder}/`)) return undefined;
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(path.slice(folder.length + 1))?.[0];
}

/**
 * As whom a subsystem may read of the exchange that a leaf is about, `undefined` if it may not: who is several of them reads as the one that sees most. Of an
 * intent alone nobody may: the exchange is under way.
 */
export function readerOf({ snapshot, subsystem }: Asker, leaf: Buffer): BundleReader | undefined {
  const { type, consumer, service } = JSON.parse(leaf.toString("utf8")) as ExchangeLeaf;
  if (type === "intent") return undefined;
  if (snapshot.auditors.has(subsystem)) return "auditor";
  if (service !== undefined && snapshot.services.get(service)?.provider === subsystem) return "provider";
  return consumer === subsystem ? "consumer" : undefined;
}
