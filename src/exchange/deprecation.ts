import type { ServiceVersion } from "../registry/snapshot.ts";

/** Said by the gateway on every answer of a deprecated version, so not by its provider. */
export const deprecationNames: ReadonlySet<string> = new Set(["deprecation", "sunset"]);

/** On answers of a version that will end: since when it is deprecated (RFC 9745), until when it is served at least (RFC 8594), and what follows it (RFC 5829). */
export function deprecationFields({ deprecation }: Pick<ServiceVersion, "deprecation">): readonly string[] {
  if (deprecation === undefined) return [];
  const { since, sunset, successor } = deprecation;
  return [
    "Deprecation",
    `@${Math.floor(since / 1000)}`,
    "Sunset",
    new Date(sunset).toUTCString(),
    "Link",
    `</r1/${successor}>; rel="successor-version"`,
  ];
}
