import type { Text } from "../../base/text.ts";
import type { Role } from "../../registry/entry.ts";

/** What each role is for. */
export const roleTitles: Readonly<Record<Role, Text>> = {
  "pd-officer": {
    id: "petugas Perangkat Daerah: mengusulkan layanan PD-nya dan meminta izin akses baginya",
    en: "officer of an agency: proposes its services and asks for grants on its behalf",
  },
  "service-owner": {
    id: "pemilik layanan: memutus siapa yang boleh memakai layanan PD-nya, dan kapan layanan itu berakhir",
    en: "owner of an agency's services: decides who may use them and when they end",
  },
  registrar: {
    id: "registrar di Dinas: memutus permohonan layanan dan mencatat surat dari luar",
    en: "registrar at the Dinas: decides on applications and records letters from outside",
  },
  "operation-verifier": {
    id: "verifikator kelaikan operasi: mencatat atau menegaskan pertimbangannya",
    en: "verifier of fitness for operation: records or confirms the opinion on it",
  },
  "security-verifier": {
    id: "verifikator kelaikan keamanan dan Jaringan Intra: mencatat atau menegaskan pertimbangannya",
    en: "verifier of security and of the intra network: records or confirms the opinions on them",
  },
  auditor: {
    id: "auditor, biasanya Inspektorat: membaca semuanya, tidak memutus apa pun",
    en: "auditor: reads everything and decides nothing",
  },
  operator: {
    id: "operator gerbang: memulai uji coba dan mencatat bukti teknis",
    en: "operator of the gateway: begins trials and records technical evidence",
  },
  administrator: {
    id: "administrator: menunjuk petugas, menerbitkan token, memulai produksi",
    en: "administrator: appoints officers, issues tokens, puts the instance into production",
  },
};
