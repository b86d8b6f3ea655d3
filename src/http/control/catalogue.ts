import type { FastifyInstance } from "fastify";
import { Refusal } from "../../policy/refusal.ts";
import type { CatalogueItem } from "../catalogue/catalogue.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { pageHeaders, pageQuery, type PageQuery } from "./page.ts";
import { idParameter, json, named, problem, type RouteSchema } from "./route-schema.ts";

/** The catalogue, open without a token. */
export function catalogueRoutes(app: FastifyInstance, { catalogue }: Pick<ControlApi, "catalogue">): void {
  app.get<{ Querystring: PageQuery }>("/v1/catalogue", { schema: listSchema }, async (request, reply) => {
    const { after = "", limit } = request.query;
    const { items, next } = await catalogue.page(after, limit);
    return pageHeaders(reply, "/v1/catalogue", new URLSearchParams({ limit: String(limit) }), next).send({
      items: items.map(withContract),
      ...(next === undefined ? {} : { next }),
    });
  });

  app.get<{ Params: { id: string } }>("/v1/catalogue/:id/openapi.json", { schema: contractSchema }, async (request, reply) => {
    const contract = await catalogue.contract(request.params.id);
    if (contract === undefined) throw new Refusal("not-found");
    return reply.header("Cache-Control", "no-cache").send(contract);
  });
}

const withContract = (item: CatalogueItem): object => ({ ...item, openapi: `/v1/catalogue/${encodeURIComponent(item.id)}/openapi.json` });

const text = { type: "string" } as const;
const names = { type: "array", items: text } as const;

const itemSchema = {
  type: "object",
  required: [
    "id",
    "nama",
    "deskripsi",
    "alamat",
    "atribut",
    "output",
    "visibility",
    "classification",
    "state",
    "owner",
    "contact",
    "operations",
    "access",
    "openapi",
  ],
  properties: {
    id: text,
    nama: text,
    deskripsi: text,
    alamat: text,
    atribut: names,
    output: { type: "object", required: ["jenis", "atribut"], properties: { jenis: names, atribut: names } },
    visibility: { enum: ["terbatas", "terbuka"] },
    classification: text,
    state: { enum: ["trial", "active", "deprecated", "ended"] },
    sunset: text,
    successor: text,
    owner: text,
    contact: { type: "object" },
    operations: {
      type: "array",
      items: { type: "object", required: ["id", "method", "path"], properties: { id: text, method: text, path: text, summary: text } },
    },
    access: named("Text"),
    openapi: text,
  },
} as const;

const listSchema: RouteSchema = {
  operationId: "catalogue.list",
  tags: ["catalogue"],
  open: true,
  summary: messages.summaries.catalogue,
  querystring: pageQuery({}, 50),
  response: {
    200: json("A page, by id.", {
      type: "object",
      required: ["items"],
      properties: { items: { type: "array", items: itemSchema }, next: text },
    }),
    default: problem,
  },
};

const contractSchema: RouteSchema = {
  operationId: "catalogue.contract",
  tags: ["catalogue"],
  open: true,
  summary: messages.summaries.catalogueContract,
  params: idParameter,
  response: { 200: json("OpenAPI 3.1, with the gateway as its server.", { type: "object" }), default: problem },
};
