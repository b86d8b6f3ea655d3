import { commandLine } from "../base/command-line.ts";
import type { Text } from "../base/text.ts";

/** What is said to whoever begins: the public origin of an instance, and manifests that are made. */
export const messages = {
  askPublicOrigin: {
    id: "Asal publik gerbang, seperti https://simpul.kabupaten.go.id; tidak dapat diganti kemudian",
    en: "The gateway's public origin, such as https://simpul.kabupaten.go.id; it cannot be changed later",
  },
  namePublicOrigin: {
    id: "Sebutkan --public-origin, alamat yang dipakai konsumen (tidak dapat diganti kemudian), atau --development untuk mencoba.",
    en: "Name --public-origin, the address that consumers use (it cannot be changed later), or --development to try it out.",
  },
  loopbackOrigin: (origin: string): Text => ({
    id: `${origin} hanya terjangkau dari mesin ini dan tidak dapat diganti kemudian; untuk mencoba, tambahkan --development.`,
    en: `${origin} is reached from this machine alone and cannot be changed later; to try it out, add --development.`,
  }),

  nameServicePlace: {
    id: "Sebutkan service dan tempatnya: anggota/subsistem/layanan/v1, masing-masing 2–32 huruf atau angka.",
    en: "Name service and its place: member/subsystem/service/v1, each of 2 to 32 letters or digits.",
  },
  nameNewKind: (kinds: string): Text => ({
    id: `Sebutkan apa yang dibuat (${kinds}) dan tempatnya.`,
    en: `Name what is to be made (${kinds}) and its place.`,
  }),
  namePlace: (form: string): Text => ({ id: `Sebutkan tempatnya: ${form}.`, en: `Name its place: ${form}.` }),
  nameInstance: {
    id: "Kode instansi seperti ID-35.14: huruf dahulu, lalu huruf, angka, titik, dan tanda hubung; paling banyak 32.",
    en: "The instance's code is like ID-35.14: a letter, then letters, digits, dots and hyphens; 32 at most.",
  },
  nameMemberPlace: {
    id: "Kode anggota hanya huruf dan angka, 2–32, seperti dinsos.",
    en: "A member's code has letters and digits only, 2 to 32, such as dinsos.",
  },
  nameSubsystemPlace: {
    id: "Tempat subsistem adalah anggota/subsistem, masing-masing 2–32 huruf atau angka, seperti dinsos/bansos.",
    en: "A subsystem's place is member/subsystem, each of 2 to 32 letters or digits, such as dinsos/bansos.",
  },
  noManifests: (folder: string): Text => ({
    id: `${folder} bukan folder manifes: instance.yaml tidak ada. Buat dahulu: ${commandLine("new", "instance", "ID-35.14")}`,
    en: `${folder} is no folder of manifests: there is no instance.yaml. Make it first: ${commandLine("new", "instance", "ID-35.14")}`,
  }),
  noMember: (member: string): Text => ({
    id: `Anggota ${member} belum ada. Buat dahulu: ${commandLine("new", "member", member)}`,
    en: `There is no member ${member} yet. Make it first: ${commandLine("new", "member", member)}`,
  }),
  keyGoesTo: (folder: string): Text => ({
    id: `Kuncinya dibuat pemiliknya; berkas .jwt ditaruh di ${folder}, berkas .pem tinggal padanya.`,
    en: `Its key is made by its owner: the .jwt file goes to ${folder}, the .pem file stays with the owner.`,
  }),
  nothingWritten: (file: string): Text => ({
    id: `${file} sudah ada; tidak ada yang ditulis.`,
    en: `${file} exists already; nothing was written.`,
  }),
  otherSpelling: (given: string, there: string): Text => ({
    id: `${there} sudah ada dengan ejaan lain: tulis ${there}, bukan ${given}. Tidak ada yang ditulis.`,
    en: `${there} is there already in another spelling: write ${there}, not ${given}. Nothing was written.`,
  }),
  begunFrom: (before: string): Text => ({
    id:
      `Berangkat dari kontrak ${before}. Ubah yang merusak konsumennya di sini; ` +
      `bila penyedianya melayani keduanya di satu alamat, bedakan dengan basePath dalam service.yaml`,
    en: `It begins with the contract of ${before}. Where one address serves both, tell them apart by basePath in service.yaml`,
  }),
  contractThere: {
    id: "kontrak yang sudah ada, seperti hasil FastAPI atau Laravel; tidak satu bita pun diubah",
    en: "a contract that is there already, as FastAPI or Laravel generates it; no byte of it changes",
  },
  basePathTaken: (path: string): Text => ({
    id: `servers dalam kontrak menyebut jalur ${path}; ia menjadi basePath dalam service.yaml.`,
    en: `The contract's servers name the path ${path}; it becomes basePath in service.yaml.`,
  }),
  skeletonReady: { id: "Kerangka siap disunting. Berikutnya", en: "next" },
};
