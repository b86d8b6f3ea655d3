import type { ProofOfDuty } from "../../registry/entry.ts";
import type { RegistryView } from "../context.ts";
import { guardOf, unsupported, met, notRequired, unmet, type Guard } from "./guard.ts";
import { evaluateOpinions } from "./evaluate-opinions.ts";
import { answerTo } from "../profile/profile.ts";
import { requiredOpinions } from "../opinions/opinions-in-force.ts";

const guard = guardOf("instance");

/** What an instance shows about its connection to the national SPLP. */
export const splpDocuments = ["surat-penugasan", "tabel-ip", "struktur-organisasi", "hasil-uji-koneksi"] as const;

/** The documents that confirmed evidence shows; `except` is left out. */
export function hasProofOfDuty(registry: RegistryView, type: ProofOfDuty["type"], except?: string): ReadonlySet<string> {
  const shown = [...registry.of("evidence")].filter(
    ({ id, state, content }) => content.type === type && state === "confirmed" && id !== except,
  );
  return new Set(shown.flatMap(({ content }) => Object.keys(content.documents)));
}

/** The conditions under which an instance leaves `persiapan`. */
export const instanceGuards = {
  "instance-opinions": guard(
    (context) => {
      const required = requiredOpinions(context.profile).filter(({ subject }) => subject === "instance");
      if (required.length > 0) return evaluateOpinions(context, required);
      return notRequired(
        context,
        answerTo(context.profile, "approvals.spl.operasi.authority").value === null
          ? "approvals.spl.operasi.authority"
          : "approvals.spl.subject",
      );
    },
    "Pertimbangan atas SPL",
    "Opinions on the SPL",
    "approvals.spl.subject",
    "approvals.spl.operasi.authority",
    "approvals.spl.keamanan.authority",
  ),

  "network-opinions": guard(
    (context) => {
      const required = requiredOpinions(context.profile).filter(({ subject }) => subject === "network");
      if (required.length > 0) return evaluateOpinions(context, required);
      return notRequired(
        context,
        answerTo(context.profile, "approvals.jaringanIntra.authority").value === null
          ? "approvals.jaringanIntra.authority"
          : "approvals.jaringanIntra.required",
      );
    },
    "Pertimbangan atau pemeriksaan Jaringan Intra",
    "Opinions on, or inspection of, the intra network",
    "approvals.jaringanIntra.authority",
    "approvals.jaringanIntra.required",
  ),

  splp: guard(
    (context) => {
      if (answerTo(context.profile, "splp.required").value !== true) return notRequired(context, "splp.required");
      const shown = hasProofOfDuty(context.registry, "splp");
      const absent = splpDocuments.filter((word) => !shown.has(word));
      if (absent.length === 0)
        return met(
          "Bukti sambungan ke SPLP tercatat dan ditegaskan.",
          "The evidence of the connection to the SPLP is recorded and confirmed.",
        );
      return unmet(
        {
          id: `Bukti sambungan ke SPLP belum ada: ${absent.join(", ")}.`,
          en: `Evidence of the connection to the SPLP is missing: ${absent.join(", ")}.`,
        },
        {
          id: "Catat buktinya (evidence record --type splp), lalu orang kedua menegaskannya.",
          en: "Record it (evidence record --type splp); a second person confirms.",
        },
      );
    },
    "Sambungan ke SPLP nasional",
    "Connection to the national SPLP",
    "splp.required",
  ),

  "central-network": guard(
    (context) => {
      if (answerTo(context.profile, "intra.connectCentral").value !== true) return notRequired(context, "intra.connectCentral");
      if (hasProofOfDuty(context.registry, "splp").has("tabel-ip"))
        return met(
          "Sambungan jaringan ditunjukkan oleh tabel IP pada bukti SPLP.",
          "The link is shown by the IP table in the SPLP evidence.",
        );
      return unmet(
        {
          id: "Sambungan ke jaringan pemerintah pusat belum ditunjukkan.",
          en: "The link to the central government's network is not shown.",
        },
        { id: "Catat tabel-ip dalam bukti SPLP.", en: "Record tabel-ip in the SPLP evidence." },
      );
    },
    "Sambungan ke jaringan pusat",
    "Link to the central network",
    "intra.connectCentral",
  ),

  "intra-network": guard(
    (context) =>
      answerTo(context.profile, "intra.mandatory").value === true
        ? met(
            "Panggilan dari luar rentang Jaringan Intra ditolak (not-intra) sebelum diperiksa lebih jauh.",
            "A call from outside the ranges of the intra network is refused (not-intra) before anything else is looked at.",
          )
        : notRequired(context, "intra.mandatory"),
    "Jaringan Intra dipakai",
    "The intra network is used",
    "intra.mandatory",
  ),

  "security-properties": guard(
    (context) => {
      const properties = answerTo(context.profile, "security.properties").value;
      if (properties === null) return notRequired(context, "security.properties");
      const shown = properties.map((property) => `${property} (${mechanisms[property]})`).join(", ");
      return met(`Dibuktikan per panggilan: ${shown}.`, `Evidenced by each call: ${shown}.`);
    },
    "Sifat keamanan",
    "Security properties",
    "security.properties",
  ),

  authenticity: guard(
    (context) => {
      switch (answerTo(context.profile, "authenticity.mechanism").value) {
        case null:
          return notRequired(context, "authenticity.mechanism");
        case "authentication":
          return met(
            "Setiap panggilan diotentikasi dengan tanda tangan dari kunci terdaftar, yang kepemilikannya terbukti.",
            "Every call is authenticated by a signature of a registered key whose possession was proved.",
          );
        case "verification-and-validation":
          return met(
            "Setiap pernyataan diverifikasi tanda tangannya dan divalidasi terhadap kontrak; tanda terima dapat diperiksa siapa pun yang memegangnya.",
            "The signature of every statement is verified and its content validated against the contract; whoever holds a receipt can check it.",
          );
      }
    },
    "Keaslian",
    "Authenticity",
    "authenticity.mechanism",
  ),

  "trusted-third-party": guard(
    (context) =>
      answerTo(context.profile, "nonRepudiation.mechanism").value === null
        ? notRequired(context, "nonRepudiation.mechanism")
        : unsupported(
            "Tanda tangan digital ada; sertifikat dari pihak ketiga terpercaya belum dapat dipasang.",
            "Digital signatures are there; certificates of a trusted third party cannot be attached yet.",
          ),
    "Kenirsangkalan dengan pihak ketiga terpercaya",
    "Non-repudiation with a trusted third party",
    "nonRepudiation.mechanism",
  ),

  "staff-certificates": guard(
    (context) =>
      answerTo(context.profile, "certificates.staffRequired").value !== true
        ? notRequired(context, "certificates.staffRequired")
        : unsupported(
            "Sertifikat elektronik pegawai belum dapat didaftarkan dan diperiksa.",
            "Electronic certificates of staff cannot be registered and checked yet.",
          ),
    "Sertifikat elektronik pegawai",
    "Electronic certificates of staff",
    "certificates.staffRequired",
  ),
} as const satisfies Record<string, Guard<"instance">>;

/** By what each property is evidenced. */
const mechanisms = {
  kerahasiaan: "Jaringan Intra, izin akses, klasifikasi",
  keutuhan: "Content-Digest",
  keaslian: "JWS",
  ketersediaan: "/readyz, Prometheus",
  kenirsangkalan: "Merkle, Spl-Receipt",
} as const;
