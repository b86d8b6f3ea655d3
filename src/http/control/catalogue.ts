import { nextTurn } from "../../base/next-turn.ts";
import type { FastifyInstance } from "fastify";
import type { Text } from "../../base/text.ts";
import { memberOf } from "../../base/names.ts";
import { Refusal } from "../../policy/refusal.ts";
import { revisionsOf } from "../../policy/acts/revision-actions.ts";
import type { ContractDocument } from "../../contract/document.ts";
import type { Entry } from "../../registry/entry.ts";
import { entriesAfter } from "../../registry/entries-after.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import { summarise, type ContractSummary } from "./contract-summary.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { pageHeaders, slicePage, pageQuery, type PageQuery } from "./page.ts";
import { idParameter, json, named, problem, type RouteSchema } from "./route-schema.ts";

/** How many summaries are cached, by digest: a contract never changes under its digest. */
const keptSummaries = 2_000;

/**
 * The public catalogue of services: the five fields of the national directory (Permenkominfo 1/2023: nama, deskripsi,
 * alamat, atribut, output), the visibility, and how to get access. It never reveals a provider's address.
 */
export function catalogueRoutes(app: FastifyInstance, { newest, document, publicOrigin }: ControlApi): void {
  const summaries = new Map<string, ContractSummary>();

  const contractOf = async ({ content }: Entry<"service">): Promise<ContractDocument> =>
    JSON.parse((await document(content.contract)).toString()) as ContractDocument;
  const summaryOf = async (service: Entry<"service">): Promise<ContractSummary> => {
    const { contract: digest } = service.content;
    const known = summaries.get(digest);
    if (known !== undefined) return known;
    const summary = summarise(await contractOf(service));
    if (summaries.size >= keptSummaries) summaries.delete(summaries.keys().next().value!);
    summaries.set(digest, summary);
    // Parsing a page of contracts takes long, so exchanges get their turn after each.
    await nextTurn();
    return summary;
  };

  app.get<{ Querystring: PageQuery }>("/v1/catalogue", { schema: listSchema }, async (request, reply) => {
    const registry = await newest();
    const { after = "", limit } = request.query;
    const page = slicePage(consumable(entriesAfter(registry, "service", after)), limit);
    const items = [];
    for (const service of page.items) items.push(describe(registry, service, await summaryOf(service), publicOrigin));
    return pageHeaders(reply, "/v1/catalogue", new URLSearchParams({ limit: String(limit) }), page.next).send({
      items,
      ...(page.next === undefined ? {} : { next: page.next }),
    });
  });

  app.get<{ Params: { id: string } }>("/v1/catalogue/:id/openapi.json", { schema: contractSchema }, async (request, reply) => {
    const service = (await newest()).get("service", request.params.id);
    if (service === undefined || !isConsumable(service)) throw new Refusal("not-found");
    return reply
      .header("Cache-Control", "no-cache")
      .send({ ...(await contractOf(service)), servers: [{ url: addressOf(publicOrigin, service.id) }] });
  });
}

const addressOf = (publicOrigin: string, service: string): string => `${publicOrigin}/r1/${service}`;
const isConsumable = ({ state }: Entry<"service">): boolean => state === "trial" || state === "active" || state === "deprecated";

function* consumable(services: Iterable<Entry<"service">>): Iterable<Entry<"service">> {
  for (const service of services) if (isConsumable(service)) yield service;
}

/** On trial until the instance is in production and a revision of the service is. */
function standingOf(
  registry: RegistryState,
  service: string,
): { readonly state: "trial" | "active" } | { readonly state: "deprecated"; readonly sunset: string; readonly successor: string } {
  const [instance] = registry.of("instance");
  const revision =
    instance?.state === "produksi"
      ? revisionsOf(registry, service).find(({ state }) => state === "active" || state === "deprecated")
      : undefined;
  const deprecated = revision?.content.deprecated;
  if (deprecated !== undefined) return { state: "deprecated", sunset: deprecated.sunset, successor: deprecated.successor };
  return { state: revision === undefined ? "trial" : "active" };
}

function describe(
  registry: RegistryState,
  service: Entry<"service">,
  { atribut, output, operations }: ContractSummary,
  publicOrigin: string,
): object {
  const { id, content } = service;
  const owner = registry.get("member", memberOf(id));
  const standing = standingOf(registry, id);
  return {
    id,
    nama: content.title,
    deskripsi: content.description,
    alamat: addressOf(publicOrigin, id),
    atribut,
    output,
    visibility: content.open === undefined ? "terbatas" : "terbuka",
    classification: content.classification,
    ...standing,
    owner: owner?.content.name ?? memberOf(id),
    contact: content.contact ?? owner?.content.contact,
    operations,
    access: accessTo(content, standing.state === "trial"),
    openapi: `/v1/catalogue/${encodeURIComponent(id)}/openapi.json`,
  };
}

function accessTo({ open }: Entry<"service">["content"], onTrial: boolean): Text {
  const way = open === undefined ? messages.access.byGrant : messages.access.open(open.purpose);
  return onTrial ? messages.access.onTrial(way) : way;
}

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
    state: { enum: ["trial", "active", "deprecated"] },
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
