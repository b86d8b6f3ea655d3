/**
 * Fields that do not pass though a contract declares them: those of one connection (RFC 9110 §7.6.1), those that the gateway sets itself,
 * and those that speak for a whole origin or its server, which is the gateway and not one provider of it.
 */
const withheld = new Set([
  ...["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "via", "host", "close", "http2-settings"],
  ...["content-length", "content-digest", "content-encoding", "content-range", "cache-control", "cdn-cache-control", "date", "age"],
  ...["expires", "pragma", "warning", "accept-ranges", "server", "server-timing", "x-powered-by", "x-runtime", "x-sendfile"],
  ...["set-cookie", "set-cookie2", "www-authenticate", "alt-svc", "alt-used", "strict-transport-security", "expect-ct", "refresh"],
  ...["clear-site-data", "report-to", "reporting-endpoints", "nel", "origin-agent-cluster", "permissions-policy", "feature-policy"],
  ...["referrer-policy", "timing-allow-origin", "sourcemap", "speculation-rules", "supports-loading-mode", "no-vary-search"],
  ...["use-as-dictionary", "set-login", "critical-ch", "forwarded", "x-real-ip", "traceparent", "tracestate", "baggage"],
  ...["x-frame-options", "x-xss-protection", "x-content-type-options", "x-dns-prefetch-control", "x-robots-tag"],
]);
const withheldFamilies = new RegExp(
  `^(?:${[
    ...["spl[-_]", "proxy-", "access-control-", "authentication-", "accept-ch", "content-security-policy", "cross-origin-", "document-"],
    ...["public-key-pins", "sec-", "service-worker-", "surrogate-", "x-accel-", "x-aspnet", "x-forwarded-", "x-permitted-"],
  ].join("|")})`,
);

/** Whether a field of an answer, `name` in lower case, stays at the gateway though the contract declares it. */
export const isWithheldHeader = (name: string): boolean => withheld.has(name) || withheldFamilies.test(name);
