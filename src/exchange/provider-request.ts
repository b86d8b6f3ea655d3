import type { ServiceVersion } from "../registry/snapshot.ts";
import type { Caller } from "./authenticate.ts";
import type { Content } from "./content.ts";
import type { ProviderRequest } from "./forward.ts";
import type { RequestHead } from "./head.ts";

/**
 * Protocol §2.4: these fields and no others. `Accept-Encoding: identity`, since the bytes that are validated must be
 * the bytes that are delivered.
 */
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
  const target = `${service.basePath}${head.rest === "" ? "/" : head.rest}${head.query}`;
  return { service, method: head.method, target, fields, content: content.octets };
}
