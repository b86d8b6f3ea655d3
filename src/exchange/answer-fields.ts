import { Problem } from "../base/problem.ts";
import type { Contract } from "../contract/contract.ts";
import { isWithheldHeader } from "../contract/withheld-headers.ts";
import type { ServiceVersion } from "../registry/snapshot.ts";
import { deprecationNames } from "./deprecation.ts";
import { fieldValues, type ProviderAnswer } from "./forward.ts";
import type { RequestHead } from "./head.ts";
import { answerMessages } from "./answer-messages.ts";
import { outwardLinks, outwardReference, type Place } from "./outward-reference.ts";
import type { Gateway } from "./ports.ts";
import { providerTarget } from "./provider-request.ts";

/** Fields about the answer and its content, which any provider may set (protocol §3). */
const passing = new Set([
  ...["content-type", "content-language", "content-disposition", "etag", "last-modified", "vary", "repr-digest"],
  ...["allow", "accept-patch", "accept-post", "preference-applied", "retry-after", "deprecation", "sunset"],
  ...["ratelimit", "ratelimit-policy", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"],
  ...["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "signature", "signature-input"],
  ...["location", "content-location", "link"],
]);

/** Of these, fields that hold references, which are mapped back to the gateway. */
const references = new Set(["location", "content-location", "link"]);

/**
 * The provider's fields that the consumer gets: the listed ones, and those that the contract declares for the answer. What names a place
 * behind the gateway is mapped to the place before it, or dropped. Throws `response-invalid` if they are more than `maxAnswerFieldBytes`.
 */
export function passingFields(
  { publicOrigin, maxAnswerFieldBytes }: Pick<Gateway, "publicOrigin" | "maxAnswerFieldBytes">,
  service: Pick<ServiceVersion, "id" | "upstream" | "basePath" | "deprecation">,
  head: Pick<RequestHead, "rest" | "query">,
  answer: ProviderAnswer,
  contract: Pick<Contract, "declaresField">,
): string[] {
  const fields: string[] = [];
  const named = namedByConnection(answer.fields);
  let bytes = 0;
  let place: Place | undefined;
  for (let i = 0; i < answer.fields.length; i += 2) {
    const name = answer.fields[i]!.toLowerCase();
    if (!passing.has(name)) {
      if (!contract.declaresField(answer.status, name) || isWithheldHeader(name)) continue;
    }
    if (named?.has(name) === true || (service.deprecation !== undefined && deprecationNames.has(name))) continue;
    const sent = answer.fields[i + 1]!;
    bytes += name.length + sent.length + 4;
    if (bytes > maxAnswerFieldBytes)
      throw new Problem("response-invalid", { detail: answerMessages.answerFieldsTooLarge(maxAnswerFieldBytes) });
    if (!references.has(name)) {
      fields.push(answer.fields[i]!, sent);
      continue;
    }
    place ??= { service, publicOrigin, target: providerTarget(service, head), query: head.query };
    const outward = name === "link" ? outwardLinks(sent, place) : outwardReference(sent, place);
    if (outward !== undefined) fields.push(answer.fields[i]!, outward);
  }
  return fields;
}

function namedByConnection(fields: readonly string[]): ReadonlySet<string> | undefined {
  const values = fieldValues(fields, "connection").filter((value) => value !== "keep-alive" && value !== "close");
  if (values.length === 0) return undefined;
  return new Set(values.flatMap((value) => value.split(",").map((name) => name.trim().toLowerCase())));
}
