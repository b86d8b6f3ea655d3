import type { ServiceVersion } from "../registry/snapshot.ts";
import type { Caller } from "./authenticate.ts";
import type { Content } from "./content.ts";
import type { ProviderRequest } from "./forward.ts";
import type { RequestHead } from "./head.ts";

/** Protocol §2.4: this and nothing else. `Accept-Encoding: identity`, since bytes that were judged must be the bytes that are delivered. */
export function providerRequest(
  service: ServiceVersion,
  head: RequestHead,
  { statement }: Caller,
  content: Content,
  id: string,
  traceparent: string,
  via: string,
): ProviderRequest {
  const fields = [
    "Accept-Encoding",
    "identity",
    "Content-Digest",
    head.digest,
    "Spl-Signature",
    head.signature!,
    "Spl-Exchange",
    id,
    "Via",
    via,
    "traceparent",
    traceparent,
  ];
  if (head.accept !== undefined) fields.push("Accept", head.accept);
  if (head.acceptLanguage !== undefined) fields.push("Accept-Language", head.acceptLanguage);
  if (head.contentType !== undefined) fields.push("Content-Type", head.contentType);
  const { hdr } = statement.claims;
  for (const name in hdr) fields.push(name, hdr[name]!);
  return { service, method: head.method, target: (head.rest === "" ? "/" : head.rest) + head.query, fields, content: content.octets };
}
