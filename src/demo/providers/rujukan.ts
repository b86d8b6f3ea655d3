import type { Clock } from "../../base/clock.ts";
import { notFound, objectIn, page, ProviderRefusal, textIn, type Routes } from "./kit.ts";
import { citizens, random, wib } from "./synthetic.ts";

interface Asked {
  readonly pasien: { readonly nik: string; readonly nama: string };
  readonly faskesAsal: string;
  readonly faskesTujuan: string;
  readonly diagnosis: { readonly kodeIcd10: string; readonly uraian: string };
  readonly prioritas: string;
  readonly jadwal?: string | null;
  readonly catatan?: string;
}

interface Referral extends Asked {
  readonly id: string;
  readonly jadwal: string | null;
  readonly status: string;
  readonly alasan: string | null;
  readonly diubahPada: string;
}

const facilities = [
  ["F1603001", "Puskesmas Contoh Muara Enim", "puskesmas", "16.03.02"],
  ["F1603002", "Puskesmas Contoh Lawang Kidul", "puskesmas", "16.03.07"],
  ["F1603003", "Puskesmas Contoh Gelumbang", "puskesmas", "16.03.06"],
  ["F1603004", "Klinik Contoh Tanjung Agung", "klinik", "16.03.01"],
  ["F1603901", "RSUD Contoh Kabupaten Demo", "rumah-sakit", "16.03.02"],
  ["F1603902", "RS Contoh Gelumbang", "rumah-sakit", "16.03.06"],
].map(([kode = "", nama = "", jenis = "", kodeWilayah = ""]) => ({ kode, nama, jenis, kodeWilayah }));

/** The statuses that may follow each status; a status without a row is final. */
const nextStatus: Readonly<Record<string, readonly string[]>> = { diajukan: ["diterima", "ditolak"], diterima: ["selesai"] };

/** dinkes/rujukan/rujukan/v1: referrals of patients between facilities, from the request to its end. A withdrawn one is deleted. */
export function rujukan(clock: Clock): Routes {
  const referrals = new Map<string, Referral>();
  for (let i = 1; i <= 12; i++) {
    const { nik, nama } = citizens[i]!;
    put({
      id: idOf(i),
      pasien: { nik, nama },
      ...sample(i),
      status: i % 4 === 0 ? "selesai" : "diajukan",
      alasan: null,
      diubahPada: wib(Date.UTC(2026, 1, i, 3)),
    });
  }
  let serial = referrals.size;

  function put(referral: Referral): Referral {
    referrals.set(referral.id, referral);
    return referral;
  }
  function find(id = ""): Referral {
    const referral = referrals.get(id);
    if (referral === undefined) throw notFound("Rujukan tidak ditemukan.");
    return referral;
  }
  function findOpen(id = ""): Referral {
    const referral = find(id);
    if (nextStatus[referral.status] === undefined)
      throw new ProviderRefusal(409, "Rujukan sudah berakhir", "Rujukan yang sudah berakhir tidak dapat diubah.");
    return referral;
  }

  return {
    "GET /faskes": ({ query }) => ({ status: 200, content: page(facilities, query, 20) }),

    "POST /rujukan": ({ content }) => {
      const known = (member: string): boolean => facilities.some(({ kode }) => kode === textIn(content, member));
      if (!known("faskesAsal") || !known("faskesTujuan"))
        throw new ProviderRefusal(422, "Fasilitas tidak dikenal", "Kode fasilitas tidak ada pada daftar /faskes.");
      const { pasien, ...asked } = content as Asked;
      const patient = { nik: textIn(pasien, "nik"), nama: textIn(pasien, "nama") };
      const created = put({
        id: idOf(++serial),
        pasien: patient,
        ...asked,
        jadwal: asked.jadwal ?? null,
        status: "diajukan",
        alasan: null,
        diubahPada: wib(clock()),
      });
      return { status: 201, content: created, fields: { Location: `rujukan/${created.id}` } };
    },

    "GET /rujukan/{id}": ({ path }) => ({ status: 200, content: find(path.id) }),

    "PATCH /rujukan/{id}": ({ path, content }) => {
      const { jadwal, catatan, prioritas } = objectIn<Asked>(content);
      const changes = Object.fromEntries(Object.entries({ jadwal, catatan, prioritas }).filter(([, value]) => value !== undefined));
      return { status: 200, content: put({ ...findOpen(path.id), ...changes, diubahPada: wib(clock()) }) };
    },

    "PUT /rujukan/{id}/status": ({ path, content }) => {
      const referral = findOpen(path.id);
      const [status, { alasan = null }] = [textIn(content, "status"), objectIn<{ alasan: string }>(content)];
      if (nextStatus[referral.status]?.includes(status) !== true)
        throw new ProviderRefusal(409, "Peralihan status tidak sah", `Dari "${referral.status}" tidak dapat menjadi "${status}".`);
      return { status: 200, content: put({ ...referral, status, alasan, diubahPada: wib(clock()) }) };
    },

    "DELETE /rujukan/{id}": ({ path }) => {
      referrals.delete(findOpen(path.id).id);
      return { status: 204 };
    },
  };
}

const idOf = (serial: number): string => `RJK-${String(serial).padStart(6, "0")}`;

function sample(i: number) {
  const { pick } = random(110 + i);
  const diagnosis = pick([
    ["I10", "Hipertensi esensial"],
    ["E11.9", "Diabetes melitus tipe 2 tanpa komplikasi"],
    ["J18.9", "Pneumonia"],
  ] as const);
  return {
    faskesAsal: pick(facilities.slice(0, 4)).kode,
    faskesTujuan: pick(facilities.slice(4)).kode,
    diagnosis: { kodeIcd10: diagnosis[0], uraian: diagnosis[1] },
    prioritas: pick(["biasa", "segera", "gawat-darurat"]),
    jadwal: null,
  };
}
