import type { FastifyInstance } from "fastify";
import { memberOf } from "../../base/names.ts";
import { mayReadExchangesOf } from "../../policy/acts/permissions.ts";
import { Refusal } from "../../policy/refusal.ts";
import { actorOf } from "./actor.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { idParameter, json, problem, type RouteSchema } from "./route-schema.ts";

/** `GET /v1/services/<id>/faults`: what a service version's provider answered wrongly since the gateway started. */
export function faultsRoute(app: FastifyInstance, { newest, recentFaults }: Pick<ControlApi, "newest" | "recentFaults">): void {
  app.get<{ Params: { id: string } }>("/v1/services/:id/faults", { schema }, async (request, reply) => {
    const service = request.params.id.replace(/\/r\d+$/, "");
    if ((await newest()).get("service", service) === undefined) throw new Refusal("not-found");
    const owner = memberOf(service);
    if (!mayReadExchangesOf(actorOf(request), owner)) throw new Refusal("not-your-member", messages.faultsOfOthers(owner));
    const items = recentFaults.of(service).map(({ service: _, ...fault }) => fault);
    return reply.header("Cache-Control", "private, no-cache").send({ service, items });
  });
}

const text = { type: "string" } as const;

const schema: RouteSchema = {
  operationId: "service.faults",
  tags: ["services"],
  summary: messages.summaries.faults,
  description:
    "For officers of the service's member, registrars and auditors. The newest 20, kept in memory: a restart begins anew. " +
    "Nothing of what was answered is told.",
  params: idParameter,
  response: {
    200: json("Newest first.", {
      type: "object",
      required: ["service", "items"],
      properties: {
        service: text,
        items: {
          type: "array",
          items: {
            type: "object",
            required: ["at", "exchange", "operation", "code", "delivered", "pointers"],
            properties: {
              at: { type: "string", format: "date-time" },
              exchange: text,
              operation: { type: "string", description: "The `operationId`." },
              code: { enum: ["response-invalid", "response-unsigned"] },
              delivered: { type: "boolean", description: "Whether the consumer received it all the same (mode `report`)." },
              pointers: {
                type: "array",
                items: text,
                description: "JSON Pointers to what breaks the contract; `*` for names that it lacks.",
              },
            },
          },
        },
      },
    }),
    default: problem,
  },
};
