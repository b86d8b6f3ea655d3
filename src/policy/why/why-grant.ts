import type { Text } from "../../base/text.ts";
import type { Entry } from "../../registry/entry.ts";
import { memberOf } from "../../base/names.ts";
import { nearsItsEnd } from "../acts/grant-actions.ts";
import { lostFields } from "../guards/lost-fields.ts";
import { answerTo } from "../profile/profile.ts";
import { Refusal } from "../refusal.ts";
import { describePlace } from "./why-service.ts";
import { decisionSteps, momentOf, nextSteps, profileStep, explanationStep, type WhyView } from "./why-steps.ts";
import type { Explanation, Step } from "../../base/explanation.ts";

/** Why an izin akses is as it is: what it covers and on which basis, request, coordination, decision, suspensions, renewals. */
export function whyGrant(view: WhyView, id: string): Explanation {
  const grant = view.registry.get("grant", id);
  if (grant === undefined) throw new Refusal("not-found");
  const cover = coverOf(view, grant);
  const { legalBasis, service } = grant.content;
  const place = describePlace(view, service);
  return {
    kind: "grant",
    id,
    summary: { id: `Izin ${id} (${grant.state}): ${cover.id}`, en: `The grant ${id} (${grant.state}): ${cover.en}` },
    steps: [
      profileStep(view),
      {
        detail: { id: `Dasar hukum yang diajukan pemohon: ${legalBasis}.`, en: `The legal basis that the consumer gave: ${legalBasis}.` },
        cite: null,
        basis: legalBasis,
      },
      ...contentSteps(view, grant),
      ...decisionSteps(view, grant),
      ...suspensionSteps(view, grant),
      explanationStep(view, undefined, place.id, place.en),
    ],
    missing: missingOf(view, grant),
  };
}

/** Who may call what for which purpose, from when until when, how much. */
export function coverOf(view: Pick<WhyView, "registry">, { content }: Entry<"grant">): Text {
  const { consumer, service, operations, purpose, from, until, dailyQuota } = content;
  const begin = momentOf(view, from);
  const end =
    until === undefined
      ? { id: "tanpa akhir", en: "without end" }
      : { id: `sebelum ${momentOf(view, until)}`, en: `before ${momentOf(view, until)}` };
  return {
    id: `${consumer} boleh memakai ${operations.join(", ")} pada ${service} untuk tujuan ${purpose}, sejak ${begin} ${end.id}, ${dailyQuota} panggilan sehari.`,
    en: `${consumer} may use ${operations.join(", ")} of ${service} for the purpose ${purpose}, from ${begin} ${end.en}, ${dailyQuota} calls a day.`,
  };
}

function contentSteps(view: WhyView, { id, content }: Entry<"grant">): readonly Step[] {
  const { personalData, previous, decided, service, fields } = content;
  const steps: Step[] = [];
  if (fields !== undefined) {
    steps.push(
      explanationStep(
        view,
        undefined,
        `Terbatas pada kolom terbuka${fields.length === 0 ? "" : ` dan ${fields.join(", ")}`}.`,
        `Limited to the open fields${fields.length === 0 ? "" : ` and ${fields.join(", ")}`}.`,
      ),
    );
    const offered = view.operationsOf(service);
    const lost = offered === undefined ? [] : lostFields(offered, content);
    if (lost.length > 0) {
      steps.push(
        explanationStep(
          view,
          undefined,
          `Tidak ada lagi dalam kontrak, jadi tidak diterima: ${lost.join(", ")}.`,
          `In the contract no more, and so not delivered: ${lost.join(", ")}.`,
          {
            verdict: "unmet",
            remedy: {
              id: "Perbarui izin dengan kolom yang ada (grant renew), atau mintalah pemiliknya mengembalikan kolom itu.",
              en: "Renew the grant with the fields that there are (grant renew), or ask the owner to put them back.",
            },
          },
        ),
      );
    }
  }
  if (personalData !== undefined) {
    const { ground, processingRecord } = personalData;
    steps.push(
      explanationStep(
        view,
        "personalData.legalBasis",
        `Data pribadi: ${ground}; catatan pemrosesan ${processingRecord}.`,
        `Personal data: ${ground}; record of processing ${processingRecord}.`,
      ),
    );
  }
  if (previous !== undefined)
    steps.push(explanationStep(view, "grants.renewalNoticeDays", `Memperpanjang izin ${previous}.`, `Renews the grant ${previous}.`));
  for (const later of view.registry.of("grant")) {
    if (later.content.previous === id)
      steps.push(
        explanationStep(
          view,
          "grants.renewalNoticeDays",
          `Diperpanjang dengan izin ${later.id} (${later.state}).`,
          `Renewed by the grant ${later.id} (${later.state}).`,
        ),
      );
  }
  if (decided === undefined && content.requested === undefined) {
    steps.push(
      explanationStep(
        view,
        undefined,
        "Dari manifes, tanpa keputusan pemilik: hanya berlaku bagi layanan dalam uji coba.",
        "From a manifest, without the owner's decision: it holds for services on trial only.",
      ),
    );
  }
  return steps;
}

const parties: Readonly<Record<string, Text>> = {
  consumer: { id: "konsumen", en: "the consumer" },
  owner: { id: "pemilik", en: "the owner" },
  dinas: { id: "Dinas", en: "the Dinas" },
};

/** Who has suspended a grant, each on their own. */
export function suspensionSteps(view: Pick<WhyView, "profile">, { content }: Entry<"grant">): readonly Step[] {
  return Object.entries(content.suspensions ?? {}).map(([party, { by, at, reason }]) => {
    const who = parties[party]!;
    return explanationStep(view, undefined, `Dihentikan oleh ${who.id}: ${reason}`, `Suspended by ${who.en}: ${reason}`, {
      verdict: "unmet",
      by,
      at,
      remedy: { id: `Hanya ${who.id} yang melanjutkannya (grant resume).`, en: `Only ${who.en} resumes it (grant resume).` },
    });
  });
}

function missingOf(view: WhyView, grant: Entry<"grant">): readonly Step[] {
  if (
    grant.state === "requested" &&
    answerTo(view.profile, "grants.coordination").value === "dinas" &&
    memberOf(grant.content.consumer) !== memberOf(grant.content.service)
  )
    return nextSteps(view, "grant.coordinate", grant);
  if (grant.state === "requested" || grant.state === "coordinated") return nextSteps(view, "grant.allow", grant);
  return nearsItsEnd(view, grant) ? nextSteps(view, "grant.renew", grant) : [];
}
