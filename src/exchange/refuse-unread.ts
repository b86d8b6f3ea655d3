import type { Answer, Message } from "../base/message.ts";
import { Problem } from "../base/problem.ts";
import { finish, refuse } from "./answer.ts";
import { commitToContent } from "./content.ts";
import { startExchange } from "./exchange-record.ts";
import { meterExchange } from "./meter-exchange.ts";
import type { Gateway } from "./ports.ts";

type Unread = Pick<Message, "receivedAt" | "peer" | "method" | "fields">;

/** Refuses a request before all checks, in the form of every refusal, and meters it. */
export function refuseUnread(gateway: Gateway, message: Unread, problem: Problem): Answer {
  const record = startExchange(gateway, message);
  const pending = refuse(gateway, record, problem);
  meterExchange(gateway, record, pending);
  return finish(record, pending, commitToContent(pending.content));
}

/** Refuses a caller that is not known while the gateway is overloaded. */
export function turnAway(gateway: Gateway, message: Unread): Answer {
  gateway.shed(gateway.load.overload ?? "delay", undefined, message.peer.address);
  return refuseUnread(gateway, message, new Problem("overloaded"));
}
