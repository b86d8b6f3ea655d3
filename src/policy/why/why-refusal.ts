import { problems, type Blame, type ProblemCode } from "../../base/problem.ts";
import type { Text } from "../../base/text.ts";
import type { ExchangeLeaf } from "../../ledger/leaf.ts";
import type { Entry } from "../../registry/entry.ts";
import { memberOf } from "../../base/names.ts";
import { inProduction } from "../instance-of.ts";
import { revisionsOf } from "../revisions.ts";
import { coverOf, suspensionSteps } from "./why-grant.ts";
import { groundSteps } from "./why-grounds.ts";
import { servingOf } from "./why-service.ts";
import { explanationStep, type WhyView } from "./why-steps.ts";
import type { Step } from "../../base/explanation.ts";

const blames: Readonly<Record<Blame, Text>> = {
  consumer: { id: "Yang dapat memperbaikinya: konsumen.", en: "The consumer can mend it." },
  provider: { id: "Yang dapat memperbaikinya: penyedia.", en: "The provider can mend it." },
  gateway: { id: "Yang dapat memperbaikinya: pengelola gerbang.", en: "The gateway's operator can mend it." },
};

const remedies: Partial<Record<ProblemCode, Text>> = {
  "rate-limited": {
    id: "Pelankan panggilan, atau perpanjang izin dengan laju yang lebih tinggi (grant renew).",
    en: "Slow down, or renew the grant with a higher rate (grant renew).",
  },
  "quota-exceeded": {
    id: "Tunggu hari berikutnya, atau perpanjang izin dengan kuota yang lebih besar (grant renew).",
    en: "Wait for the next day, or renew the grant with a larger quota (grant renew).",
  },
  "service-suspended": {
    id: "Pulihkan pertimbangannya atau lanjutkan layanannya; lihat rantai layanan ini.",
    en: "Restore its opinions or resume the service; see the chain of the service.",
  },
};

/** Why a call was refused, and what would change it. */
export function refusalSteps(view: WhyView, leaf: ExchangeLeaf, code: ProblemCode): readonly Step[] {
  const { title, by } = problems[code];
  const refused = explanationStep(view, undefined, `Ditolak: ${title.id}.`, `Refused: ${title.en}.`, {
    verdict: "unmet",
    remedy: remedies[code] ?? blames[by],
  });
  if (code === "not-granted") return [refused, ...grantSteps(view, leaf)];
  if (code === "service-suspended") return [refused, ...suspendedSteps(view, leaf)];
  return [refused];
}

/** How near the consumer's grants for the service came: purpose, operation, period, suspension, trial. */
function grantSteps(view: WhyView, leaf: ExchangeLeaf): readonly Step[] {
  const { consumer, service = "" } = leaf;
  const own = [...view.registry.of("grant")].filter(({ content }) => content.consumer === consumer && content.service === service);
  const steps = own.flatMap((grant) => shortfalls(view, leaf, grant));
  const onTrial = servingOf(revisionsOf(view.registry, service)) === undefined || !inProduction(view.registry);
  if (onTrial && view.registry.get("member", memberOf(consumer))?.content.test !== true) {
    steps.push(
      short(
        view,
        `${service} masih dalam uji coba, dan ${consumer} bukan anggota uji.`,
        `${service} is still on trial, and ${consumer} is no test member.`,
        { id: "Tunggu sampai layanannya aktif.", en: "Wait until the service is active." },
      ),
    );
  }
  if (own.length > 0) return steps;
  return [
    ...steps,
    short(view, `${consumer} tidak memiliki izin atas ${service}.`, `${consumer} has no grant for ${service}.`, {
      id: "Mintalah izin kepada pemiliknya (grant request).",
      en: "Ask its owner for one (grant request).",
    }),
  ];
}

function shortfalls(view: WhyView, { purpose = "-", operation = "-" }: ExchangeLeaf, grant: Entry<"grant">): readonly Step[] {
  const { id, state, content } = grant;
  const cover = coverOf(view, grant);
  const over = content.until !== undefined && Date.parse(content.until) <= view.now;
  if (content.purpose !== purpose) {
    return [
      short(
        view,
        `Izin ${id} untuk tujuan ${content.purpose}, bukan ${purpose}.`,
        `The grant ${id} is for the purpose ${content.purpose}, not ${purpose}.`,
        {
          id: `Mintalah izin dengan tujuan ${purpose} (grant request).`,
          en: `Ask for a grant with the purpose ${purpose} (grant request).`,
        },
      ),
    ];
  }
  if (!content.operations.includes(operation)) {
    return [
      short(
        view,
        `Tujuan ${purpose} tidak mencakup operasi ${operation}; izin ${id}: ${cover.id}`,
        `The purpose ${purpose} does not cover the operation ${operation}; grant ${id}: ${cover.en}`,
        {
          id: `Perluas izin ${id} dengan ${operation} (grant renew), bila tujuannya memang memerlukannya.`,
          en: `Widen the grant ${id} by ${operation} (grant renew), if its purpose needs that.`,
        },
      ),
    ];
  }
  if (state === "suspended") return suspensionSteps(view, grant);
  if (state !== "active")
    return [
      short(view, `Izin ${id} tidak berlaku: ${state}.`, `The grant ${id} is not in force: ${state}.`, {
        id: "Lihat rantai izinnya.",
        en: "See the chain of the grant.",
      }),
    ];
  if (over || Date.parse(content.from) > view.now)
    return [
      short(view, `Saat itu di luar masa izin ${id}: ${cover.id}`, `Outside the period of the grant ${id} then: ${cover.en}`, {
        id: "Perpanjang sebelum habis (grant renew).",
        en: "Renew before it runs out (grant renew).",
      }),
    ];
  if (content.decided === undefined && inProduction(view.registry)) {
    return [
      short(
        view,
        `Izin ${id} berasal dari manifes dan belum diputus pemilik; dalam produksi tidak berlaku.`,
        `The grant ${id} comes from a manifest and was not decided by the owner; in production it does not hold.`,
        { id: "Mintalah izin (grant request).", en: "Ask for a grant (grant request)." },
      ),
    ];
  }
  return [];
}

function suspendedSteps(view: WhyView, { service = "" }: ExchangeLeaf): readonly Step[] {
  const revisions = revisionsOf(view.registry, service);
  const suspended = revisions.findLast(({ state }) => state === "suspended")?.content.suspended;
  if (suspended !== undefined)
    return [
      explanationStep(view, undefined, `Dihentikan sementara: ${suspended.reason}`, `Suspended: ${suspended.reason}`, {
        verdict: "unmet",
        by: suspended.by,
        at: suspended.at,
      }),
    ];
  const subject = servingOf(revisions)?.content;
  return subject === undefined ? [] : groundSteps(view, subject).filter(({ verdict }) => verdict === "unmet");
}

const short = (view: WhyView, id: string, en: string, remedy: Text): Step =>
  explanationStep(view, undefined, id, en, { verdict: "unmet", remedy });
