import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { requireIntranetSource } from "../../exchange/intranet.ts";
import type { Gateway } from "../../exchange/ports.ts";
import { both, definitions, escape, section } from "../../report/markup.ts";
import { reportPage } from "../../report/page.ts";
import { table } from "../../report/table.ts";
import type { Catalogue, CatalogueItem } from "../catalogue/catalogue.ts";
import { messages } from "./catalogue-messages.ts";
import type { PeerOf } from "./peer.ts";
import { refusePage, sendNotFound } from "./refuse-page.ts";

/** Services a page: a summary costs a contract's parsing once. */
const perPage = 50;

/**
 * `GET /catalogue`, `/catalogue/{id}` and `/catalogue/{id}/openapi.json`, open inside the intra network: what there is to consume, whose it
 * is and how to get access. HTML for a browser, JSON for every other caller.
 */
export function cataloguePages(
  app: FastifyInstance,
  { gateway, catalogue, peerOf }: { gateway: Gateway; catalogue: Catalogue; peerOf: PeerOf },
): void {
  app.setErrorHandler(refusePage(gateway));
  app.addHook("onRequest", async (request) => requireIntranetSource(gateway.allowedNetworks, peerOf(request.raw)));

  app.get<{ Querystring: { after?: unknown } }>("/catalogue", async (request, reply) => {
    const { after } = request.query;
    const { items, next } = await catalogue.page(typeof after === "string" ? after : "", perPage);
    const following = next === undefined ? undefined : `/catalogue?after=${encodeURIComponent(next)}`;
    if (following !== undefined) reply.header("Link", `<${following}>; rel="next"`);
    return answer(request, reply, { items: items.map(withLinks), ...(next === undefined ? {} : { next }) }, () =>
      listPage(items, following),
    );
  });

  app.get<{ Params: { id: string } }>("/catalogue/:id", async (request, reply) => {
    const item = await catalogue.find(request.params.id);
    return item === undefined
      ? sendNotFound(reply, messages.serviceUnknown)
      : answer(request, reply, withLinks(item), () => servicePage(item));
  });

  app.get<{ Params: { id: string } }>("/catalogue/:id/openapi.json", async (request, reply) => {
    const contract = await catalogue.contract(request.params.id);
    return contract === undefined ? sendNotFound(reply, messages.serviceUnknown) : reply.header("Cache-Control", "no-cache").send(contract);
  });
}

/** The same facts as HTML if the caller names it, else as JSON. */
export function answer(request: FastifyRequest, reply: FastifyReply, facts: object, page: () => string): FastifyReply {
  reply.header("Cache-Control", "no-cache").header("Vary", "Accept");
  return /\btext\/html\b/.test(request.headers.accept ?? "") ? reply.type("text/html; charset=utf-8").send(page()) : reply.send(facts);
}

const pathOf = (id: string): string => `/catalogue/${encodeURIComponent(id)}`;
const withLinks = (item: CatalogueItem): object => ({ ...item, openapi: `${pathOf(item.id)}/openapi.json` });
const code = (text: string): string => `<code>${escape(text)}</code>`;

const { columns, facts } = messages;

function listPage(items: readonly CatalogueItem[], following: string | undefined): string {
  const list = table(items, [
    { title: columns.service, cell: ({ id, nama }) => `<a href="${escape(pathOf(id))}">${escape(nama)}</a><br>${code(id)}` },
    { title: columns.owner, cell: ({ owner }) => escape(owner) },
    { title: columns.state, cell: ({ state }) => both(messages.states[state]) },
    { title: columns.classification, cell: ({ classification }) => escape(classification) },
  ]);
  const more = following === undefined ? "" : `<p><a href="${escape(following)}">${both(messages.next)}</a></p>`;
  return page(messages.catalogue, `<p>${both(messages.services(items.length))}</p>`, [section(messages.catalogue, list + more)]);
}

function servicePage(item: CatalogueItem): string {
  const { id, nama, deskripsi, alamat, owner, contact, access, atribut, output, operations } = item;
  const rows: (readonly [string, string])[] = [
    [both(facts.alamat), code(alamat)],
    [both(facts.owner), escape(owner)],
    [both(facts.contact), escape(Object.values(contact ?? {}).join(", "))],
    [both(facts.state), both(standing(item))],
    [both(facts.access), both(access)],
    [both(facts.input), escape(atribut.join(", "))],
    [both(facts.output), escape([output.jenis.join(", "), output.atribut.join(", ")].filter((part) => part !== "").join(": "))],
    [both(facts.contract), `<a href="${escape(pathOf(id))}/openapi.json">openapi.json</a>`],
  ];
  const operationTable = table(
    operations,
    [
      { title: columns.operation, cell: (operation) => code(operation.id) },
      { title: columns.method, cell: ({ method }) => escape(method) },
      { title: columns.path, cell: ({ path }) => code(path) },
      { title: columns.means, cell: ({ summary = "" }) => escape(summary) },
    ],
    500,
  );
  return page({ id: nama, en: id }, `<p>${escape(deskripsi)}</p>`, [definitions(rows), section(columns.operation, operationTable)]);
}

const standing = ({ state, sunset, successor }: CatalogueItem) =>
  state === "deprecated" || state === "ended"
    ? messages[state === "ended" ? "ended" : "ends"](sunset ?? "–", successor ?? "–")
    : messages.states[state];

const page = (verdict: { readonly id: string; readonly en: string }, summary: string, sections: readonly string[]): string =>
  reportPage({ subject: "Simpul", verdict, tone: "open", summary, sections, footer: both(messages.footer), style: "" });
