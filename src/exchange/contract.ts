import { Problem, type ContentFault } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import type { Caller } from "./authenticate.ts";
import type { Content } from "./content.ts";
import { fieldValues, type ProviderAnswer } from "./forward.ts";
import type { RequestHead } from "./head.ts";
import type { OperationTarget } from "./operation.ts";

/** Check 12: path, query, `hdr` and content are what the service's OpenAPI contract takes. */
export function validateRequest(
  { operation, pathParameters }: OperationTarget,
  head: RequestHead,
  { statement }: Caller,
  content: Content,
): void {
  if (!operation.contract.accepts(head.contentType)) {
    throw new Problem("content-type-unsupported", { detail: sayTypes(operation.contract.takes, head.contentType !== undefined) });
  }
  const errors = operation.contract.judgeRequest({
    pathParameters,
    rawQuery: head.query.slice(1),
    hdr: statement.claims.hdr ?? {},
    contentType: head.contentType,
    content: content.octets,
  });
  if (errors.length > 0) throw new Problem("request-invalid", { errors });
}

function sayTypes(taken: readonly string[], given: boolean): Text {
  if (taken.length === 0)
    return {
      id: "Operasi ini tidak menerima isi; kirimlah tanpa isi dan tanpa Content-Type.",
      en: "This operation takes no content; send none, and no Content-Type.",
    };
  const types = taken.join(", ");
  if (!given)
    return {
      id: `Operasi ini menuntut isi, dengan Content-Type: ${types}.`,
      en: `This operation asks for content, with the Content-Type: ${types}.`,
    };
  return {
    id: `Content-Type harus salah satu dari: ${types} (charset hanya utf-8).`,
    en: `The Content-Type must be one of: ${types} (charset utf-8 only).`,
  };
}

/** What a provider may not answer through a gateway that judges whole answers (protocol §3). */
const refusedStatuses = new Set([101, 206, 304]);

/** Check 14: the provider's answer is what its contract promises. `reported` hears of faults that service or operation only want counted. */
export function validateResponse(
  { service, operation }: OperationTarget,
  head: RequestHead,
  answer: ProviderAnswer,
  reported: (faults: readonly ContentFault[]) => void,
): void {
  const encoded = fieldValues(answer.fields, "content-encoding").some((encoding) => encoding.toLowerCase() !== "identity");
  const [contentType, another] = fieldValues(answer.fields, "content-type");
  if (refusedStatuses.has(answer.status) || encoded || another !== undefined) {
    throw new Problem("response-invalid", {
      detail: {
        id: "Penyedia menjawab dengan status, pengodean, atau Content-Type ganda yang tidak boleh melewati gerbang.",
        en: "The provider answered with a status, an encoding or a second Content-Type that may not pass the gateway.",
      },
    });
  }
  const mode = service.validateOperations.get(operation.id) ?? service.validateResponses;
  if (mode === "off") return;
  const errors = operation.contract.validateResponse({
    method: head.method,
    status: answer.status,
    contentType,
    content: answer.content,
  });
  if (errors.length === 0) return;
  if (mode === "report") return reported(errors);
  throw new Problem("response-invalid", { errors });
}
