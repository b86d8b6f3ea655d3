import { commandHere } from "../base/command-line.ts";
import type { Text } from "../base/text.ts";

export const messages = {
  logReplaced: (origin: string, version: number): Text => ({
    id:
      `Buku besar ini bukan yang pernah dipakai sebagai ${origin}: daun registri versi ${version} tidak ada. Pulihkan berkasnya; ` +
      "bila hilang, mulai log baru dengan --log-name lain dalam folder data baru (registri lama tetap dipakai lewat --registry)",
    en:
      `This is not the ledger that was in use as ${origin}: the leaf of registry version ${version} is missing. Restore the file; ` +
      "if it is lost, begin a new log under another --log-name in a new data directory (the old registry goes on through --registry)",
  }),

  registryLost: (origin: string, version: number): Text => ({
    id:
      `Log ${origin} mengenal registri yang bukan registri ini (versi ${version}): registri itu hilang atau kosong, ` +
      "atau ini salinan yang lebih tua daripada log. Jangan jalankan apply dari awal, sebab petugas, keputusan, dan izin akan hilang; " +
      `kembalikan berkasnya, atau pulihkan dari cadangan: ${commandHere("restore")}`,
    en:
      `The log ${origin} knows a registry that is not this one (version ${version}): it was lost or is empty, or ` +
      "this is a copy older than the log. Do not apply anew, since officers, decisions and grants would be gone; put the file back, " +
      `or restore a backup: ${commandHere("restore")}`,
  }),

  instanceExists: (data: string): Text => ({
    id: `${data} sudah berisi instansi; pakailah, atau pilih folder data lain.`,
    en: `${data} already holds an instance; use it, or choose another data directory.`,
  }),
  noInstance: (data: string): Text => ({
    id: `${data} belum berisi instansi. Jalankan: ${commandHere("init")}`,
    en: `${data} holds no instance yet. Run: ${commandHere("init")}`,
  }),
  keyWithoutIdentity: (path: string, identity: string): Text => ({
    id:
      `${path} sudah ada, tetapi ${identity} tidak. Bila init terputus, hapus kunci itu lalu ulangi; ` +
      `bila folder ini pernah dipakai, pulihkan ${identity}.`,
    en:
      `${path} exists, but ${identity} does not. If init was interrupted, delete the key and try again; ` +
      `if this directory was in use, restore ${identity}.`,
  }),
  identityChanged: (data: string, name: string, was: string, is: string): Text => ({
    id:
      `${data} dibuat dengan ${name} ${was}, sekarang ${is}. Nilai itu ditandatangani konsumen dan tercatat dalam setiap daun, ` +
      "jadi tidak dapat diganti; kembalikan, atau pakai folder data lain.",
    en:
      `${data} was made with the ${name} ${was}, now it is ${is}. Consumers sign it and every leaf carries it, ` +
      "so it cannot change; set it back, or use another data directory.",
  }),

  keyWaits: (file: string): Text => ({
    id: `Sebuah kunci log sudah menunggu di ${file}; jalankan gerbang agar kunci itu dipakai, atau hapus berkas itu.`,
    en: `A log key waits already in ${file}; run the gateway so that it is taken over, or remove that file.`,
  }),
  keyWasUsed: (vkey: string): Text => ({
    id: `${vkey} pernah menjadi kunci log instansi ini; kunci tidak dipakai dua kali. Buat yang baru.`,
    en: `${vkey} was a log key of this instance before; no key is used twice. Make a new one.`,
  }),
  notARotation: (id: string): Text => ({
    id: `Daun ${id} bukan daun pergantian kunci log`,
    en: `The leaf ${id} is no rotation of the log's key`,
  }),
  noIdentityIn: (folder: string): Text => ({
    id: `${folder} tidak berisi identitas instansi (instance.json dan log.key); sebutkan foldernya dengan --keys.`,
    en: `${folder} does not hold an instance's identity (instance.json and log.key); name its folder with --keys.`,
  }),
  notTheOfflineKey: (file: string, listVkey: string): Text => ({
    id: `${file} bukan kunci instansi ini: anggota memegang ${listVkey}.`,
    en: `${file} is not this instance's key: members hold ${listVkey}.`,
  }),

  portTaken: (port: number, host: string, flag: string): Text => ({
    id: `Port ${port} pada ${host} sudah dipakai program lain; hentikan program itu atau pilih ${flag} lain.`,
    en: `Port ${port} on ${host} is taken by another program; stop it or choose another ${flag}.`,
  }),
  cannotListen: (port: number, host: string, code: string): Text => ({
    id: `Tidak dapat mendengar pada ${host} port ${port} (${code}).`,
    en: `Cannot listen on ${host} port ${port} (${code}).`,
  }),
} as const;
