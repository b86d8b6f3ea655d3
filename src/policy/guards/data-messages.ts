import type { Text } from "../../base/text.ts";

export const messages = {
  secretNotShared: (classification: string) => ({
    id: `Data ${classification} tidak boleh dibagikan.`,
    en: `Data classified ${classification} may not be shared.`,
  }),

  takeSecretOut: {
    id: "Keluarkan data itu dari layanan, atau tetapkan klasifikasi yang benar.",
    en: "Take the data out of the service, or classify it rightly.",
  },

  sangatRahasiaNotAdmitted: {
    id: "Profil tidak membuka layanan sangat-rahasia.",
    en: "The profile does not admit services classified sangat-rahasia.",
  },

  admitSangatRahasia: {
    id: "Perlu ketetapan tersendiri dalam profil (sangat-rahasia.allowed).",
    en: "It needs an entry of its own in the profile (sangat-rahasia.allowed).",
  },

  classified: (classification: string) => ({
    id: `Klasifikasi ${classification}.`,
    en: `Classified ${classification}.`,
  }),

  classUnknown: (classification: string) => ({
    id: `Klasifikasi ${classification} tidak dikenal.`,
    en: `The class ${classification} is not known.`,
  }),

  chooseClass: {
    id: "Pilih klasifikasi dari policies/classification.yaml.",
    en: "Choose a class of policies/classification.yaml.",
  },

  openWithoutGrant: (classification: string) => ({
    id: `Layanan ${classification} tidak boleh terbuka tanpa izin akses.`,
    en: `A service classified ${classification} may not be open without a grant.`,
  }),

  removeOpen: {
    id: "Hapus open dari service.yaml.",
    en: "Take open out of service.yaml.",
  },

  measuresNeeded: (classification: string, measures: Text) => ({
    id: `Klasifikasi ${classification} memerlukan ${measures.id}.`,
    en: `The class ${classification} asks for ${measures.en}.`,
  }),

  providerKeyMissing: {
    id: "Setiap jawaban layanan ini harus ditandatangani penyedia, tetapi subsistem penyedia belum punya kunci yang aktif.",
    en: "Every answer of this service has to be signed by the provider, whose subsystem has no active key.",
  },

  registerProviderKey: {
    id: "Daftarkan kuncinya (keygen, lalu keys/<nama>.jwt pada subsistem penyedia).",
    en: "Register its key (keygen, then keys/<name>.jwt of the provider's subsystem).",
  },

  measuresNeededBeforeProduction: (measures: Text) => ({
    id: `Dalam uji coba; sebelum produksi diperlukan ${measures.id}.`,
    en: `On trial; before production it needs ${measures.en}.`,
  }),

  measuresEnforced: (classification: string) => ({
    id: `Semua tindakan klasifikasi ${classification} diberlakukan.`,
    en: `Every measure of the class ${classification} is enforced.`,
  }),

  outsidersNeedConsent: {
    id: "Layanan terbuka dapat dipakai pihak luar yang terdaftar; itu memerlukan persetujuan Dinas.",
    en: "An open service can be used by the outside parties that are registered; that needs the Dinas's consent.",
  },

  ownerIsOwnAgency: {
    id: "Pemilik adalah Perangkat Daerah sendiri; pihak luar baru memakai dengan izin akses.",
    en: "The owner is one of the region's own agencies; outside parties use it by a grant only.",
  },

  outsideOwner: (kinds: string) => ({
    id: `Pihak luar sebagai pemilik; peraturan menyebut ${kinds}.`,
    en: `An outside party as the owner; the regulation names ${kinds}.`,
  }),
} as const;
