/**
 * Fields that a contract may not declare as `hdr` parameters: with them a consumer would control the provider's HTTP
 * stack, or speak in the gateway's name. `_` is refused because CGI-style providers convert it to `-`.
 */
const reserved: readonly RegExp[] = [
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|via|date|expect|max-forwards|close|http2-settings)$/,
  /^(?:authorization|cookie2?|set-cookie2?|www-authenticate|origin|referer|from|server|user-agent)$/,
  /^(?:prefer|digest|signature|signature-input)$/,
  /^(?:age|cache-control|pragma|expires|etag|last-modified|link|location|vary|warning|range|retry-after|forwarded)$/,
  /^(?:traceparent|tracestate|baggage)$/,
  /^(?:spl|content|if|proxy|sec|access-control|x-forwarded|x-original|x-rewrite|x-http-method|x-method)-/,
  /^accept(?:-(?:charset|encoding|language|ranges|datetime|patch|post|ch|ch-lifetime|signature|features|additions))?$/,
  /^(?:x-real-ip|x-http-method|x-method-override|x-accel-redirect|x-sendfile)$/,
  /_/,
];

export function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return reserved.some((form) => form.test(lower));
}
