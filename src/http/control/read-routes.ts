import type { FastifyInstance } from "fastify";
import { entriesAfter, slicePage } from "../../registry/entries-after.ts";
import type { Entry, EntryKind } from "../../registry/entry.ts";
import { etagOf } from "../../policy/acts/command-handler.ts";
import { entryNotFound } from "../../policy/revisions.ts";
import { stateNow } from "../../policy/validity/end-of.ts";
import { collections, pathOf, type Collection } from "./collections.ts";
import type { ControlApi } from "./control.ts";
import { pageHeaders, pageQuery, type PageQuery } from "./page.ts";
import { resourceOf } from "./resource.ts";
import { etagHeader, idParameter, json, named, problem, type RouteSchema } from "./route-schema.ts";

/** `GET /v1/<collection>` and `GET /v1/<collection>/<id>`: the newest registry only, without its history. */
export function readRoutes(app: FastifyInstance, api: ControlApi): void {
  for (const collection of collections) {
    const { name, kind } = collection;
    app.get<{ Querystring: PageQuery }>(`/v1/${name}`, { schema: listSchema(collection) }, async (request, reply) => {
      const registry = await api.newest();
      const { state, after = "", limit } = request.query;
      const now = api.clock();
      const inState = (entry: Entry): boolean => state === undefined || stateNow(registry, entry, now) === state;
      const page = slicePage(entriesIn(entriesAfter(registry, kind, after), inState), limit);
      const query = new URLSearchParams({ ...(state === undefined ? {} : { state }), limit: String(limit) });
      return pageHeaders(reply, `/v1/${name}`, query, page.next).send({
        items: page.items.map((entry) => resourceOf(entry, registry, now)),
        ...(page.next === undefined ? {} : { next: page.next }),
      });
    });

    app.get<{ Params: { id: string } }>(`/v1/${name}/:id`, { schema: entrySchema(collection) }, async (request, reply) => {
      const registry = await api.newest();
      const entry: Entry | undefined = registry.get<EntryKind>(kind, request.params.id);
      if (entry === undefined) throw entryNotFound(registry, kind, request.params.id);
      const now = api.clock();
      const etag = etagOf(entry, stateNow(registry, entry, now));
      reply.header("ETag", etag).header("Cache-Control", "private, no-cache");
      if (isFresh(request.headers["if-none-match"], etag)) return reply.code(304).send();
      return reply.header("Link", `<${pathOf(kind, entry.id)}>; rel="self"`).send(resourceOf(entry, registry, now));
    });
  }
}

function* entriesIn<Kind extends EntryKind>(entries: Iterable<Entry<Kind>>, isAsked: (entry: Entry) => boolean): Iterable<Entry> {
  for (const entry of entries as Iterable<unknown>) if (isAsked(entry as Entry)) yield entry as Entry;
}

/** RFC 9110 §13.1.2, by weak comparison. */
const isFresh = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined && ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag || tag.trim() === "*");

const listSchema = ({ name, kind, title, states }: Collection): RouteSchema => ({
  operationId: `${kind}.list`,
  tags: [name],
  summary: title,
  querystring: pageQuery({ state: { enum: states } }),
  response: {
    200: json("A page, by id.", {
      type: "object",
      required: ["items"],
      properties: {
        items: { type: "array", items: named(kind) },
        next: { type: "string", description: "`after` of the next page; absent on the last." },
      },
    }),
    default: problem,
  },
});

const entrySchema = ({ name, kind, title }: Collection): RouteSchema => ({
  operationId: `${kind}.get`,
  tags: [name],
  summary: title,
  params: idParameter,
  headers: { type: "object", properties: { "If-None-Match": { type: "string" } } },
  response: {
    200: json("As it is now.", named(kind), etagHeader),
    304: { description: "It is what If-None-Match names." },
    default: problem,
  },
});
