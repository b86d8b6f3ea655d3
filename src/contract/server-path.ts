import { isObject } from "../base/is-object.ts";

/** As `basePath` of service.yaml may be (policies/schema/service.json). */
const basePathForm = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,63})+$/;

/** A server variable with its default in place (OpenAPI 3.1.1 §4.8.6); one without a default stays as it is. */
const withDefaults = (url: string, variables: unknown): string =>
  url.replaceAll(/\{([^{}]+)\}/g, (written, name: string) => {
    const variable = isObject(variables) ? variables[name] : undefined;
    return isObject(variable) && typeof variable["default"] === "string" ? variable["default"] : written;
  });

/** The path of a server's URL as a base path; `undefined` for none, and for what can be none. */
function pathOf(server: unknown): string | undefined {
  if (!isObject(server) || typeof server["url"] !== "string") return undefined;
  const url = withDefaults(server["url"], server["variables"]);
  // What names no host is relative to where the document was served from.
  const parsed = URL.parse(url, "http://localhost/");
  const path = parsed?.pathname.replace(/\/+$/, "");
  return path !== undefined && path.length <= 128 && basePathForm.test(path) ? path : undefined;
}

/**
 * The one path below which all servers of a document serve, `/api/v1`: the base path of a provider that a generated contract describes.
 * `undefined` where there is none, and where the servers differ.
 */
export function serverPath(document: unknown): string | undefined {
  const servers = isObject(document) && Array.isArray(document["servers"]) ? (document["servers"] as unknown[]) : [];
  const paths = new Set(servers.map(pathOf));
  return paths.size === 1 ? [...paths][0] : undefined;
}
