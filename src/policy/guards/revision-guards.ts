import { memberOf } from "../../base/names.ts";
import { applicationGuards, complete, missing } from "./application-guards.ts";
import { dataGuards } from "./data-guards.ts";
import { guardOf, met, notRequired, unmet, type Guard } from "./guard.ts";
import { hostingGuards } from "./hosting-guards.ts";
import { inProduction } from "../instance-of.ts";
import { evaluateOpinions } from "./evaluate-opinions.ts";
import { warningOf } from "./lost-fields.ts";
import { answerTo } from "../profile/profile.ts";
import { requiredOpinions } from "../opinions/opinions-in-force.ts";

const guard = guardOf("revision");

/** What the regulations say of common and special applications, in the order in which a basis is looked for. */
const umumKeys = ["umum.localBuild", "umum.mustUse", "umum.exception", "khusus.coordination"] as const;

/** The conditions of a service version's road, each acting on one row of the regulations' comparison. */
export const revisionGuards = {
  standard: guard(
    ({ profile, conformance }) => {
      if (conformance === undefined) {
        const setter = answerTo(profile, "standard.setter").value;
        return met(
          `Kontrak lolos pemeriksaan pemuat; tidak ada standar${setter === null ? "" : ` dari ${setter}`} yang berlaku.`,
          `The contract passed the loader's checks; no standard${setter === null ? "" : ` by ${setter}`} is in force.`,
        );
      }
      const { standard, passed, digest, errors, first, lost } = conformance;
      if (passed && lost.length === 0) return met(`Lolos ${standard}; laporan ${digest}.`, `Passes ${standard}; report ${digest}.`);
      if (passed) {
        const { detail, remedy } = warningOf(lost);
        return {
          ...met(`Lolos ${standard}; laporan ${digest}. ${detail.id}`, `Passes ${standard}; report ${digest}. ${detail.en}`),
          remedy,
        };
      }
      return unmet(
        {
          id: `Tidak lolos ${standard}: ${errors} kesalahan; yang pertama ${first?.id}`,
          en: `Does not pass ${standard}: ${errors} errors; the first is ${first?.en}`,
        },
        {
          id: "Perbaiki menurut laporan (simpul lint openapi.yaml), lalu simpul apply.",
          en: "Mend it by the report (simpul lint openapi.yaml), then simpul apply.",
        },
      );
    },
    "Standar interoperabilitas",
    "Interoperability standard",
    "standard.conformance",
  ),

  "tier-1": guard(
    ({ registry }, { content }) => {
      const owner = registry.get("member", memberOf(content.service));
      if (owner?.state === "active") return met("Pemilik memiliki kontak Tier 1.", "The owner has a Tier 1 contact.");
      return unmet(
        { id: "Pemilik layanan belum terdaftar dengan kontak Tier 1.", en: "The owner is not registered with a Tier 1 contact." },
        { id: "Isi contact dalam member.yaml.", en: "Fill in contact in member.yaml." },
      );
    },
    "Pemilik dengan kontak Tier 1",
    "Owner with a Tier 1 contact",
    "owner.tier1Contact",
  ),

  builder: guard(
    (context, { content: { service, dossier } }) => {
      const allowed: readonly string[] | null = answerTo(context.profile, "builders").value;
      if (allowed === null) return notRequired(context, "builders");
      const { builder, coordination } = dossier;
      if (builder === undefined || !allowed.includes(builder)) {
        return unmet(
          { id: `Pembangun harus salah satu dari: ${allowed.join(", ")}.`, en: `The builder has to be one of: ${allowed.join(", ")}.` },
          complete("builder", "builder"),
        );
      }
      if (builder === "pd" && answerTo(context.profile, "builders.pd.coordination").value === "required" && coordination === undefined) {
        return unmet(
          { id: "PD yang membangun harus berkoordinasi dengan Dinas.", en: "An agency that builds has to coordinate with the Dinas." },
          complete("coordination (surat)", "coordination (a letter)"),
          "builders.pd.coordination",
        );
      }
      if (builder === "pd-mandiri-tik" && context.registry.get("member", memberOf(service))?.content.mandiriTik === undefined) {
        return unmet(
          { id: "Pemilik belum ditetapkan sebagai PD Mandiri TIK.", en: "The owner is not recognised as a PD Mandiri TIK." },
          { id: "Catat penetapannya (member recognise-mandiri-tik).", en: "Record its recognition (member recognise-mandiri-tik)." },
          "mandiriTik.recognised",
        );
      }
      return met(`Dibangun oleh ${builder}.`, `Built by ${builder}.`);
    },
    "Pembangun",
    "Builder",
    "builders",
    "builders.pd.coordination",
    "mandiriTik.recognised",
  ),

  "umum-khusus": guard(
    (context, { content: { dossier } }) => {
      const { profile } = context;
      const { application, umumException, coordination } = dossier;
      const spoken = umumKeys.find((key) => answerTo(profile, key).value !== null);
      if (spoken === undefined) return notRequired(context, "umum.mustUse");
      if (application === undefined)
        return unmet(
          { id: "Belum dinyatakan umum, sejenis-umum, atau khusus.", en: "Not said whether umum, sejenis-umum or khusus." },
          complete("application: umum | sejenis-umum | khusus", "application: umum | sejenis-umum | khusus"),
          spoken,
        );
      if (application === "umum")
        return met(
          "Aplikasi Umum yang dibangun pusat.",
          "A common application, built centrally.",
          answerTo(profile, "umum.mustUse").value === true ? "umum.mustUse" : spoken,
        );
      if (application === "khusus") {
        if (answerTo(profile, "khusus.coordination").value !== "dinas") return notRequired(context, "khusus.coordination");
        if (coordination !== undefined)
          return met(
            `Aplikasi Khusus, dikoordinasikan: ${coordination.number}.`,
            `A khusus application, coordinated: ${coordination.number}.`,
            "khusus.coordination",
          );
        return unmet(
          { id: "Aplikasi Khusus harus dikoordinasikan dengan Dinas.", en: "A khusus application has to be coordinated with the Dinas." },
          complete("coordination (surat)", "coordination (a letter)"),
          "khusus.coordination",
        );
      }
      const conditions = answerTo(profile, "umum.exception").value;
      if (conditions === null) {
        const key = spoken === "khusus.coordination" ? "umum.mustUse" : spoken;
        if (answerTo(profile, key).value === null) return notRequired(context, key);
        return unmet(
          {
            id: "Aplikasi Umum sudah ada, dan peraturan tidak mengenal pengecualian.",
            en: "There is a common application, and the regulation knows no exception.",
          },
          {
            id: "Pakai Aplikasi Umum, atau catat pembebasan masa peralihan bila ada (exemption record).",
            en: "Use the common application, or record a transition exemption if there is one (exemption record).",
          },
          key,
        );
      }
      const absent = missing(conditions, umumException);
      if (absent.length === 0)
        return met(
          `Syarat pengecualian terpenuhi: ${conditions.join(", ")}.`,
          `The conditions of the exception are met: ${conditions.join(", ")}.`,
          "umum.exception",
        );
      return unmet(
        {
          id: `Sejenis dengan Aplikasi Umum; syarat pengecualian belum ada: ${absent.join(", ")}.`,
          en: `It does what a common application does; conditions of the exception are missing: ${absent.join(", ")}.`,
        },
        complete(`umumException.${absent[0]!}`, `umumException.${absent[0]!}`),
        "umum.exception",
      );
    },
    "Aplikasi Umum atau Khusus",
    "Common or special application",
    "umum.mustUse",
    "umum.localBuild",
    "umum.exception",
    "khusus.coordination",
  ),

  opinions: guard(
    (context, entry) => {
      const required = requiredOpinions(context.profile).filter(({ subject }) => subject === "service");
      if (required.length === 0) return notRequired(context, "approvals.spl.subject");
      if (entry.state === "trial")
        return met("Dalam uji coba; pertimbangan diminta sebelum produksi.", "On trial; opinions are asked for before production.");
      return evaluateOpinions(context, required, entry);
    },
    "Pertimbangan kelaikan atas layanan",
    "Opinions on the service",
    "approvals.spl.subject",
    "approvals.spl.operasi.authority",
    "approvals.spl.keamanan.authority",
  ),

  production: guard(
    ({ registry }) =>
      inProduction(registry)
        ? met("Instansi dalam keadaan produksi.", "The instance is in production.")
        : unmet(
            { id: "Instansi masih dalam keadaan persiapan.", en: "The instance is still in preparation." },
            {
              id: "Penuhi syaratnya, lalu instance publish; simpul why instance menyebut yang kurang.",
              en: "Meet its conditions, then instance publish; simpul why instance names what is missing.",
            },
          ),
    "Instansi dalam produksi",
    "Instance in production",
  ),

  ...applicationGuards,
  ...dataGuards,
  ...hostingGuards,
} as const satisfies Record<string, Guard<"revision">>;
