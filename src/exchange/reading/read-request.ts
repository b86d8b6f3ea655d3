import type { Answer, Message } from "../../base/message.ts";
import type { SubsystemId } from "../../base/names.ts";
import { Problem, problems } from "../../base/problem.ts";
import { formOf } from "../../base/forms.ts";
import { uuidv7 } from "../../base/uuid.ts";
import type { BundleReader } from "../../evidence/disclose.ts";
import type { ExchangeLeaf } from "../../ledger/leaf.ts";
import type { Snapshot } from "../../registry/snapshot.ts";
import { emptyDigest } from "../../trust/content-digest.ts";
import { problemDocument, problemFields } from "../answer.ts";
import type { Readable } from "../../telemetry/meter.ts";
import { authenticateConsumer, requireStatement } from "../authenticate.ts";
import { commitToContent } from "../content.ts";
import { field } from "../forward.ts";
import type { Gateway } from "../ports.ts";
import { readRequestHead, type RequestHead } from "../head.ts";
import { requireIntranetSource } from "../intranet.ts";
import { takePlace } from "../overload.ts";
import { refuseReplay } from "../replay-check.ts";

/** The authenticated reader, and the registry it was authenticated by. */
export interface Asker {
  readonly snapshot: Snapshot;
  readonly subsystem: SubsystemId;
}

/** How many readings one counts as. A bundle costs the gateway milliseconds, where the others cost a fraction of one. */
const weights: Readonly<Record<Readable, number>> = { receipt: 1, evidence: 10, entries: 1 };

/** A request to read on its way, and who asks once that is known. */
interface Reading {
  readonly what: Readable;
  subsystem?: SubsystemId;
  /** Gives its place free. */
  place?: () => void;
}

/**
 * Answers a request for notarised records (protocol §5) with JSON, or with the problem that `read` throws. `asker`
 * authenticates the request by the same checks as an exchange, but it is not an exchange and leaves no leaf.
 */
export async function answerReader(
  gateway: Gateway,
  message: Message,
  what: "receipt" | "evidence",
  read: (head: RequestHead, asker: () => Promise<Asker>) => Promise<Buffer>,
): Promise<Answer> {
  const reading: Reading = { what };
  try {
    const head = readReaderHead(gateway, message);
    const asker = async (): Promise<Asker> => {
      const snapshot = gateway.snapshot();
      return { snapshot, subsystem: await requireReader(gateway, snapshot, message, head, reading) };
    };
    const content = await read(head, asker);
    gateway.meter.reading(reading.subsystem, what, "delivered");
    return { status: 200, fields: ["Content-Type", "application/json", ...fieldsOfReading(content)], content, left: reading.place };
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem("internal", { cause: error });
    if (problem.code === "internal") gateway.log.failed({ exchange: uuidv7(message.receivedAt), error });
    gateway.meter.reading(reading.subsystem, what, problem.code);
    const document = problemDocument(gateway.publicOrigin, problem, field(message.fields, "accept-language"), undefined);
    const content = message.method === "HEAD" ? document.subarray(0, 0) : document;
    return {
      status: problems[problem.code].status,
      fields: [...problemFields(gateway.publicOrigin, problem), ...fieldsOfReading(content)],
      content,
      left: reading.place,
    };
  }
}

/**
 * The head of a request for what is for parties and auditors. A caller who shows no statement hears that first, so that a
 * program of others learns what it needs (`WWW-Authenticate`); outside the intra network it learns nothing.
 */
function readReaderHead(gateway: Gateway, message: Message): RequestHead {
  requireIntranetSource(gateway.allowedNetworks, message.peer);
  if (field(message.fields, "spl-signature") === undefined) throw new Problem("statement-missing");
  return readRequestHead(message, gateway);
}

/** The fields of an answer that leaves no leaf (protocol §5). */
export const fieldsOfReading = (content: Buffer): readonly string[] => [
  "Cache-Control",
  "no-store, no-transform",
  "Content-Digest",
  commitToContent(content).digest,
];

/** Authenticates a reader by a statement without `purpose`. Each statement is accepted once. */
async function requireReader(
  gateway: Gateway,
  snapshot: Snapshot,
  { peer }: Message,
  head: RequestHead,
  reading: Reading,
): Promise<SubsystemId> {
  const statement = requireStatement(head, "receipt");
  const { key } = authenticateConsumer(snapshot, gateway.publicOrigin, head, statement, gateway.clock());
  reading.subsystem = key.owner;
  reading.place = takePlace(gateway, key.owner, peer);
  await refuseReplay(gateway, "readings", statement, gateway.clock(), weights[reading.what]);
  if (head.digest !== emptyDigest) throw new Problem("digest-mismatch");
  return key.owner;
}

/** Lets an auditor read the log's entries, and gives its place free when called. Anybody else learns nothing from the refusal. */
export async function requireAuditor(gateway: Gateway, message: Message): Promise<() => void> {
  const reading: Reading = { what: "entries" };
  try {
    const snapshot = gateway.snapshot();
    const reader = await requireReader(gateway, snapshot, message, readReaderHead(gateway, message), reading);
    if (!snapshot.auditors.has(reader)) throw new Problem("receipt-unknown");
    gateway.meter.reading(reader, "entries", "delivered");
    return reading.place!;
  } catch (error) {
    reading.place?.();
    gateway.meter.reading(reading.subsystem, "entries", error instanceof Problem ? error.code : "internal");
    throw error;
  }
}

/** The exchange that a `GET` of `<folder>/<id>` names. */
export function exchangeIn({ method, path, query }: RequestHead, folder: string): string | undefined {
  if (method !== "GET" || query !== "" || !path.startsWith(`${folder}/`)) return undefined;
  return exchangeForm.exec(path.slice(folder.length + 1))?.[0];
}

const exchangeForm = formOf("uuid");

/**
 * The role in which a subsystem may read about a leaf's exchange, `undefined` if it may not. A subsystem with several
 * roles reads in the one that sees most. An intent alone is for no reader: its exchange is still in flight.
 */
export function readerOf({ snapshot, subsystem }: Asker, leaf: Buffer): BundleReader | undefined {
  const { type, consumer, service } = JSON.parse(leaf.toString("utf8")) as ExchangeLeaf;
  if (type === "intent") return undefined;
  if (snapshot.auditors.has(subsystem)) return "auditor";
  if (service !== undefined && snapshot.services.get(service)?.provider === subsystem) return "provider";
  return consumer === subsystem ? "consumer" : undefined;
}
