import type { Answer, Message } from "../base/message.ts";
import { endOfTurn, inStep } from "../base/in-step.ts";
import { Problem, type ContentFault } from "../base/problem.ts";
import { carryTrace } from "../telemetry/trace.ts";
import { deliver, refuse, type Draft } from "./answer.ts";
import { authenticate, requireStatement } from "./authenticate.ts";
import { authorize } from "./authorize.ts";
import { readContent, verifyDigest } from "./content.ts";
import { validateRequest, validateResponse } from "./contract.ts";
import { begin, stopWatch, type Facts } from "./facts.ts";
import { withinGrant } from "./fields.ts";
import { providerRequest, type Forward } from "./forward.ts";
import type { Gateway } from "./ports.ts";
import { readHead } from "./head.ts";
import { guardIntra } from "./intra.ts";
import { announce, notarise } from "./notarise.ts";
import { resolveOperation, resolveService, type Target } from "./operation.ts";
import { verifyProvider } from "./provider-signature.ts";
import { spend } from "./spend.ts";
import { takeOnce } from "./take-once.ts";

/** One exchange, from arrival to receipt. An exchange that the ledger cannot take is not delivered. */
export async function exchange(gateway: Gateway, message: Message, forward: Forward): Promise<Answer> {
  const facts = begin(gateway, message);
  let draft: Draft;
  try {
    await endOfTurn();
    draft = await carry(gateway, message, forward, facts);
    if (message.gone()) draft = refuse(gateway, facts, new Problem("caller-gone"));
  } catch (error) {
    draft = refuse(gateway, facts, error);
  }
  return notarise(gateway, facts, draft);
}

/**
 * The order of these lines is the security policy (protocol §2.3). What came in one turn of the event loop is carried in step: before the dear
 * ones, such as the signature, everybody waits until all have come as far.
 */
async function carry(gateway: Gateway, message: Message, forward: Forward, facts: Facts): Promise<Draft> {
  const { snapshot } = facts;
  const lap = stopWatch(facts);

  const head = (facts.head = readHead(message, gateway));
  guardIntra(gateway.intra, message.source);
  const service = (facts.service = resolveService(snapshot, head, gateway.clock()));
  const target = resolveOperation(service, head);
  facts.operation = target.operation;
  const statement = requireStatement(head, "exchange");
  await inStep;
  const caller = (facts.caller = authenticate(snapshot, gateway.publicOrigin, head, statement, gateway.clock()));
  await takeOnce(gateway.replays, statement, gateway.clock());
  await lap("caller");

  const grant = (facts.grant = authorize(snapshot, caller, target, gateway.clock()));
  facts.usage = await spend(gateway.quota, caller.key.owner, grant, gateway.clock(), gateway.day(gateway.clock()));
  await lap("grant");

  const content = (facts.content = await readContent(message, head, service.maxRequestBytes));
  verifyDigest(head, content);
  await lap("content");
  validateRequest(target, head, caller, content);
  await lap("contract");

  if (!isSafe(head.method)) await announce(gateway, facts);
  facts.forwarded = true;
  facts.provider = await forward(providerRequest(service, head, caller, content, facts.id, carryTrace(head.traceparent), gateway.via));
  await lap("forward");
  await endOfTurn();
  const signature = (facts.signature = verifyProvider(snapshot, { id: facts.id, service, caller }, facts.provider, gateway.clock()));
  validateResponse(target, head, facts.provider, (faults) => reportFaults(gateway, facts, target, faults));
  const within = withinGrant(grant, target.operation, facts.provider, signature);
  await lap("response");
  return deliver(service, head, within, signature);
}

/** What would have been refused is counted, and told without the content. */
function reportFaults(gateway: Gateway, { id }: Facts, { service, operation }: Target, faults: readonly ContentFault[]): void {
  gateway.meter.responseFault(service, operation);
  gateway.log.responseFault({ exchange: id, service: service.id, operation: operation.id, pointers: faults.map(({ pointer }) => pointer) });
}

/** RFC 9110 §9.2.1, of the methods that pass. */
const isSafe = (method: string): boolean => method === "GET" || method === "HEAD";
