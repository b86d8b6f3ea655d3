import type { ServiceVersion } from "../registry/snapshot.ts";
import type { Caller } from "./authenticate.ts";
import type { Content } from "./content.ts";
import type { ProviderRequest } from "./forward.ts";
import type { RequestHead } from "./head.ts";

/**
 * What nobody signs and a provider may still go by is handed on only as the lists of RFC 9110 §12.5.1 and §12.5.4, and this short: it is
 * no way past contract and grant.
 */
const maxAcceptBytes = 256;
const isShort = (value: string | undefined): value is string => value !== undefined && value.length <= maxAcceptBytes;
const token = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
const parameter = `[ \\t]*;(?:[ \\t]*${token}=(?:${token}|"(?:[\\t !#-\\[\\]-~]|\\\\[\\t -~])*"))?`;
const listOf = (element: string): RegExp => new RegExp(`^${element}(?:${parameter})*(?:[ \\t]*,[ \\t]*${element}(?:${parameter})*)*$`);
const acceptForm = listOf(`${token}/${token}`);
const acceptLanguageForm = listOf("(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\\*)");

/** Path and query at the provider: the service's base path, and what was called below the service (`/` where nothing was). */
export const providerTarget = (
  { basePath }: Pick<ServiceVersion, "basePath">,
  { rest, query }: Pick<RequestHead, "rest" | "query">,
): string => `${basePath}${rest === "" ? "/" : rest}${query}`;

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
  if (isShort(head.accept) && acceptForm.test(head.accept)) fields.push("Accept", head.accept);
  const { hdr = {} } = statement.claims;
  // What is signed stands before what nobody signs.
  const signsLanguage = Object.keys(hdr).some((name) => name.toLowerCase() === "accept-language");
  if (!signsLanguage && isShort(head.acceptLanguage) && acceptLanguageForm.test(head.acceptLanguage))
    fields.push("Accept-Language", head.acceptLanguage);
  if (head.contentType !== undefined) fields.push("Content-Type", head.contentType);
  for (const name in hdr) fields.push(name, hdr[name]!);
  return { service, method: head.method, target: providerTarget(service, head), fields, content: content.octets };
}
