import type { FastifyInstance } from "fastify";
import { entryNotFound } from "../../policy/revisions.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { idParameter, json, named, problem, type RouteSchema } from "./route-schema.ts";

/** `GET /v1/revisions/<id>/dossier`: what a revision took over from earlier ones, and whether it still serves. */
export function dossierRoute(app: FastifyInstance, { newest, commands }: Pick<ControlApi, "newest" | "commands">): void {
  app.get<{ Params: { id: string } }>("/v1/revisions/:id/dossier", { schema }, async (request, reply) => {
    const registry = await newest();
    const revision = registry.get("revision", request.params.id);
    if (revision === undefined) throw entryNotFound(registry, "revision", request.params.id);
    return reply.header("Cache-Control", "no-store").send({ items: await commands.dossierOf(revision) });
  });
}

const text = { type: "string" } as const;

const schema: RouteSchema = {
  operationId: "revision.dossier",
  tags: ["revisions"],
  summary: messages.summaries.dossier,
  params: idParameter,
  response: {
    200: json("Every part of the dossier.", {
      type: "object",
      required: ["items"],
      properties: {
        items: {
          type: "array",
          items: {
            type: "object",
            required: ["part", "serves", "why"],
            properties: {
              part: { type: "string", description: "`hosting`, `documents.spesifikasi-teknis`." },
              from: { type: "string", description: "The revision from which it was taken over; absent for the revision's own." },
              letter: { type: "object", required: ["number", "date", "sha256"], properties: { number: text, date: text, sha256: text } },
              serves: { type: "boolean" },
              why: named("Text"),
            },
          },
        },
      },
    }),
    default: problem,
  },
};
