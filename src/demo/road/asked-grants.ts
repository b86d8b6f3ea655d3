import type { ServiceId, SubsystemId } from "../../base/names.ts";

export interface AskedGrant {
  readonly id: string;
  readonly consumer: SubsystemId;
  readonly service: ServiceId;
  readonly operations: readonly string[];
  readonly purpose: string;
  readonly legalBasis: string;
}

/** The grants of the five exchanges. They are requested and decided on the road, so they are taken out of the demo's manifests. */
export const askedGrants: readonly AskedGrant[] = [
  {
    id: "izin-tarif-pajak",
    consumer: "ID-16.03/GOV/diskominfo/portal",
    service: "ID-16.03/GOV/bapenda/pajak/pbb/v1",
    operations: ["listTarif", "getTarif"],
    purpose: "informasi-tarif-pajak",
    legalBasis: "Perbup Demo 12/2025 Pasal 7 (peraturan contoh)",
  },
  {
    id: "izin-pengajuan",
    consumer: "ID-16.03/GOV/diskominfo/portal",
    service: "ID-16.03/GOV/dpmptsp/perizinan/izin/v1",
    operations: ["createPermohonan", "getPermohonan"],
    purpose: "pengajuan-izin-warga",
    legalBasis: "Perbup Demo 12/2025 Pasal 7 (peraturan contoh)",
  },
  {
    id: "izin-verifikasi-nik",
    consumer: "ID-16.03/GOV/dinsos/bansos",
    service: "ID-16.03/GOV/disdukcapil/siak/penduduk/v1",
    operations: ["matchPenduduk"],
    purpose: "verifikasi-penerima-bansos",
    legalBasis: "Perbup Demo 12/2025 Pasal 4 (peraturan contoh)",
  },
];
