import type { Duplex } from "node:stream";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { languageOf, type Text } from "../../base/text.ts";
import { Refusal, refusals, type RefusalCode } from "../../policy/refusal.ts";
import { messages } from "./messages.ts";
import { inputRefusal } from "./validate-input.ts";

/** Errors that Fastify raises by itself. */
const byFastify: Readonly<Record<string, RefusalCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "content-too-large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "content-type-unsupported",
};

/** Any thrown value as a refusal; an unexpected one becomes `internal`. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { validation, validationContext, code, statusCode } = error as Partial<FastifyError>;
  if (validation !== undefined) return inputRefusal(validation as Parameters<typeof inputRefusal>[0], validationContext ?? "body");
  const known = byFastify[code ?? ""];
  if (known !== undefined) return new Refusal(known);
  return new Refusal(statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? "input-invalid" : "internal");
}

/** Answers what is no HTTP with a problem document, and closes. */
export function refuseNoHttp(publicOrigin: string, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const content = JSON.stringify(problemDocument(new Refusal("input-invalid", messages.notHttp), publicOrigin, "id"));
  const fields = `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(content)}\r\nConnection: close`;
  socket.end(`HTTP/1.1 400 Bad Request\r\n${fields}\r\n\r\n${content}`);
}

/**
 * Answers with a problem document (RFC 9457) in the officer's language; `texts` has both languages. All judgements of
 * the guards are included, as a decision would record them.
 */
export function problemReply(refusal: Refusal, publicOrigin: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code } = refusal;
  const { status } = refusals[code];
  const language = languageOf(request.headers["accept-language"]);
  if (status === 401)
    reply.header("WWW-Authenticate", `Bearer realm="${publicOrigin}"${code === "token-invalid" ? ', error="invalid_token"' : ""}`);
  if (status === 503 || status === 429) reply.header("Retry-After", String(refusal.retryAfterSeconds ?? 5));
  reply.header("Content-Language", language).header("Cache-Control", "no-store").type("application/problem+json");
  return reply.code(status).send(problemDocument(refusal, publicOrigin, language));
}

function problemDocument({ code, detail, errors, judgements }: Refusal, publicOrigin: string, language: keyof Text): object {
  const { status, title } = refusals[code];
  return {
    type: `${publicOrigin}/problems/${code}`,
    title: title[language],
    status,
    detail: detail[language],
    code,
    ...(errors.length === 0 ? {} : { errors: errors.map(({ pointer, detail: said }) => ({ pointer, detail: said[language] })) }),
    ...(judgements.length === 0 ? {} : { judgements }),
    texts: { detail, ...(errors.length === 0 ? {} : { errors: errors.map(({ detail: said }) => said) }) },
  };
}
