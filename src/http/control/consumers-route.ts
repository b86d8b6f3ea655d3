import type { FastifyInstance } from "fastify";
import { consumersOf, usedWithinDays } from "../../policy/consumers.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { idParameter, json, problem, type RouteSchema } from "./route-schema.ts";

/** `GET /v1/services/<id>/consumers`: who may call a service version, and when each last did. */
export function consumersRoute(
  app: FastifyInstance,
  { commands, sources, clock }: Pick<ControlApi, "commands" | "sources" | "clock">,
): void {
  app.get<{ Params: { id: string } }>("/v1/services/:id/consumers", { schema }, async (request, reply) => {
    const { registry } = await commands.current();
    const view = { registry, now: clock(), today: commands.today(registry) };
    const found = await consumersOf(view, request.params.id, sources.usageOn);
    return reply.header("Cache-Control", "private, no-cache").send(found);
  });
}

const text = { type: "string" } as const;
const day = { type: "string", format: "date" } as const;

const itemSchema = {
  type: "object",
  required: ["grant", "state", "consumer", "purpose"],
  properties: {
    grant: { type: "string", description: "`<service>#open` for calls without a grant." },
    state: text,
    consumer: text,
    purpose: text,
    operations: { type: "array", items: text },
    until: { type: "string", format: "date-time", description: "Exclusive." },
    lastUsed: {
      type: "object",
      description: `The last day with a call; absent where there was none in ${usedWithinDays} days.`,
      required: ["day", "calls"],
      properties: { day, calls: { type: "integer" } },
    },
    agreed: {
      type: ["object", "null"],
      description: "Of a correction under way: who agreed for the consumer; null if nobody has.",
      properties: { by: text, at: { type: "string", format: "date-time" } },
    },
  },
} as const;

const schema: RouteSchema = {
  operationId: "service.consumers",
  tags: ["services"],
  summary: messages.summaries.consumers,
  params: idParameter,
  response: {
    200: json("The grants that have not ended, by id; of an open service also those who called it.", {
      type: "object",
      required: ["service", "state", "items"],
      properties: {
        service: text,
        state: text,
        deprecated: { type: "object", required: ["sunset", "successor"], properties: { sunset: day, successor: text } },
        correction: { type: "object", required: ["revision", "from"], properties: { revision: text, from: day } },
        items: { type: "array", items: itemSchema },
      },
    }),
    default: problem,
  },
};
