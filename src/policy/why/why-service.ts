import type { Text } from "../../base/text.ts";
import type { Entry, EntryState } from "../../registry/entry.ts";
import { inProduction } from "../instance-of.ts";
import { Refusal } from "../refusal.ts";
import { revisionsOf, type RevisionEntry } from "../revisions.ts";
import { groundSteps } from "./why-grounds.ts";
import { decisionSteps, decisionsOn, nextSteps, profileStep, explanationStep, type WhyView } from "./why-steps.ts";
import type { Explanation, Step } from "../../base/explanation.ts";

/** The step that leads on from a place on the road. */
const onward: Partial<Record<EntryState, string>> = {
  draft: "revision.apply",
  applied: "revision.approve",
  rejected: "revision.revise",
  approved: "revision.try",
  trial: "revision.activate",
  suspended: "revision.resume",
};

/** Why a service version is where it is: its revisions with their decisions, the opinions on which it rests, what its next step lacks. */
export async function whyService(seen: WhyView, asked: string): Promise<Explanation> {
  const id = asked.replace(/\/r\d+$/, "");
  const service = seen.registry.get("service", id);
  const revisions = revisionsOf(seen.registry, id);
  const newest = revisions.at(-1);
  if (service === undefined && newest === undefined) throw new Refusal("not-found");
  const view: WhyView = newest === undefined ? seen : { ...seen, conformance: await seen.conformanceOf?.(newest) };
  const subject = servingOf(revisions)?.content ?? newest?.content ?? { service: id, proposal: service!.content };
  return {
    kind: "service",
    id,
    summary: describePlace(view, id),
    steps: [
      profileStep(view),
      ...(newest === undefined ? [fromManifest(view)] : revisions.flatMap((revision) => revisionSteps(view, revision))),
      ...groundSteps(view, subject),
    ],
    missing:
      newest === undefined ? [proposeStep(view)] : onward[newest.state] === undefined ? [] : nextSteps(view, onward[newest.state]!, newest),
  };
}

/** The revision that is in production, if the instance is. */
export const servingOf = (revisions: readonly RevisionEntry[]): RevisionEntry | undefined =>
  revisions.find(({ state }) => state === "active" || state === "deprecated");

/** Whether a service version serves production, and if not, why. */
export function describePlace({ registry }: Pick<WhyView, "registry">, id: string): Text {
  const state = registry.get("service", id)?.state;
  const revisions = revisionsOf(registry, id);
  const serving = servingOf(revisions);
  if (serving !== undefined && inProduction(registry)) {
    const { deprecated } = serving.content;
    const ending =
      deprecated === undefined
        ? { id: "", en: "" }
        : {
            id: ` sampai ${deprecated.sunset}, lalu digantikan ${deprecated.successor}`,
            en: ` until ${deprecated.sunset}, then succeeded by ${deprecated.successor}`,
          };
    return {
      id: `${id} melayani produksi dengan revisi r${serving.content.number}${ending.id}.`,
      en: `${id} serves production with revision r${serving.content.number}${ending.en}.`,
    };
  }
  const suspended = revisions.findLast((revision) => revision.state === "suspended")?.content.suspended;
  if (suspended !== undefined)
    return {
      id: `${id} dihentikan sementara oleh ${suspended.by}: ${suspended.reason}`,
      en: `${id} is suspended by ${suspended.by}: ${suspended.reason}`,
    };
  if (state === undefined || state === "retired") return { id: `${id} tidak dilayani.`, en: `${id} is not served.` };
  return inProduction(registry)
    ? {
        id: `${id} dalam uji coba di antara anggota uji: belum ada revisi yang aktif.`,
        en: `${id} is on trial among test members: no revision of it is active.`,
      }
    : {
        id: `${id} dalam uji coba di antara anggota uji: instansi masih persiapan.`,
        en: `${id} is on trial among test members: the instance is still in preparation.`,
      };
}

function revisionSteps(view: WhyView, revision: Entry<"revision">): readonly Step[] {
  const { number, previous, proposed } = revision.content;
  const after = previous === undefined ? { id: "", en: "" } : { id: `, sesudah ${previous}`, en: `, after ${previous}` };
  const decided = decisionsOn(view, revision).length > 0;
  return [
    explanationStep(
      view,
      undefined,
      `Revisi r${number}: ${revision.state}${after.id}.`,
      `Revision r${number}: ${revision.state}${after.en}.`,
      decided ? {} : proposed,
    ),
    ...decisionSteps(view, revision),
  ];
}

const fromManifest = (view: WhyView): Step =>
  explanationStep(
    view,
    undefined,
    "Dibawa masuk oleh manifes (simpul apply); manifes tidak membuka jalan ke produksi.",
    "Brought in by a manifest (simpul apply); a manifest opens no road to production.",
  );

const proposeStep = (view: WhyView): Step =>
  explanationStep(
    view,
    undefined,
    "Langkah berikut: petugas Perangkat Daerah mengusulkan layanan (revision.propose).",
    "Next: an officer of the agency proposes the service (revision.propose).",
  );
