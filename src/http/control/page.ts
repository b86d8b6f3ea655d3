import type { FastifyReply } from "fastify";
import type { ObjectSchema } from "./route-schema.ts";

export interface PageQuery {
  readonly state?: string;
  readonly after?: string;
  readonly limit: number;
}

/** The query of a list: `limit` entries a page, `after` the last id of the page before, and filters. */
export const pageQuery = (filters: ObjectSchema["properties"] = {}, most = 200): ObjectSchema => ({
  type: "object",
  properties: {
    limit: { type: "integer", minimum: 1, maximum: most, default: 50 },
    after: { type: "string", maxLength: 500, description: "The id after which the page begins." },
    ...filters,
  },
  additionalProperties: false,
});

/** Sets the `Link` to the next page (RFC 8288). */
export function pageHeaders(reply: FastifyReply, path: string, query: URLSearchParams, next: string | undefined): FastifyReply {
  if (next !== undefined) {
    query.set("after", next);
    reply.header("Link", `<${path}?${query.toString()}>; rel="next"`);
  }
  return reply.header("Cache-Control", "private, no-cache");
}
