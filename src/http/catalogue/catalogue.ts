import type { Clock } from "../../base/clock.ts";
import type { Text } from "../../base/text.ts";
import { memberOf } from "../../base/names.ts";
import { nextTurn } from "../../base/next-turn.ts";
import { recentValues } from "../../base/recent.ts";
import type { ContractDocument } from "../../contract/document.ts";
import { revisionsOf } from "../../policy/acts/revision-actions.ts";
import { stateNow } from "../../policy/validity/end-of.ts";
import { entriesAfter, slicePage } from "../../registry/entries-after.ts";
import type { Entry } from "../../registry/entry.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import { summarise, type ContractSummary } from "./contract-summary.ts";
import { messages } from "./messages.ts";

/** A service as anybody on the intra network may see it. */
export interface CatalogueItem extends ContractSummary {
  readonly id: string;
  readonly nama: string;
  readonly deskripsi: string;
  readonly alamat: string;
  readonly visibility: "terbatas" | "terbuka";
  readonly classification: string;
  /** `ended`: the sunset of a deprecated version has passed, and its owner may retire it on any day. */
  readonly state: "trial" | "active" | "deprecated" | "ended";
  /** Of a deprecated or ended version: the day from which on it may be retired, and the version that follows it. */
  readonly sunset?: string;
  readonly successor?: string;
  readonly owner: string;
  readonly contact: Entry<"service">["content"]["contact"];
  readonly access: Text;
}

/**
 * The public catalogue of services: the five fields of the national directory (Permenkominfo 1/2023: nama, deskripsi,
 * alamat, atribut, output), the visibility, and how to get access. It never reveals a provider's address.
 */
export interface Catalogue {
  /** The services after this id, in the order of their ids, until `limit`; `next` is the last id of a page that is not the last. */
  page(after: string, limit: number): Promise<{ readonly items: readonly CatalogueItem[]; readonly next?: string }>;
  find(id: string): Promise<CatalogueItem | undefined>;
  /** The instance's id, name and time zone (IANA). */
  instance(): Promise<{ readonly id: string; readonly name: string; readonly timeZone: string } | undefined>;
  /** The OpenAPI contract with the gateway as its server. */
  contract(id: string): Promise<ContractDocument | undefined>;
}

export interface CatalogueSources {
  readonly publicOrigin: string;
  readonly newest: () => Promise<RegistryState>;
  /** A document of the registry by its digest. */
  readonly document: (digest: string) => Promise<Buffer>;
  readonly clock: Clock;
}

/** How many summaries are cached, by digest: a contract never changes under its digest. */
const keptSummaries = 2_000;

export function openCatalogue({ publicOrigin, newest, document, clock }: CatalogueSources): Catalogue {
  const summaries = recentValues<string, ContractSummary>(keptSummaries);

  const contractOf = async ({ content }: Entry<"service">): Promise<ContractDocument> =>
    JSON.parse((await document(content.contract)).toString()) as ContractDocument;
  const summaryOf = (service: Entry<"service">): Promise<ContractSummary> =>
    summaries(service.content.contract, async () => {
      const summary = summarise(await contractOf(service));
      // Parsing a page of contracts takes long, so exchanges get their turn after each.
      await nextTurn();
      return summary;
    });
  const consumableService = (registry: RegistryState, id: string): Entry<"service"> | undefined => {
    const service = registry.get("service", id);
    return service !== undefined && isConsumable(service) ? service : undefined;
  };
  const itemOf = async (registry: RegistryState, service: Entry<"service">): Promise<CatalogueItem> =>
    describe(registry, service, await summaryOf(service), publicOrigin, clock());

  return {
    async page(after, limit) {
      const registry = await newest();
      const { items: services, next } = slicePage(consumable(entriesAfter(registry, "service", after)), limit);
      const items: CatalogueItem[] = [];
      for (const service of services) items.push(await itemOf(registry, service));
      return { items, ...(next === undefined ? {} : { next }) };
    },
    async instance() {
      const [instance] = (await newest()).of("instance");
      return instance && { id: instance.id, name: instance.content.name, timeZone: instance.content.timeZone };
    },
    async find(id) {
      const registry = await newest();
      const service = consumableService(registry, id);
      return service && (await itemOf(registry, service));
    },
    async contract(id) {
      const service = consumableService(await newest(), id);
      return service && { ...(await contractOf(service)), servers: [{ url: addressOf(publicOrigin, id) }] };
    },
  };
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
  now: number,
):
  { readonly state: "trial" | "active" } | { readonly state: "deprecated" | "ended"; readonly sunset: string; readonly successor: string } {
  const [instance] = registry.of("instance");
  const revision =
    instance?.state === "produksi"
      ? revisionsOf(registry, service).find(({ state }) => state === "active" || state === "deprecated")
      : undefined;
  const deprecated = revision?.content.deprecated;
  if (revision !== undefined && deprecated !== undefined) {
    const state = stateNow(registry, revision, now) === "ended" ? "ended" : "deprecated";
    return { state, sunset: deprecated.sunset, successor: deprecated.successor };
  }
  return { state: revision === undefined ? "trial" : "active" };
}

function describe(
  registry: RegistryState,
  service: Entry<"service">,
  summary: ContractSummary,
  publicOrigin: string,
  now: number,
): CatalogueItem {
  const { id, content } = service;
  const owner = registry.get("member", memberOf(id));
  const standing = standingOf(registry, id, now);
  return {
    id,
    nama: content.title,
    deskripsi: content.description,
    alamat: addressOf(publicOrigin, id),
    ...summary,
    visibility: content.open === undefined ? "terbatas" : "terbuka",
    classification: content.classification,
    ...standing,
    owner: owner?.content.name ?? memberOf(id),
    contact: content.contact ?? owner?.content.contact,
    access: accessTo(content, standing.state === "trial"),
  };
}

function accessTo({ open }: Entry<"service">["content"], onTrial: boolean): Text {
  const way = open === undefined ? messages.access.byGrant : messages.access.open(open.purpose);
  return onTrial ? messages.access.onTrial(way) : way;
}
