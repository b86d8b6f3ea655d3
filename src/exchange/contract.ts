import { Problem, type ContentFault } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import type { Caller } from "./authenticate.ts";
import type { Content } from "./content.ts";
import { fieldValues, type ProviderAnswer } from "./forward.ts";
import type { RequestHead } from "./head.ts";
import { answerMessages } from "./answer-messages.ts";
import { messages } from "./messages.ts";
import type { OperationTarget } from "./operation.ts";

/** Check 12: path, query, `hdr` and content are valid by the service's OpenAPI contract. */
export function validateRequest(
  { operation, pathParameters }: OperationTarget,
  head: RequestHead,
  { statement }: Caller,
  content: Content,
): void {
  if (!operation.contract.accepts(head.contentType)) {
    throw new Problem("content-type-unsupported", { detail: describeTypes(operation.contract.takes, head.contentType !== undefined) });
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

function describeTypes(taken: readonly string[], hasType: boolean): Text {
  if (taken.length === 0) return messages.takesNoContent;
  const types = taken.join(", ");
  return hasType ? messages.contentTypeMustBe(types) : messages.needsContent(types);
}

/**
 * Statuses of answers that are partial or without content of their own: the gateway only validates whole answers
 * (protocol §3).
 */
const refusedStatuses = new Set([101, 206, 304]);

/**
 * Check 14: the provider's answer is valid by its contract. `reported` receives the faults where service or operation
 * ask only to report them.
 */
export function validateResponse(
  { service, operation }: OperationTarget,
  head: RequestHead,
  answer: ProviderAnswer,
  reported: (faults: readonly ContentFault[]) => void,
): void {
  const [contentType, another] = fieldValues(answer.fields, "content-type");
  if (refusedStatuses.has(answer.status)) throw new Problem("response-invalid", { detail: answerMessages.answerNotWhole(answer.status) });
  if (isEncoded(answer)) throw new Problem("response-invalid", { detail: answerMessages.answerEncoded });
  if (another !== undefined) throw new Problem("response-invalid", { detail: answerMessages.answerOfTwoTypes });
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
  throw new Problem("response-invalid", { detail: answerMessages.answerBreaksContract(answer.status), errors });
}

/** Whether the content has a coding; an element without a name is none (RFC 9110 §5.6.1.2). */
const isEncoded = ({ fields }: ProviderAnswer): boolean =>
  fieldValues(fields, "content-encoding").some((value) => value.split(",").some((coding) => !/^(?:|identity)$/i.test(coding.trim())));
