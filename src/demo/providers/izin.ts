import type { Clock } from "../../base/clock.ts";
import { notFound, page, ProviderRefusal, textIn, type Routes } from "./kit.ts";
import { citizens, kecamatan, random, wib } from "./synthetic.ts";

interface Application {
  readonly jenisIzin: string;
  readonly pemohon: { readonly nik: string; readonly nama: string; readonly nib?: string };
  readonly lokasi: { readonly kodeWilayah: string; readonly alamat: string; readonly nop?: string };
  readonly uraian: string;
  readonly nilaiInvestasi: number;
}

const kinds = ["usaha-mikro", "reklame", "bangunan-gedung", "praktik-kesehatan", "penyelenggaraan-acara"];

/** dpmptsp/perizinan/izin/v1: applications for a licence, kept in memory until the process ends. */
export function izin(clock: Clock): Routes {
  const applications = new Map<string, ReturnType<typeof accept>>();
  const idOf = (serial: number): string => `IZN-${String(serial).padStart(6, "0")}`;
  const accept = (application: Application, status: string, at: number) => {
    const { jenisIzin, pemohon, lokasi, uraian, nilaiInvestasi } = application;
    const id = idOf(applications.size + 1);
    const accepted = { id, status, jenisIzin, namaPemohon: pemohon.nama, lokasi, uraian, nilaiInvestasi, diajukanPada: wib(at) };
    applications.set(id, accepted);
    return accepted;
  };
  for (let i = 0; i < 57; i++)
    accept(past(i), random(300 + i).pick(["diajukan", "diverifikasi", "terbit", "ditolak"]), Date.UTC(2026, 0, 5 + i, 2));

  return {
    "POST /permohonan": ({ content }) => {
      const application = content as Application;
      textIn(content, "jenisIzin");
      textIn(application.pemohon, "nama");
      if (!kecamatan.some(({ kode }) => kode === textIn(application.lokasi, "kodeWilayah"))) {
        throw new ProviderRefusal(422, "Lokasi di luar daerah", "lokasi.kodeWilayah bukan kecamatan di daerah ini.");
      }
      const accepted = accept(application, "diajukan", clock());
      // Relative to the request's own target, so that it holds at the provider and behind a gateway alike (RFC 9110 §10.2.2).
      return { status: 201, content: accepted, fields: { Location: `permohonan/${accepted.id}` } };
    },

    "GET /permohonan": ({ query }) => {
      const [status, kind] = [query.get("status"), query.get("jenisIzin")];
      const found = [...applications.values()].filter(
        (one) => (status === null || one.status === status) && (kind === null || one.jenisIzin === kind),
      );
      const summaries = found.map(({ id, status, jenisIzin, lokasi, diajukanPada }) => ({
        id,
        status,
        jenisIzin,
        kodeWilayah: lokasi.kodeWilayah,
        diajukanPada,
      }));
      return { status: 200, content: page(summaries, query, 20) };
    },

    "GET /permohonan/{id}": ({ path }) => {
      const application = applications.get(path.id ?? "");
      if (application === undefined) throw notFound("Permohonan tidak ditemukan.");
      return { status: 200, content: application };
    },
  };
}

function past(i: number): Application {
  const { integer, pick } = random(700 + i);
  const { nik, nama, kodeWilayah } = pick(citizens);
  return {
    jenisIzin: pick(kinds),
    pemohon: { nik, nama },
    lokasi: { kodeWilayah, alamat: `Jalan Contoh Nomor ${integer(1, 99)}` },
    uraian: `Permohonan contoh ke-${i + 1}`,
    nilaiInvestasi: integer(5, 900) * 1_000_000,
  };
}
