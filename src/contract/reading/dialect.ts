import { isObject } from "../../base/is-object.ts";
import { faultAt, type ManifestFault } from "../../source/fault.ts";
import type { Source } from "../../source/source.ts";

/** The versions of OpenAPI that are read. */
export type ContractVersion = "2.0" | "3.0" | "3.1" | "3.2";

/** The version of a document, or why it has none that is read. */
export function versionOf(source: Source): ContractVersion | ManifestFault {
  const { value } = source;
  if (!isObject(value)) return faultAt(source.at([]), "contract-no-object");
  const name = value["openapi"] === undefined && value["swagger"] !== undefined ? "swagger" : "openapi";
  const version = value[name];
  if (version === undefined) return faultAt(source.at([]), "contract-no-openapi");
  if (typeof version !== "string") return faultAt(source.at([name]), "contract-version-text");
  if (name === "swagger" && version === "2.0") return "2.0";
  const found = name === "swagger" ? null : /^(3\.[012])\.\d{1,3}(?:-[A-Za-z0-9.-]{1,32})?$/.exec(version);
  return (found?.[1] as ContractVersion | undefined) ?? faultAt(source.at([name]), "contract-version");
}

/** The dialects whose keywords are those of JSON Schema 2020-12, which is by what the gateway judges. */
export const isKnownDialect = (uri: unknown): boolean =>
  typeof uri === "string" &&
  /^https?:\/\/(?:json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/3\.[12]\/dialect\/(?:base|\d{4}-\d{2}-\d{2}))#?$/.test(
    uri,
  );
