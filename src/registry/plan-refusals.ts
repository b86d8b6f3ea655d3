import type { Text } from "../base/text.ts";

export const planRefusals = {
  "key-revoked": {
    id: "kunci ini sudah dicabut dan tetap dicabut; hapus berkasnya, dan daftarkan kunci baru",
    en: "this key was revoked and stays revoked; delete its file, and register a new key",
  },
  "key-refused": {
    id: "pendaftaran kunci ini ditolak petugas; hapus berkasnya, dan daftarkan kunci baru",
    en: "an officer refused to register this key; delete its file, and register a new key",
  },
  "key-taken": {
    id: "kunci ini sudah terdaftar untuk subsistem atau alg lain; satu kunci untuk satu subsistem dan satu alg",
    en: "this key is registered for another subsystem or alg; one key is for one subsystem and one alg",
  },
  "instance-changed": {
    id: "registri ini milik instansi lain; pakai direktori data yang baru",
    en: "this registry belongs to another instance; use a fresh data directory",
  },
  "profile-live": {
    id: "profil peraturan tidak diganti selama produksi; kembalikan instansi ke persiapan lebih dahulu (instance withdraw)",
    en: "the policy profile is not changed in production; take the instance back to preparation first (instance withdraw)",
  },
  "service-suspend": {
    id: "dalam produksi, menghentikan layanan sementara adalah tindakan petugas (service suspend); hapus state dari manifes",
    en: "in production, suspending a service is an officer's act (service suspend); take state out of the manifest",
  },
  "service-retire": {
    id: "dalam produksi, mengakhiri layanan adalah tindakan petugas (service deprecate, lalu service retire)",
    en: "in production, ending a service is an officer's act (service deprecate, then service retire)",
  },
  "revision-under-way": {
    id: "revisi lain dari layanan ini sedang diputus; tunggu keputusannya, atau tarik permohonannya (service withdraw)",
    en: "another revision of this service is being decided; wait for the decision, or withdraw the application (service withdraw)",
  },
  "grant-live": {
    id: "izin yang sudah ada tidak diubah lewat manifes selama produksi; perpanjang atau perluas (grant renew), atau ajukan dengan id baru",
    en: "a grant that exists is not changed by manifest in production; renew or widen it (grant renew), or ask under a new id",
  },
  "grant-revoke": {
    id: "dalam produksi, mencabut izin adalah tindakan petugas (grant revoke; permintaan yang belum diputus: grant withdraw)",
    en: "in production, revoking a grant is an officer's act (grant revoke; a request not decided yet: grant withdraw)",
  },
  "too-many": {
    id: "registri penuh untuk jenis ini, yang sudah pensiun ikut dihitung",
    en: "the registry is full for this kind, retired ones included",
  },
} as const satisfies Record<string, Text>;

export type PlanRefusalCode = keyof typeof planRefusals;
