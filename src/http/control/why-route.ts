import type { FastifyInstance } from "fastify";
import { why, whyKinds } from "../../policy/why/why.ts";
import type { WhyView } from "../../policy/why/why-steps.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { json, named, problem, type RouteSchema } from "./route-schema.ts";

/** `GET /v1/why/<kind>/<id>`: the decision trace. */
export function whyRoute(app: FastifyInstance, { commands, sources, clock }: Pick<ControlApi, "commands" | "sources" | "clock">): void {
  app.get<{ Params: { kind: string; id: string } }>("/v1/why/:kind/:id", { schema }, async (request, reply) => {
    const { registry, profile, matrix } = await commands.current();
    const view: WhyView = {
      registry,
      profile,
      matrix,
      now: clock(),
      operationsOf: sources.operationsOf,
      conformanceOf: (revision) => commands.conformanceOf(revision),
      behavioursOf: (revision) => commands.behaviourOf(revision),
      leafOf: sources.leafOf,
      async versionOf(root) {
        const then = await sources.history(root);
        return then?.profile && { registry: then.registry, profile: then.profile };
      },
    };
    return reply.header("Cache-Control", "no-store").send(await why(view, request.params.kind, request.params.id));
  });
}

const text = { type: "string" } as const;

const stepSchema = {
  type: "object",
  required: ["detail", "cite", "basis"],
  properties: {
    detail: named("Text"),
    cite: { type: ["string", "null"], description: "The pasal, `P28(6)b`." },
    basis: text,
    verdict: { enum: ["met", "unmet", "later", "not-required", "exempt"] },
    remedy: named("Text"),
    document: { type: "string", description: "SHA-256 of its file, hex." },
    by: text,
    at: { type: "string", format: "date-time" },
    part: named("Text"),
    profile: { type: "object", required: ["id", "version", "digest"], properties: { id: text, version: text, digest: text } },
  },
} as const;

const schema: RouteSchema = {
  operationId: "why.get",
  tags: ["why"],
  summary: messages.summaries.why,
  params: {
    type: "object",
    properties: { kind: { enum: whyKinds }, id: { type: "string", minLength: 1, maxLength: 500 } },
    required: ["kind", "id"],
  },
  response: {
    200: json("The chain, and what the next step lacks.", {
      type: "object",
      required: ["kind", "id", "summary", "steps", "missing"],
      properties: {
        kind: text,
        id: text,
        summary: named("Text"),
        steps: { type: "array", items: stepSchema },
        missing: { type: "array", items: stepSchema },
      },
    }),
    default: problem,
  },
};
