/** A field name (RFC 9110 §5.1), as long as the claim `hdr` takes it (protocol §2.1). */
export const fieldNameForm = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;

/** Whether no HTTP message can have a field of this name: it is no token. */
export const isNoFieldName = (name: string): boolean => !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name);

/**
 * Names that are one to some provider: all are without regard to case, and CGI and its heirs (PHP, WSGI, Rack) write every character
 * but letters and digits as `_` (RFC 3875 §4.1.18).
 */
export const sameField = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "-");

/**
 * Fields that a contract may not declare as `hdr` parameters: with them a consumer would control the provider's HTTP stack, or speak in
 * the gateway's name.
 */
const reserved: readonly RegExp[] = [
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|via|date|expect|max-forwards|close|http2-settings)$/,
  /^(?:authorization|cookie2?|set-cookie2?|www-authenticate|origin|referer|from|server|prefer)$/,
  /^(?:age|cache-control|pragma|expires|etag|last-modified|link|location|vary|warning|range|retry-after|forwarded)$/,
  /^(?:traceparent|tracestate|baggage)$/,
  /^(?:spl|proxy|sec|access-control|x-forwarded|x-original|x-rewrite|x-http-method|x-method)-/,
  // A precondition whose failure is 412 is the provider's to judge; the others make answers that are not whole (protocol §2.3, 14b).
  /^if-(?!match$|unmodified-since$)/,
  /^content-(?:type|length|encoding|transfer-encoding|language|location|base|range|digest|md5|disposition|version|security-policy.*)$/,
  /^accept(?:-(?:charset|encoding|ranges|datetime|patch|post|ch|ch-lifetime|signature|features|additions))?$/,
  /^(?:x-real-ip|x-http-method|x-method-override|x-accel-redirect|x-sendfile)$/,
];

export function isReservedHeader(name: string): boolean {
  const same = sameField(name);
  return reserved.some((form) => form.test(same));
}

/** Fields that every provider gets from the gateway, whatever its contract says of them (protocol §2.4). */
export const isSuppliedHeader = (name: string): boolean =>
  /^(?:accept-encoding|content-digest|content-length|traceparent|via)$/i.test(name);
