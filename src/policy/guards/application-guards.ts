import type { Letter } from "../../registry/entry.ts";
import { type Context } from "../context.ts";
import { memberOf } from "../../base/names.ts";
import { addDays } from "../calendar.ts";
import { guardOf, met, notRequired, unmet, type Guard } from "./guard.ts";
import { answerTo } from "../profile/profile.ts";

const guard = guardOf("revision");

/** Which of the words asked for have no letter yet. */
export const missing = (words: readonly string[], letters: Readonly<Record<string, Letter>> = {}): readonly string[] =>
  words.filter((word) => letters[word] === undefined);

/** What to do about a dossier that lacks something. */
export const complete = (id: string, en: string): { id: string; en: string } => ({
  id: `Lengkapi berkas (service complete): ${id}.`,
  en: `Complete the dossier (service complete): ${en}.`,
});

function evaluateDocuments(words: readonly string[], letters: Readonly<Record<string, Letter>> | undefined): ReturnType<Guard["evaluate"]> {
  const absent = missing(words, letters);
  if (absent.length === 0) return met(`Dokumen ada: ${words.join(", ")}.`, `The documents are there: ${words.join(", ")}.`);
  return unmet(
    { id: `Dokumen belum ada: ${absent.join(", ")}.`, en: `Documents are missing: ${absent.join(", ")}.` },
    complete(`documents.${absent[0]!}`, `documents.${absent[0]!}`),
  );
}

const isMandiriTik = ({ registry }: Context, service: string): boolean =>
  registry.get("member", memberOf(service))?.content.mandiriTik !== undefined;

