import type { ServiceVersion } from "../registry/snapshot.ts";

/** Fields that the gateway sets on every answer of a deprecated version, in the place of its provider. */
export const deprecationNames: ReadonlySet<string> = new Set(["deprecation", "sunset"]);

/**
 * Fields for answers of a deprecated version: since when it is deprecated (RFC 9745), until when it is served at least
 * (RFC 8594), and its successor (RFC 5829).
 */
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
