import type { FastifyInstance } from "fastify";
import { Refusal } from "../../policy/refusal.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import type { ServiceContent } from "../../registry/entries/service.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { idParameter, json, problem, type RouteSchema } from "./route-schema.ts";

/** `GET /v1/services/<id>/contract`: a contract as it was given, byte for byte; `id` is that of a service version or of a revision. */
export function contractRoute(app: FastifyInstance, { newest, document }: Pick<ControlApi, "newest" | "document">): void {
  app.get<{ Params: { id: string } }>("/v1/services/:id/contract", { schema }, async (request, reply) => {
    const service = contentOf(await newest(), request.params.id);
    if (service === undefined) throw new Refusal("not-found");
    const given = Object.entries(service.given ?? {}).map(async ([path, digest]) => ({
      path,
      digest,
      text: (await document(digest)).toString(),
    }));
    return reply.header("Cache-Control", "private, no-cache").send({ contract: service.contract, given: await Promise.all(given) });
  });
}

const contentOf = (registry: RegistryState, id: string): ServiceContent | undefined =>
  /\/r\d+$/.test(id) ? registry.get("revision", id)?.content.proposal : registry.get("service", id)?.content;

const text = { type: "string" } as const;

const schema: RouteSchema = {
  operationId: "service.contract",
  tags: ["services"],
  summary: messages.summaries.contract,
  description:
    "With a token, since `servers` may name a provider's address; the catalogue has the document by which the gateway judges. " +
    "The digests are base64url SHA-256 of the UTF-8 bytes and part of `basis.registry`. " +
    "Nothing is `given` for what an older version registered.",
  params: idParameter,
  response: {
    200: json("The contract, and the files that it names.", {
      type: "object",
      required: ["contract", "given"],
      properties: {
        contract: { type: "string", description: "The digest of the document by which the gateway judges." },
        given: {
          type: "array",
          items: { type: "object", required: ["path", "digest", "text"], properties: { path: text, digest: text, text } },
        },
      },
    }),
    default: problem,
  },
};