/** The conditions of an application and of how it is decided, from its route to its hand-over. */
export const applicationGuards = {
  "application-route": guard(
    (context, { content: { service, dossier } }) => {
      switch (answerTo(context.profile, "application.route").value) {
        case null:
          return notRequired(context, "application.route");
        case "application-to-dinas":
          return met(
            "Diajukan kepada Dinas, yang memutus lewat langkah approve atau reject.",
            "Applied for to the Dinas, which decides by approve or reject.",
          );
        case "minister-opinion":
          if (dossier.ministerOpinion !== undefined)
            return met(
              `Pertimbangan menteri: ${dossier.ministerOpinion.number}.`,
              `The minister's opinion: ${dossier.ministerOpinion.number}.`,
            );
          return unmet(
            { id: "Pembangunan aplikasi memerlukan pertimbangan menteri.", en: "Building an application needs the minister's opinion." },
            complete("ministerOpinion (surat)", "ministerOpinion (a letter)"),
          );
        case "dinas-or-mandiri-tik":
          if (dossier.application !== undefined && dossier.application !== "khusus")
            return met("Bukan Aplikasi Khusus.", "Not a khusus application.");
          if (dossier.builder === "dinas" || isMandiriTik(context, service))
            return met("Dibangun Dinas atau PD Mandiri TIK.", "Built by the Dinas or a PD Mandiri TIK.");
          return unmet(
            {
              id: "Aplikasi Khusus dibangun oleh Dinas atau PD Mandiri TIK.",
              en: "A khusus application is built by the Dinas or a PD Mandiri TIK.",
            },
            complete("builder: dinas, atau catat PD Mandiri TIK", "builder: dinas, or record the PD Mandiri TIK"),
          );
      }
    },
    "Jalur permohonan",
    "Route of the application",
    "application.route",
  ),

  "needs-analysis": guard(
    (context, { content }) =>
      answerTo(context.profile, "application.needsAnalysis").value === true
        ? evaluateDocuments(["analisis-kebutuhan", "analisis-manfaat"], content.dossier.documents)
        : notRequired(context, "application.needsAnalysis"),
    "Analisis kebutuhan dan manfaat",
    "Analyses of needs and benefits",
    "application.needsAnalysis",
  ),

  dossier: guard(
    (context, { content }) => {
      const words = answerTo(context.profile, "dossier.documents").value;
      return words === null ? notRequired(context, "dossier.documents") : evaluateDocuments(words, content.dossier.documents);
    },
    "Dokumen kelengkapan",
    "Documents",
    "dossier.documents",
  ),

  "decision-reference": guard(
    (context, { content }) => {
      if (answerTo(context.profile, "application.decisionReference").value === null)
        return notRequired(context, "application.decisionReference");
      const entry = content.decided?.planEntry;
      if (entry !== undefined) return met(`Mengacu kepada: ${entry}.`, `Refers to: ${entry}.`);
      return unmet(
        { id: "Keputusan belum mengacu kepada Rencana Induk.", en: "The decision does not refer to the master plan." },
        { id: "Sebutkan planEntry pada langkah approve.", en: "Name planEntry with approve." },
      );
    },
    "Acuan keputusan",
    "What the decision refers to",
    "application.decisionReference",
  ),

  "cost-analysis": guard(
    (context, { content }) => {
      if (answerTo(context.profile, "application.costAnalysis").value !== true) return notRequired(context, "application.costAnalysis");
      if (content.decided?.costAnalysis !== undefined)
        return met(`Dilampirkan: ${content.decided.costAnalysis.number}.`, `Attached: ${content.decided.costAnalysis.number}.`);
      return unmet(
        { id: "Persetujuan belum dilampiri analisis beban biaya.", en: "The approval comes without a cost analysis." },
        { id: "Sertakan costAnalysis (surat) pada langkah approve.", en: "Name costAnalysis (a letter) with approve." },
      );
    },
    "Analisis beban biaya",
    "Cost analysis",
    "application.costAnalysis",
  ),

  advice: guard(
    (_, { content }) => {
      if (content.decided?.advice === undefined)
        return unmet({ id: "Penolakan tanpa saran.", en: "A rejection without advice." }, { id: "Isi advice.", en: "Give advice." });
      return met(
        "Ditolak dengan saran; pemohon dapat mengajukan perbaikannya (service revise).",
        "Rejected with advice; the applicant may take it up (service revise).",
      );
    },
    "Saran pada penolakan",
    "Advice with a rejection",
    "application.rejectionNeedsAdvice",
  ),

  "owner-consent": guard(
    (context, { content }) => {
      if (answerTo(context.profile, "ownerConsent.required").value !== true) return notRequired(context, "ownerConsent.required");
      const { consent } = content.dossier;
      if (consent !== undefined) return met(`PD pemilik menyetujui (${consent.by}).`, `The owner has consented (${consent.by}).`);
      return unmet(
        { id: "PD pemilik data belum menyetujui.", en: "The agency that owns the data has not consented." },
        { id: "Petugas pemilik menyetujui (service consent).", en: "The owner's officer consents (service consent)." },
      );
    },
    "Persetujuan pemilik",
    "The owner's consent",
    "ownerConsent.required",
  ),

  "sandbox-trial": guard(
    (context, { content }) => {
      const key = answerTo(context.profile, "test.required").value === true ? "test.required" : "sandboxTrial.required";
      if (answerTo(context.profile, key).value !== true) return notRequired(context, key);
      if (content.dossier.trial !== undefined)
        return met(`Berita acara: ${content.dossier.trial.number}.`, `Its report: ${content.dossier.trial.number}.`, key);
      return unmet(
        { id: "Berita acara uji coba belum ada.", en: "The report of the trial is missing." },
        { id: "Sertakan surat uji coba pada langkah activate (trial).", en: "Name the trial's letter with activate (trial)." },
        key,
      );
    },
    "Uji coba",
    "Sandbox trial",
    "sandboxTrial.required",
    "test.required",
  ),

  "life-cycle": guard(
    (context, { content: { applied, decided } }) => {
      if (answerTo(context.profile, "application.sdlc").value !== true) return notRequired(context, "application.sdlc");
      if (applied !== undefined && decided !== undefined)
        return met(
          "Tahap-tahapnya tercatat: usul, permohonan, keputusan, uji coba, penerapan; perubahan menjadi revisi.",
          "Its stages are on record: proposal, application, decision, trial, deployment; a change becomes a revision.",
        );
      return unmet(
        { id: "Tahap permohonan dan keputusan belum tercatat.", en: "Application and decision are not on record." },
        { id: "Tempuh jalan layanan dari awal (service apply).", en: "Take the road from its beginning (service apply)." },
      );
    },
    "Siklus pengembangan sistem",
    "System development life cycle",
    "application.sdlc",
  ),

  handover: guard(
    (context, { content }) => {
      if (answerTo(context.profile, "repository.handover").value !== true) return notRequired(context, "repository.handover");
      if (content.dossier.handover !== undefined)
        return met(`Berita acara: ${content.dossier.handover.number}.`, `Its report: ${content.dossier.handover.number}.`);
      return unmet(
        {
          id: "Kode sumber dan dokumentasi belum diserahkan ke repositori.",
          en: "Source and documentation are not handed over to the repository.",
        },
        {
          id: "Sertakan berita acara penyerahan pada langkah activate (handover).",
          en: "Name the letter of the hand-over with activate (handover).",
        },
      );
    },
    "Penyerahan ke repositori",
    "Hand-over to the repository",
    "repository.handover",
  ),

  "grace-period": guard(
    ({ profile, today }, { state, content }) => {
      const sunset = content.deprecated?.sunset;
      if (state === "deprecated") {
        const earliest = addDays(today, answerTo(profile, "deprecation.graceDays").value ?? 0);
        if (sunset! >= earliest) return met(`Masih dilayani sampai ${sunset!}.`, `Served until ${sunset!}.`);
        return unmet(
          { id: `Masa peralihan berakhir paling cepat ${earliest}.`, en: `The grace period ends on ${earliest} at the earliest.` },
          { id: `Isi sunset mulai ${earliest}.`, en: `Give a sunset from ${earliest}.` },
        );
      }
      if (sunset === undefined || sunset <= today) return met("Tidak ada masa peralihan yang berjalan.", "No grace period is running.");
      return unmet(
        { id: `Masa peralihan berjalan sampai ${sunset}.`, en: `The grace period runs until ${sunset}.` },
        { id: `Akhiri mulai ${sunset}.`, en: `Retire it from ${sunset}.` },
      );
    },
    "Masa peralihan ke versi pengganti",
    "Grace period before a version ends",
    "deprecation.graceDays",
  ),

  successor: guard(
    ({ registry }, { content }) => {
      const successor = content.deprecated!.successor;
      const state = registry.get("service", successor)?.state;
      if (successor !== content.service && (state === "trial" || state === "active"))
        return met(`Digantikan ${successor}.`, `Succeeded by ${successor}.`);
      return unmet(
        {
          id: `Pengganti ${successor} tidak dikenal atau tidak dilayani.`,
          en: `The successor ${successor} is not known or does not serve.`,
        },
        { id: "Sebutkan versi layanan lain yang diuji coba atau aktif.", en: "Name another service version that is on trial or active." },
      );
    },
    "Versi pengganti",
    "Successor",
  ),
} as const satisfies Record<string, Guard<"revision">>;
