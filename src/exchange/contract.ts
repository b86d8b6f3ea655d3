import { Problem } from "../base/problem.ts";
import type { ServiceVersion } from "../registry/snapshot.ts";
import type { Caller } from "./authenticate.ts";
import type { Content } from "./content.ts";
import { fieldValues, type ProviderAnswer } from "./forward.ts";
import type { Head } from "./head.ts";
import type { Target } from "./operation.ts";

/** Check 12: path, query, `hdr` and content are what the service's OpenAPI contract takes. */
export function validateRequest({ operation, pathParameters }: Target, head: Head, { statement }: Caller, content: Content): void {
  if (!operation.contract.accepts(head.contentType)) {
    throw new Problem("content-type-unsupported", {
      detail: { id: "Operasi ini tidak menerima Content-Type tersebut (atau menuntut isi yang tidak ada).", en: "This operation does not take that Content-Type (or asks for content that is missing)." },
    });
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

/** What a provider may not answer through a gateway that judges whole answers (protocol §3). */
const refusedStatuses = new Set([101, 206, 304]);

/** Check 14: the provider's answer is what its contract promises. `reported` hears of faults that the service only wants counted. */
export function validateResponse(service: ServiceVersion, { operation }: Target, head: Head, answer: ProviderAnswer, reported: () => void): void {
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
  if (service.validateResponses === "off") return;
  const errors = operation.contract.judgeResponse({
    method: head.method,
    status: answer.status,
    contentType,
    content: answer.content,
  });
  if (errors.length === 0) return;
  if (service.validateResponses === "report") return reported();
  throw new Problem("response-invalid", { errors });
}
