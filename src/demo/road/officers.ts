import { memberOf } from "../../base/names.ts";
import type { Role } from "../../registry/entry.ts";
import { providers } from "../providers/index.ts";

/** A demo official, by pseudonym: the member, the office held, the roles. */
export interface Official {
  readonly id: string;
  readonly member: string;
  readonly position: string;
  readonly roles: readonly Role[];
}

const dinas = "ID-16.03/GOV/diskominfo";
const codeOf = (member: string): string => member.split("/")[2]!;

export const officerOf = (member: string): string => `${codeOf(member)}-petugas-1`;
export const ownerOf = (member: string): string => `${codeOf(member)}-pemilik-1`;

/** The officials of the demo. Every office that decides has a second person for four eyes. */
export const officials: readonly Official[] = [
  { id: "registrar-1", member: dinas, position: "Registrar layanan", roles: ["registrar"] },
  { id: "registrar-2", member: dinas, position: "Registrar layanan, orang kedua", roles: ["registrar"] },
  { id: "verifikator-operasi-1", member: dinas, position: "Verifikator kelaikan operasi", roles: ["operation-verifier"] },
  { id: "verifikator-operasi-2", member: dinas, position: "Verifikator kelaikan operasi, orang kedua", roles: ["operation-verifier"] },
  { id: "verifikator-keamanan-1", member: dinas, position: "Verifikator kelaikan keamanan", roles: ["security-verifier"] },
  { id: "verifikator-keamanan-2", member: dinas, position: "Verifikator kelaikan keamanan, orang kedua", roles: ["security-verifier"] },
  { id: "operator-1", member: dinas, position: "Operator gerbang", roles: ["operator"] },
  { id: "auditor-1", member: "ID-16.03/GOV/inspektorat", position: "Auditor", roles: ["auditor"] },
  ...[dinas, ...Object.keys(providers).map(memberOf)].flatMap((member): Official[] => [
    { id: officerOf(member), member, position: "Petugas Perangkat Daerah", roles: ["pd-officer"] },
    { id: ownerOf(member), member, position: "Pemilik layanan", roles: ["service-owner"] },
  ]),
];
