import type { Answer, Message } from "../base/message.ts";
import { Problem } from "../base/problem.ts";
import { carryTrace } from "../telemetry/trace.ts";
import { deliver, refuse, type Draft } from "./answer.ts";
import { authenticate, requireStatement } from "./authenticate.ts";
import { authorize } from "./authorize.ts";
import { readContent, verifyDigest } from "./content.ts";
import { validateRequest, validateResponse } from "./contract.ts";
import { begin, stopWatch, type Facts } from "./facts.ts";
import { providerRequest, type Forward } from "./forward.ts";
import type { Gateway } from "./gateway.ts";
import { readHead } from "./head.ts";
import { guardIntra } from "./intra.ts";
import { announce, notarise } from "./notarise.ts";
import { resolveOperation, resolveService } from "./operation.ts";
import { spend } from "./spend.ts";
import { takeOnce } from "./take-once.ts";

/** One exchange, from arrival to receipt. An exchange that the ledger cannot take is not delivered. */
export async function exchange(gateway: Gateway, message: Message, forward: Forward): Promise<Answer> {
  const facts = begin(gateway, message);
  let draft: Draft;
  try {
    draft = await carry(gateway, message, forward, facts);
    if (message.gone()) draft = refuse(gateway, facts, new Problem("caller-gone"));
  } catch (error) {
    draft = refuse(gateway, facts, error);
  }
  return notarise(gateway, facts, draft);
}

/** The order of these lines is the security policy (protocol §2.3). */
async function carry(gateway: Gateway, message: Message, forward: Forward, facts: Facts): Promise<Draft> {
  const { snapshot } = facts;
  const lap = stopWatch(facts);

  const head = (facts.head = readHead(message, gateway));
  guardIntra(gateway.intra, message.source);
  const service = (facts.service = resolveService(snapshot, head));
  const target = resolveOperation(service, head);
  facts.operation = target.operation;
  const statement = requireStatement(head, "exchange");
  const caller = (facts.caller = authenticate(snapshot, gateway.publicOrigin, head, statement, gateway.clock()));
  await takeOnce(gateway.replays, statement, gateway.clock());
  lap("caller");

  const grant = (facts.grant = authorize(snapshot, caller, target, gateway.clock()));
  facts.usage = await spend(gateway.quota, caller.key.owner, grant, gateway.clock(), gateway.day(gateway.clock()));
  lap("grant");

  const content = (facts.content = await readContent(message, head, service.maxRequestBytes));
  verifyDigest(head, content);
  lap("content");
  validateRequest(target, head, caller, content);
  lap("contract");

  if (!isSafe(head.method)) await announce(gateway, facts);
  facts.forwarded = true;
  facts.provider = await forward(providerRequest(service, head, caller, content, facts.id, carryTrace(head.traceparent), gateway.via));
  lap("forward");
  validateResponse(service, target, head, facts.provider, () => gateway.meter.responseFault(service));
  lap("response");
  return deliver(head, facts.provider);
}

/** RFC 9110 §9.2.1, of the methods that pass. */
const isSafe = (method: string): boolean => method === "GET" || method === "HEAD";
