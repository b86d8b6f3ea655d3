import type { Text } from "../../base/text.ts";
import type { Action } from "../../policy/acts/action.ts";
import type { StatefulKind } from "../../policy/context.ts";
import { actions } from "../../policy/acts/actions.ts";

/** The verb for each kind of entry that officers act on: `service` acts on a `revision` of the registry. */
export const kindOfWord = {
  service: "revision",
  opinion: "opinion",
  grant: "grant",
  key: "key",
  member: "member",
  subsystem: "subsystem",
  token: "token",
  officer: "officer",
  evidence: "evidence",
  exemption: "exemption",
  instance: "instance",
} as const satisfies Readonly<Record<string, StatefulKind>>;

export type ActWord = keyof typeof kindOfWord;

export const subjects: Readonly<Record<ActWord, Text>> = {
  service: {
    id: "Jalan sebuah versi layanan: usul, permohonan, persetujuan, uji coba, produksi",
    en: "The road of a service version: proposal, application, approval, trial, production",
  },
  opinion: {
    id: "Pertimbangan kelaikan operasi, keamanan, dan Jaringan Intra",
    en: "Opinions on fitness for operation, for security, and on the intra network",
  },
  grant: {
    id: "Izin akses: permintaan, koordinasi, keputusan, penghentian, perpanjangan",
    en: "Grants: request, coordination, decision, suspension, renewal",
  },
  key: {
    id: "Kunci subsistem: pendaftaran, persetujuan, pencabutan, dan pertukaran yang ditandatanganinya",
    en: "Keys of subsystems: registration, approval, revocation, and the exchanges that they signed",
  },
  member: { id: "Anggota dan pencatatan PD Mandiri TIK", en: "Members, and recording a PD Mandiri TIK" },
  subsystem: {
    id: "Aplikasi sebuah anggota, dan kepindahannya ke alamat lain",
    en: "An application of a member, and its move to another address",
  },
  token: { id: "Token petugas untuk API kendali", en: "Officers' tokens for the control API" },
  officer: { id: "Petugas dan perannya, tanpa nama orang", en: "Officers and their roles, without names of people" },
  evidence: {
    id: "Bukti kewajiban di luar perangkat lunak, misalnya sambungan ke SPLP",
    en: "Evidence of duties outside the software, such as the connection to the SPLP",
  },
  exemption: { id: "Pembebasan dari sebuah syarat dalam masa peralihan", en: "Exemptions from a condition during a transition" },
  instance: { id: "Keadaan instansi, persiapan atau produksi", en: "The state of the instance, preparation or production" },
};

/** The actions on a kind in the order of the table of actions, by the second part of their name: `approve`. */
export const stepsOf = (word: ActWord): ReadonlyMap<string, Action> =>
  new Map(
    [...actions].filter(([, { kind }]) => kind === kindOfWord[word]).map(([name, action]) => [name.slice(name.indexOf(".") + 1), action]),
  );
