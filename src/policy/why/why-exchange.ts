import type { Text } from "../../base/text.ts";
import type { ExchangeLeaf, Leaf } from "../../ledger/leaf.ts";
import { inProduction } from "../instance-of.ts";
import { Refusal } from "../refusal.ts";
import { revisionsOf } from "../revisions.ts";
import { coverOf } from "./why-grant.ts";
import { groundSteps } from "./why-grounds.ts";
import { refusalSteps } from "./why-refusal.ts";
import { describePlace, servingOf } from "./why-service.ts";
import { decidersOf, profileStep, explanationStep, type WhyView } from "./why-steps.ts";
import type { Explanation, Step } from "../../base/explanation.ts";

/**
 * Why a call was allowed or refused: who asked for what, on which grant and who decided it, on which revision and opinions the service stood, under
 * which profile. Told by the registry of that moment where the view offers it.
 */
export async function whyExchange(view: WhyView, id: string): Promise<Explanation> {
  const leaf = await view.leafOf?.(id);
  if (leaf === undefined || leaf.type === "control") throw new Refusal("not-found");
  if ("counts" in leaf) return gathered(view, leaf);
  const then = await view.versionOf?.(leaf.basis.registry);
  const at = { ...view, ...then, now: Date.parse(leaf.at) };
  const { problem } = leaf;
  const end = endOf(leaf);
  const called = [leaf.htm, leaf.operation, leaf.service].filter((part) => part !== undefined).join(" ");
  return {
    kind: "exchange",
    id,
    summary: { id: `${leaf.consumer} memanggil ${called}: ${end.id}.`, en: `${leaf.consumer} called ${called}: ${end.en}.` },
    steps: [
      ...callSteps(at, leaf, then !== undefined),
      ...(problem === undefined ? [] : refusalSteps(at, leaf, problem)),
      ...grantSteps(at, leaf),
      ...serviceSteps(at, leaf),
    ],
    missing: [],
  };
}

function endOf({ problem, type, grant, response }: ExchangeLeaf): Text {
  if (problem !== undefined) return { id: `ditolak (${problem})`, en: `refused (${problem})` };
  const by = grant ?? "-";
  if (type === "intent")
    return { id: `diizinkan oleh ${by}; hasilnya belum tercatat`, en: `allowed by ${by}; its outcome is not on record yet` };
  const status = response?.delivered?.status ?? "-";
  return { id: `diizinkan oleh ${by}, dijawab HTTP ${status}`, en: `allowed by ${by}, answered HTTP ${status}` };
}

function callSteps(view: WhyView, { consumer, at, purpose, request }: ExchangeLeaf, ofThatMoment: boolean): readonly Step[] {
  return [
    explanationStep(
      view,
      "authenticity.mechanism",
      `Pernyataan bertanda tangan ${consumer}, kunci ${request.kid}, tujuan ${purpose ?? "-"}.`,
      `A statement signed by ${consumer}, key ${request.kid}, purpose ${purpose ?? "-"}.`,
      { at },
    ),
    profileStep(view),
    ...(ofThatMoment
      ? []
      : [
          explanationStep(
            view,
            undefined,
            "Registri saat itu tidak dibaca; dijelaskan dengan registri sekarang.",
            "The registry of that moment is not read; told by the registry of now.",
          ),
        ]),
  ];
}

/** The grant that the leaf names; an open service's own is no entry. */
function grantSteps(view: WhyView, { grant: id, service }: ExchangeLeaf): readonly Step[] {
  if (id === undefined) return [];
  const grant = view.registry.get("grant", id);
  if (grant !== undefined) {
    const cover = coverOf(view, grant);
    return [
      { detail: { id: `Izin ${id}: ${cover.id}`, en: `Grant ${id}: ${cover.en}` }, cite: null, basis: grant.content.legalBasis },
      ...decidersOf(view, grant),
    ];
  }
  const open = service === undefined ? undefined : view.registry.get("service", service)?.content.open;
  if (open === undefined || id !== `${service!}#open`) return [];
  return [
    {
      detail: {
        id: `Layanan terbuka bagi setiap subsistem terdaftar untuk tujuan ${open.purpose}.`,
        en: `The service is open to every registered subsystem for the purpose ${open.purpose}.`,
      },
      cite: null,
      basis: open.legalBasis,
    },
  ];
}

/** Which revision answered, who approved and activated it, and what it rested on; the whole chain is the service's. On trial nothing has to be given yet. */
function serviceSteps(view: WhyView, { service: id }: ExchangeLeaf): readonly Step[] {
  const service = id === undefined ? undefined : view.registry.get("service", id);
  if (service === undefined) return [];
  const place = describePlace(view, service.id);
  const serving = servingOf(revisionsOf(view.registry, service.id));
  const steps = [explanationStep(view, undefined, place.id, place.en)];
  if (serving === undefined || !inProduction(view.registry))
    return [
      ...steps,
      ...groundSteps(view, { service: service.id, proposal: service.content }).filter(({ verdict }) => verdict === "not-required"),
    ];
  return [...steps, ...decidersOf(view, serving), ...groundSteps(view, serving.content)];
}

function gathered(view: WhyView, { id, consumer, since, at, counts }: Extract<Leaf, { counts: unknown }>): Explanation {
  const shown = Object.entries(counts)
    .map(([code, count]) => `${code} × ${count}`)
    .join(", ");
  return {
    kind: "exchange",
    id,
    summary: { id: `Penolakan terhadap ${consumer} yang dikumpulkan: ${shown}.`, en: `Refusals of ${consumer}, gathered: ${shown}.` },
    steps: [
      explanationStep(
        view,
        undefined,
        `Lebih dari 60 penolakan semenit, sejak ${since}; dicatat menjadi satu.`,
        `More than 60 refusals a minute, from ${since} on; put on record as one.`,
        { at },
      ),
    ],
    missing: [],
  };
}
