import type { Answer, Message } from "../base/message.ts";
import { batchTick, lockstep } from "../base/lockstep.ts";
import { Problem } from "../base/problem.ts";
import { carryTrace } from "../telemetry/trace.ts";
import { deliver, refuse, type PendingAnswer } from "./answer.ts";
import { authenticateConsumer, requireStatement } from "./authenticate.ts";
import { authorize } from "./authorize.ts";
import { readContent, verifyDigest } from "./content.ts";
import { validateRequest, validateResponse } from "./contract.ts";
import { startExchange, stopWatch, type ExchangeRecord } from "./exchange-record.ts";
import { withinGrant } from "./fields.ts";
import type { Gateway } from "./ports.ts";
import { readRequestHead } from "./head.ts";
import { requireIntranetSource } from "./intranet.ts";
import { recordIntent, notarise } from "./notarise.ts";
import { resolveOperation, resolveService } from "./operation.ts";
import { providerRequest } from "./provider-request.ts";
import { verifyProvider } from "./provider-signature.ts";
import { takePlace } from "./overload.ts";
import { spend } from "./spend.ts";
import { refuseReplay } from "./replay-check.ts";

/** One exchange, from arrival to receipt. An exchange that the ledger cannot take is not delivered. */
export async function exchange(gateway: Gateway, message: Message): Promise<Answer> {
  const record = startExchange(gateway, message);
  let pending: PendingAnswer;
  try {
    await batchTick();
    pending = await carry(gateway, message, record);
    if (message.gone()) pending = refuse(gateway, record, new Problem("caller-gone"));
  } catch (error) {
    pending = refuse(gateway, record, error);
  }
  return notarise(gateway, record, pending);
}

/**
 * The order of these lines is the security policy (protocol §2.3). Requests that arrive in the same tick advance stage
 * by stage together: before an expensive stage, such as the signature, each waits for the others. Strangers of an overloaded gateway
 * do not come so far (`turnAway`).
 */
async function carry(gateway: Gateway, message: Message, record: ExchangeRecord): Promise<PendingAnswer> {
  const { snapshot } = record;
  const lap = stopWatch(record);

  const head = (record.head = readRequestHead(message, gateway));
  requireIntranetSource(gateway.allowedNetworks, message.peer);
  const service = (record.service = resolveService(snapshot, head, gateway.clock()));
  const target = resolveOperation(service, head);
  record.operation = target.operation;
  const statement = requireStatement(head, "exchange");
  await lockstep;
  const caller = (record.caller = authenticateConsumer(snapshot, gateway.publicOrigin, head, statement, gateway.clock()));
  record.place = takePlace(gateway, caller.key.owner, message.peer);
  await refuseReplay(gateway, "statements", statement, gateway.clock());
  await lap("caller");

  const grant = (record.grant = authorize(snapshot, caller, target, gateway.clock()));
  record.usage = await spend(gateway.quota, caller.key.owner, grant, gateway.clock(), gateway.day(gateway.clock()));
  await lap("grant");

  const content = (record.content = await readContent(message, head, service.maxRequestBytes));
  verifyDigest(head, content);
  await lap("content");
  validateRequest(target, head, caller, content);
  await lap("contract");

  if (!isSafe(head.method)) await recordIntent(gateway, record);
  record.forwarded = true;
  record.provider = await gateway.forward(
    providerRequest(service, head, caller, content, record.id, carryTrace(head.traceparent), gateway.via),
  );
  await lap("forward");
  await batchTick();
  if (record.provider.cut !== undefined) throw record.provider.cut;
  const signature = (record.signature = verifyProvider(snapshot, { id: record.id, service, caller }, record.provider, gateway.clock()));
  validateResponse(target, head, record.provider, (faults) => (record.reported = faults));
  const within = withinGrant(grant, target.operation, record.provider, signature);
  await lap("response");
  return deliver(gateway, target, head, within, signature);
}

/** RFC 9110 §9.2.1, of the methods that check 1 lets pass. */
const isSafe = (method: string): boolean => method === "GET" || method === "HEAD";
