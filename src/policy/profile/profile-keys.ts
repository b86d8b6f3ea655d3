/** The form of an answer: a word of a list, several of them, yes or no, a whole number, host names, a day (or one of the words instead). */
export type AnswerShape =
  { readonly type: "word" | "words" | "date"; readonly words: readonly string[] } | { readonly type: "flag" | "count" | "hosts" };

const word = <const Words extends readonly string[]>(...words: Words) => ({ type: "word", words }) as const;
const words = <const Words extends readonly string[]>(...words: Words) => ({ type: "words", words }) as const;
const date = <const Words extends readonly string[]>(...words: Words) => ({ type: "date", words }) as const;
const flag = { type: "flag" } as const;
const count = { type: "count" } as const;
const hosts = { type: "hosts" } as const;

/**
 * The answers on which the program acts. `policies/regulations/base.yaml` explains each one and must define it in this shape, or no profile
 * compiles. Answers that are only printed are defined there alone.
 */
export const askedKeys = {
  "approvals.spl.operasi.authority": word("dinas", "kominfo"),
  "approvals.spl.operasi.mode": word("internal", "external"),
  "approvals.spl.keamanan.authority": word("dinas", "bssn"),
  "approvals.spl.keamanan.mode": word("internal", "external"),
  "approvals.spl.obtainedBy": word("pemkab", "pemkot", "pd"),
  "approvals.spl.subject": word("instance", "service"),
  "approvals.jaringanIntra.authority": words("dinas", "kominfo", "bssn"),
  "approvals.jaringanIntra.kind": word("inspection", "opinion"),
  "approvals.jaringanIntra.required": flag,
  builders: words("dinas", "pd", "pd-mandiri-tik", "pemkab", "pemkot"),
  "builders.pd.coordination": word("required"),
  "pdObligation.mode": word("use", "share", "provide"),
  "standard.setter": word("dinas", "menkominfo", "pemkab", "pemkot"),
  "standard.conformance": flag,
  "splp.required": flag,
  "intra.mandatory": flag,
  "intra.connectCentral": flag,
  "intra.connectConsumer": flag,
  "security.properties": words("kerahasiaan", "keutuhan", "keaslian", "ketersediaan", "kenirsangkalan"),
  "nonRepudiation.mechanism": word("signature-and-trusted-third-party"),
  "authenticity.mechanism": word("authentication", "verification-and-validation"),
  "certificates.staffRequired": flag,
  "certificates.monitoredBy": word("dinas"),
  "security.baseline": word("bssn", "annex"),
  "classification.required": flag,
  "classification.excludeSecret": flag,
  "sangat-rahasia.allowed": flag,
  "data.satuDataIndonesia": flag,
  "hosting.dataCentre": word("may", "must"),
  "hosting.ownServer": word("after-advice", "mandiri-tik"),
  "hosting.pdn": word("may", "unless-absent-or-unfit", "must-when-available"),
  "ownerConsent.required": flag,
  "backup.required": flag,
  "incident.reportAtOnce": flag,
  "serviceDesk.tiers": count,
  "owner.tier1Contact": flag,
  "application.route": word("application-to-dinas", "minister-opinion", "dinas-or-mandiri-tik"),
  "application.needsAnalysis": flag,
  "application.decisionReference": word("rencana-induk"),
  "application.costAnalysis": flag,
  "application.rejectionNeedsAdvice": flag,
  "test.required": flag,
  "sandboxTrial.required": flag,
  "application.sdlc": flag,
  "dossier.documents": words(
    "fungsi-dan-modul",
    "struktur-basis-data",
    "diagram-alir-data",
    "diagram-alir-pseudocode",
    "antarmuka-dan-alurnya",
    "spesifikasi-teknis",
    "manual-instalasi-hingga-penggunaan",
    "kebutuhan-perangkat-lunak",
    "perancangan-aplikasi",
    "manual-penggunaan",
    "kode-sumber-dengan-penjelasan",
  ),
  "repository.handover": flag,
  "audit.everyMonths": count,
  "audit.by": word("dinas-and-oversight", "audit-team", "dinas", "apip"),
  "evaluation.everyMonths": count,
  "evaluation.reportTo": words("sekda", "tim-koordinasi", "bupati", "wali-kota"),
  "mandiriTik.recognised": flag,
  "mandiriTik.criteria": words("sdm-tik", "mampu-dan-berpengalaman"),
  "mandiriTik.assessedBy": word("dinas"),
  "mandiriTik.decreedBy": word("bupati", "wali-kota"),
  "umum.mustUse": flag,
  "umum.localBuild": flag,
  "umum.exception": words(
    "digunakan-sebelumnya",
    "kajian-biaya-dan-manfaat",
    "standar-proses-bisnis-panrb",
    "pertimbangan-kominfo",
    "disimpan-di-repositori",
    "disesuaikan-dengan-fungsi-umum",
    "daftar-umum-belum-ditetapkan",
  ),
  "khusus.coordination": word("dinas"),
  "transition.until": date("until-umum"),
  "transition.scope": word("similar-to-umum", "existing-systems"),
  "networkDiagram.everyMonths": count,
  "hosting.hostSuffixes": hosts,
  "hosting.hostRule": word("suffix", "decree"),
  externalSharing: words("pusat", "pemda-lain", "pd-luar"),
  "externalSharing.consent": word("dinas"),
  "externalSharing.procedure": word("sop-or-law"),
  "data.shareFirst": flag,
  "opinions.fourEyes": flag,
  "opinions.validityMonths": count,
  "opinions.freshOn": words("major-version", "upstream-host", "classification"),
  "grants.coordination": word("dinas"),
  "grants.maximumMonths": count,
  "grants.renewalNoticeDays": count,
  "personalData.legalBasis": flag,
  "deprecation.graceDays": count,
  "evidence.retentionMonths": count,
} as const satisfies Readonly<Record<string, AnswerShape>>;

export type AskedKey = keyof typeof askedKeys;

type Values<Kind extends AnswerShape> = Kind extends { readonly type: "words"; readonly words: readonly (infer Word)[] }
  ? readonly Word[]
  : Kind extends { readonly type: "date"; readonly words: readonly (infer Word)[] }
    ? Word | `${number}-${number}-${number}`
    : Kind extends { readonly type: "word"; readonly words: readonly (infer Word)[] }
      ? Word
      : Kind extends { readonly type: "flag" }
        ? boolean
        : Kind extends { readonly type: "count" }
          ? number
          : readonly string[];

/** The value that `answerTo` gives for a key, unless the regulation is silent. */
export type ValueOf<Key extends AskedKey> = Values<(typeof askedKeys)[Key]>;

/** The value of any answer. */
export type AnswerValue = string | boolean | number | readonly string[];
