import type { ServiceVersion } from "../registry/snapshot.ts";
import { isPath } from "../base/request-target.ts";

/** Where a reference stands: in the provider's answer to this request. */
export interface Place {
  readonly service: Pick<ServiceVersion, "id" | "upstream" | "basePath">;
  readonly publicOrigin: string;
  /** Path and query as the provider received them. */
  readonly target: string;
  /** Its query, with `?`, or `""`. */
  readonly query: string;
}

/** The characters of RFC 3986. */
const uriForm = /^[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]*$/;

/**
 * A URI reference of the provider as one that leads the consumer there: the path before the gateway of what lies below the service's
 * base path on the upstream (`/r1/<service>/catatan/9`), with query and fragment as they are; one that names the gateway itself stays.
 * `undefined` for every other: it names an address of the inside, or a path that no consumer can call.
 */
export function outwardReference(reference: string, { service, publicOrigin, target, query }: Place): string | undefined {
  if (!uriForm.test(reference)) return undefined;
  if (reference.startsWith(`${publicOrigin}/`)) return reference;
  const mark = reference.search(/[?#]/);
  const pathOnly = mark < 0 ? reference : reference.slice(0, mark);
  const rest = mark < 0 ? "" : reference.slice(mark);
  const url = URL.parse(pathOnly, `${service.upstream}${target}`);
  if (url === null || url.username !== "" || url.password !== "" || url.origin !== new URL(service.upstream).origin) return undefined;
  const path = url.pathname.replace(/%[0-9A-Fa-f]{2}/g, (escape) => escape.toUpperCase());
  const below = path.slice(service.basePath.length);
  if (!path.startsWith(service.basePath) || (below !== "" && !below.startsWith("/")) || !isPath(below)) return undefined;
  // RFC 3986 §5.2.2: a reference without path and query keeps the query that it stands in.
  const kept = pathOnly === "" && !rest.startsWith("?") ? query : "";
  return `/r1/${service.id}${below}${kept}${rest}`;
}

/**
 * A `Link` field (RFC 8288) of which each target is mapped so. Links that cannot be, that stand for another place (`anchor`), or whose
 * relation is one of the gateway's own are left out; `undefined` if none is left.
 */
export function outwardLinks(value: string, place: Place): string | undefined {
  const links: string[] = [];
  // Commas may stand in a target and in a quoted parameter.
  for (const link of value.match(/(?:<[^>]*>|"(?:[^"\\]|\\.)*"|[^,<"])+/g) ?? []) {
    const [, reference, parameters] = /^\s*<([^<>\s]*)>(.*)$/.exec(link) ?? [];
    if (reference === undefined || parameters === undefined || /;\s*anchor\b|simpul\.id\/rel\//i.test(parameters)) continue;
    const target = outwardReference(reference, place);
    if (target !== undefined) links.push(`<${target}>${parameters.trimEnd()}`);
  }
  return links.length === 0 ? undefined : links.join(", ");
}
