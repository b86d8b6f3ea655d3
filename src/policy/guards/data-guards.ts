import { missingMeasures } from "../profile/classification.ts";
import { guardOf, unsupported, met, notRequired, unmet, type Guard } from "./guard.ts";
import { isOwn } from "../instance-of.ts";
import { answerTo } from "../profile/profile.ts";

const guard = guardOf("revision");

/** The conditions on the data of a service: how secret they are, and who may have them. */
export const dataGuards = {
  classification: guard(
    ({ profile }, { content }) => {
      const { classification } = content.proposal;
      const secret = classification === "rahasia" || classification === "sangat-rahasia";
      if (secret && answerTo(profile, "classification.excludeSecret").value === true) {
        return unmet(
          { id: `Data ${classification} tidak boleh dibagikan.`, en: `Data classified ${classification} may not be shared.` },
          {
            id: "Keluarkan data itu dari layanan, atau tetapkan klasifikasi yang benar.",
            en: "Take the data out of the service, or classify it rightly.",
          },
          "classification.excludeSecret",
        );
      }
      if (classification === "sangat-rahasia" && answerTo(profile, "sangat-rahasia.allowed").value !== true) {
        return unmet(
          { id: "Profil tidak membuka layanan sangat-rahasia.", en: "The profile does not admit services classified sangat-rahasia." },
          {
            id: "Perlu ketetapan tersendiri dalam profil (sangat-rahasia.allowed).",
            en: "It needs an entry of its own in the profile (sangat-rahasia.allowed).",
          },
          "sangat-rahasia.allowed",
        );
      }
      return met(`Klasifikasi ${classification}.`, `Classified ${classification}.`);
    },
    "Klasifikasi data",
    "Classification",
    "classification.required",
    "classification.excludeSecret",
    "sangat-rahasia.allowed",
  ),

  measures: guard(
    ({ matrix, registry }, { state, content }) => {
      const { classification, open, provider, providerSignature } = content.proposal;
      const measures = matrix[classification];
      if (measures === undefined)
        return unmet(
          { id: `Klasifikasi ${classification} tidak dikenal.`, en: `The class ${classification} is not known.` },
          { id: "Pilih klasifikasi dari policies/classification.yaml.", en: "Choose a class of policies/classification.yaml." },
        );
      if (measures.grant === "required" && open !== undefined) {
        return unmet(
          {
            id: `Layanan ${classification} tidak boleh terbuka tanpa izin akses.`,
            en: `A service classified ${classification} may not be open without a grant.`,
          },
          { id: "Hapus open dari service.yaml.", en: "Take open out of service.yaml." },
        );
      }
      const absent = missingMeasures(measures);
      const names = { id: absent.map(({ id }) => id).join(", "), en: absent.map(({ en }) => en).join(", ") };
      if (absent.length > 0 && state !== "trial")
        return unsupported(`Klasifikasi ${classification} memerlukan ${names.id}.`, `The class ${classification} asks for ${names.en}.`);
      const signs = measures.providerSignature === "required" || providerSignature === "required";
      if (signs && ![...registry.of("key")].some((key) => key.state === "active" && key.content.owner === provider)) {
        return unmet(
          {
            id: "Setiap jawaban layanan ini harus ditandatangani penyedia, tetapi subsistem penyedia belum punya kunci yang aktif.",
            en: "Every answer of this service has to be signed by the provider, whose subsystem has no active key.",
          },
          {
            id: "Daftarkan kuncinya (keygen, lalu keys/<nama>.jwt pada subsistem penyedia).",
            en: "Register its key (keygen, then keys/<name>.jwt of the provider's subsystem).",
          },
        );
      }
      if (absent.length > 0)
        return met(`Dalam uji coba; sebelum produksi diperlukan ${names.id}.`, `On trial; before production it needs ${names.en}.`);
      return met(`Semua tindakan klasifikasi ${classification} diberlakukan.`, `Every measure of the class ${classification} is enforced.`);
    },
    "Tindakan menurut klasifikasi",
    "Measures of the class",
  ),

  "external-sharing": guard(
    (context, { content }) => {
      const { registry } = context;
      const { value: kinds } = answerTo(context.profile, "externalSharing");
      const outsiders = [...registry.of("member")].some(({ id, state }) => state === "active" && !isOwn(registry, id));
      if (
        content.proposal.open !== undefined &&
        outsiders &&
        answerTo(context.profile, "externalSharing.consent").value === "dinas" &&
        content.dossier.externalConsent === undefined
      ) {
        return unmet(
          {
            id: "Layanan terbuka dapat dipakai pihak luar yang terdaftar; itu memerlukan persetujuan Dinas.",
            en: "An open service can be used by the outside parties that are registered; that needs the Dinas's consent.",
          },
          {
            id: "Lengkapi berkas (service complete): externalConsent (surat).",
            en: "Complete the dossier (service complete): externalConsent (a letter).",
          },
          "externalSharing.consent",
        );
      }
      if (isOwn(registry, content.service))
        return met(
          "Pemilik adalah Perangkat Daerah sendiri; pihak luar baru memakai dengan izin akses.",
          "The owner is one of the region's own agencies; outside parties use it by a grant only.",
        );
      if (kinds === null) return notRequired(context, "externalSharing");
      return met(
        `Pihak luar sebagai pemilik; peraturan menyebut ${kinds.join(", ")}.`,
        `An outside party as the owner; the regulation names ${kinds.join(", ")}.`,
      );
    },
    "Berbagi dengan pihak luar",
    "Sharing with others",
    "externalSharing",
    "externalSharing.consent",
  ),
} as const satisfies Record<string, Guard<"revision">>;
