import type { FastifyInstance } from "fastify";
import { memberOf } from "../../base/names.ts";
import { exchangesInLogs, type SignedExchangesInLogs } from "../../ledger/signed-exchanges.ts";
import { mayReadExchangesOf } from "../../policy/acts/permissions.ts";
import { momentIn } from "../../policy/calendar.ts";
import { instanceOf } from "../../policy/instance-of.ts";
import { Refusal } from "../../policy/refusal.ts";
import { actorOf } from "./actor.ts";
import { pathOf } from "./collections.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { pageHeaders, pageQuery } from "./page.ts";
import { idParameter, json, problem, type RouteSchema } from "./route-schema.ts";

interface Query {
  readonly since?: string;
  readonly after?: string;
  readonly limit: number;
}

/** `GET /v1/keys/<kid>/exchanges`: what a key signed since a moment, newest first. */
export function keyExchanges(app: FastifyInstance, { newest, logs }: Pick<ControlApi, "newest" | "logs">): void {
  app.get<{ Params: { id: string }; Querystring: Query }>("/v1/keys/:id/exchanges", { schema }, async (request, reply) => {
    const registry = await newest();
    const key = registry.get("key", request.params.id);
    if (key === undefined) throw new Refusal("not-found");
    const { owner, revoked } = key.content;
    if (!mayReadExchangesOf(actorOf(request), memberOf(owner))) throw new Refusal("not-your-member", messages.exchangesOfOthers(owner));
    const { since = revoked?.since, after, limit } = request.query;
    const sinceMs = since === undefined ? 0 : momentIn(instanceOf(registry).content.timeZone, since);
    if (sinceMs === undefined) throw new Refusal("input-invalid", messages.momentUnknown);
    const { exchanges, examined, next } = await exchangesInLogs(logs, key.id, { sinceMs, after, most: limit });
    const query = new URLSearchParams({ ...(since === undefined ? {} : { since }), limit: String(limit) });
    return pageHeaders(reply, `${pathOf("key", key.id)}/exchanges`, query, next).send({
      items: exchanges.map(shown),
      examined,
      ...(since === undefined ? {} : { since: new Date(sinceMs).toISOString() }),
      ...(next === undefined ? {} : { next }),
    });
  });
}

/** What the leaf says, without hashes and commitments. */
function shown({ log, index, leaf }: SignedExchangesInLogs["exchanges"][number]): object {
  const { id: exchange, at, type, consumer, service, operation, grant, purpose, response, problem } = leaf;
  const status = response?.delivered?.status;
  return { exchange, log, leaf: index, at, type, consumer, service, operation, grant, purpose, status, problem };
}

const text = { type: "string" } as const;
const moment = { type: "string", format: "date-time" } as const;

const schema: RouteSchema = {
  operationId: "key.exchanges",
  tags: ["keys"],
  summary: messages.summaries.keyExchanges,
  description:
    "For officers of the key's member, registrars and auditors. A page reads 16,384 leaves of the log at most: " +
    "it may be empty and have a next one.",
  params: idParameter,
  querystring: pageQuery({
    since: { ...text, maxLength: 35, description: "A day, a local time, or a time with its offset; by default what the revocation says." },
    after: { ...text, pattern: "^[0-9]{1,3}\\.[0-9]{0,15}$", description: "`next` of the page before." },
  }),
  response: {
    200: json("A page, newest first.", {
      type: "object",
      required: ["items", "examined"],
      properties: {
        items: {
          type: "array",
          items: {
            type: "object",
            required: ["exchange", "log", "leaf", "at", "type", "consumer"],
            properties: {
              exchange: text,
              log: { ...text, description: "The origin of the log that has it: the one that goes on, or a closed one." },
              leaf: { type: "integer", description: "Its index in the log." },
              at: moment,
              type: { enum: ["outcome", "refusal"] },
              consumer: text,
              service: text,
              operation: text,
              grant: text,
              purpose: text,
              status: { type: "integer", description: "HTTP, as delivered to the caller." },
              problem: text,
            },
          },
        },
        examined: { type: "integer", description: "Leaves that this page has read." },
        since: moment,
        next: { ...text, description: "`after` of the next page; absent on the last." },
      },
    }),
    default: problem,
  },
};
