import { notFound, objectIn, textIn, type Routes } from "./kit.ts";
import { citizens, random, two, type Citizen } from "./synthetic.ts";

/** disdukcapil/siak/penduduk/v1: whether a NIK, a name and a birth date belong together, and the record of a NIK. */
export function penduduk(): Routes {
  const records = new Map(citizens.map((citizen, i) => [citizen.nik, recordOf(citizen, i)]));

  return {
    "POST /pencocokan": ({ content }) => {
      const record = records.get(textIn(content, "nik"));
      const same = (matches: boolean | undefined): "ya" | "tidak" => (matches === true ? "ya" : "tidak");
      return {
        status: 200,
        content: {
          nik: same(record !== undefined),
          nama: same(record && folded(record.nama) === folded(textIn(content, "nama"))),
          tanggalLahir: same(record && record.tanggalLahir === textIn(content, "tanggalLahir")),
        },
      };
    },

    "POST /penelusuran": ({ content }) => {
      const record = records.get(textIn(content, "nik"));
      if (record === undefined) throw notFound("NIK tidak terdaftar di daerah ini.");
      const { unsur: wanted = [] } = objectIn<{ unsur: readonly string[] }>(content);
      return {
        status: 200,
        content: Object.fromEntries(Object.entries(record).filter(([unsur]) => unsur === "nik" || wanted.includes(unsur))),
      };
    },
  };
}

/** Names are compared without regard to case and to the number of spaces. */
function folded(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}

function recordOf({ namaKecamatan, kodeWilayah, ...citizen }: Citizen, i: number) {
  const { integer, pick, chance } = random(i + 1);
  return {
    ...citizen,
    tempatLahir: pick(["Muara Enim", "Tanjung Enim", "Gelumbang", "Palembang", "Prabumulih"]),
    statusPerkawinan: pick(["belum-kawin", "kawin", "cerai-hidup", "cerai-mati"]),
    alamat: {
      jalan: `Jalan Contoh Nomor ${integer(1, 99)}`,
      rt: `0${two(integer(1, 12))}`,
      rw: `0${two(integer(1, 6))}`,
      kodeWilayah,
      namaKecamatan,
    },
    tanggalMeninggal: chance(0.05) ? `2025-${two(integer(1, 12))}-${two(integer(1, 28))}` : null,
  };
}
