import type { FastifyInstance } from "fastify";
import { addDays } from "../../policy/calendar.ts";
import { Refusal } from "../../policy/refusal.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { idParameter, json, problem, type RouteSchema } from "./route-schema.ts";

/** A security opinion as the national architecture portal's object *Kelaikan Keamanan*, in the portal's language. */
export function opinionExport(app: FastifyInstance, { newest }: ControlApi): void {
  app.get<{ Params: { id: string } }>("/v1/opinions/:id/kelaikan-keamanan", { schema }, async (request, reply) => {
    const registry = await newest();
    const opinion = registry.get("opinion", request.params.id);
    if (opinion === undefined) throw new Refusal("not-found");
    const { id, state, content } = opinion;
    if (!content.types.includes("keamanan") || (state !== "confirmed" && state !== "revoked"))
      throw new Refusal("not-found", messages.onlyConfirmedSecurityOpinions);
    const [instance] = registry.of("instance");
    return reply.header("Cache-Control", "private, no-cache").send({
      objek: "Kelaikan Keamanan",
      id,
      tanggal: content.letter?.date ?? content.from,
      pemberi: content.authority,
      subjek: content.subject === "instance" ? instance!.id : content.subject,
      nomor: content.letter?.number ?? id,
      ...(content.letter === undefined ? {} : { sha256: content.letter.sha256 }),
      berlakuSejak: content.from,
      berlakuSampai: content.until === undefined ? null : addDays(content.until, -1),
      status: state === "confirmed" ? "berlaku" : "dicabut",
    });
  });
}

const day = { type: "string", format: "date" } as const;
const text = { type: "string" } as const;

const schema: RouteSchema = {
  operationId: "opinion.kelaikan-keamanan",
  tags: ["opinions"],
  summary: messages.summaries.opinionExport,
  params: idParameter,
  response: {
    200: json("The object; `berlakuSampai` is the last day, included, null for no end.", {
      type: "object",
      required: ["objek", "id", "tanggal", "pemberi", "subjek", "nomor", "berlakuSejak", "berlakuSampai", "status"],
      properties: {
        objek: { const: "Kelaikan Keamanan" },
        id: text,
        tanggal: day,
        pemberi: text,
        subjek: text,
        nomor: text,
        sha256: text,
        berlakuSejak: day,
        berlakuSampai: { type: ["string", "null"], format: "date" },
        status: { enum: ["berlaku", "dicabut"] },
      },
    }),
    default: problem,
  },
};
