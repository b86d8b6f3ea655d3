import type { FastifyInstance } from "fastify";
import { dueKinds, dueSteps, whatRunsOut } from "../../policy/validity/due.ts";
import { roles } from "../../registry/entry.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { json, named, problem, type RouteSchema } from "./route-schema.ts";

/** `GET /v1/due?within=90`: what runs out within so many days, or has run out and nobody has acted. */
export function dueRoute(
  app: FastifyInstance,
  { commands, clock, adminToken }: Pick<ControlApi, "commands" | "clock" | "adminToken">,
): void {
  app.get<{ Querystring: { within: number } }>("/v1/due", { schema }, async (request, reply) => {
    const { registry, profile } = await commands.current();
    const items = whatRunsOut({ registry, profile, now: clock(), administratorUntil: adminToken().until }, request.query.within);
    return reply.header("Cache-Control", "private, no-cache").send({ items });
  });
}

const text = { type: "string" } as const;

const itemSchema = {
  type: "object",
  required: ["kind", "id", "what", "ends", "lastDay", "days", "ended", "by", "next"],
  properties: {
    kind: { enum: dueKinds },
    id: text,
    what: named("Text"),
    ends: { type: "string", format: "date-time", description: "The first instant at which it does not hold any more." },
    lastDay: { type: "string", format: "date", description: "The last day on which it holds, in the region." },
    days: { type: "integer", description: "Days until the last day; 0 on that day, negative afterwards." },
    ended: { type: "boolean" },
    within: { enum: dueSteps, description: "The warning that it has reached." },
    notice: { type: "boolean", description: "Whether the profile's notice period for renewals has begun; grants only." },
    by: { type: "object", required: ["roles"], properties: { member: text, roles: { type: "array", items: { enum: roles } } } },
    next: named("Text"),
    command: { type: "string", description: "Arguments of the command line; capitals are to be filled in." },
  },
} as const;

const schema: RouteSchema = {
  operationId: "due.list",
  tags: ["due"],
  summary: messages.summaries.due,
  querystring: {
    type: "object",
    properties: { within: { type: "integer", minimum: 0, maximum: 1000, default: 90, description: "Days." } },
    additionalProperties: false,
  },
  response: {
    200: json("The nearest end first.", {
      type: "object",
      required: ["items"],
      properties: { items: { type: "array", items: itemSchema } },
    }),
    default: problem,
  },
};
