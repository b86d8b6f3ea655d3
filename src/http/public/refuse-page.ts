import type { FastifyReply, FastifyRequest } from "fastify";
import { noBytes } from "../../base/bytes.ts";
import { Problem, problems } from "../../base/problem.ts";
import { problemDocument, problemFields } from "../../exchange/answer.ts";
import { fieldsOfReading } from "../../exchange/reading/read-request.ts";
import type { Gateway } from "../../exchange/ports.ts";
import type { Text } from "../../base/text.ts";

/** An error handler for pages: refusals have the form of an exchange's (protocol §3.1), without a receipt. */
export function refusePage(gateway: Gateway): (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  return (error, request, reply) => {
    const problem = error instanceof Problem ? error : new Problem("internal", { cause: error });
    if (problem.code === "internal") gateway.log.failed({ exchange: "", error });
    const document = problemDocument(gateway.publicOrigin, problem, request.headers["accept-language"], undefined);
    const content = request.method === "HEAD" ? noBytes : document;
    const fields = [...problemFields(gateway.publicOrigin, problem), ...fieldsOfReading(content)];
    for (let i = 0; i < fields.length; i += 2) reply.header(fields[i]!, fields[i + 1]);
    return reply.code(problems[problem.code].status).send(content);
  };
}

/** A plain 404 in both languages; what is not there now may be later, such as a tile. */
export const sendNotFound = (reply: FastifyReply, { id, en }: Text): FastifyReply =>
  reply.code(404).header("Cache-Control", "no-store").type("text/plain; charset=utf-8").send(`${id} / ${en}\n`);
