import { notFound, objectIn, page, type Routes } from "./kit.ts";
import { kecamatan, random } from "./synthetic.ts";

/** Kode, nama, satuan, nilai daerah menurut kisaran, produsen data. The letters of the kode are the topic. */
const table = [
  ["KPD-001", "Jumlah penduduk", "jiwa", 640_000, "disdukcapil"],
  ["KPD-002", "Kepadatan penduduk", "jiwa/km²", 85, "disdukcapil"],
  ["KPD-003", "Laju pertumbuhan penduduk", "persen", 1.2, "disdukcapil"],
  ["KPD-004", "Cakupan kepemilikan akta kelahiran", "persen", 96, "disdukcapil"],
  ["KPD-005", "Cakupan kepemilikan KTP elektronik", "persen", 99, "disdukcapil"],
  ["SOS-001", "Persentase penduduk miskin", "persen", 10.5, "dinsos"],
  ["SOS-002", "Garis kemiskinan", "rupiah/kapita/bulan", 495_000, "dinsos"],
  ["SOS-003", "Keluarga penerima manfaat bantuan sosial", "keluarga", 21_000, "dinsos"],
  ["SOS-004", "Rumah tidak layak huni", "unit", 3_900, "dinsos"],
  ["KES-001", "Angka harapan hidup", "tahun", 70.1, "dinkes"],
  ["KES-002", "Prevalensi balita tengkes (stunting)", "persen", 18.2, "dinkes"],
  ["KES-003", "Cakupan imunisasi dasar lengkap", "persen", 91, "dinkes"],
  ["KES-004", "Rasio tenaga medis", "per 10.000 penduduk", 6.4, "dinkes"],
  ["KES-005", "Cakupan kepesertaan jaminan kesehatan", "persen", 97, "dinkes"],
  ["PDK-001", "Rata-rata lama sekolah", "tahun", 8.1, "disdik"],
  ["PDK-002", "Harapan lama sekolah", "tahun", 12.3, "disdik"],
  ["PDK-003", "Angka partisipasi sekolah 7–12 tahun", "persen", 99, "disdik"],
  ["PDK-004", "Angka melek huruf", "persen", 98, "disdik"],
  ["EKO-001", "Laju pertumbuhan ekonomi", "persen", 5.4, "bappeda"],
  ["EKO-002", "PDRB per kapita atas dasar harga berlaku", "juta rupiah", 98, "bappeda"],
  ["EKO-003", "Tingkat pengangguran terbuka", "persen", 3.9, "disnaker"],
  ["EKO-004", "Nilai realisasi investasi", "miliar rupiah", 4_200, "dpmptsp"],
  ["EKO-005", "Produksi padi", "ton gabah kering giling", 142_000, "dispertan"],
  ["INF-001", "Panjang jalan kabupaten mantap", "km", 870, "dpupr"],
  ["INF-002", "Akses air minum layak", "persen", 82, "dpupr"],
  ["INF-003", "Akses sanitasi layak", "persen", 79, "dpupr"],
  ["INF-004", "Desa berinternet pita lebar", "persen", 88, "diskominfo"],
  ["LKH-001", "Indeks kualitas lingkungan hidup", "indeks", 69.3, "dlh"],
  ["LKH-002", "Timbulan sampah", "ton/hari", 310, "dlh"],
  ["PEM-001", "Indeks reformasi birokrasi", "indeks", 68, "setda"],
] as const;

const topics: Readonly<Record<string, string>> = {
  KPD: "kependudukan",
  SOS: "sosial",
  KES: "kesehatan",
  PDK: "pendidikan",
  EKO: "ekonomi",
  INF: "infrastruktur",
  LKH: "lingkungan",
  PEM: "pemerintahan",
};

interface Indicator {
  /** What the catalogue shows of it. */
  readonly metadata: ReturnType<typeof metadataOf>;
  /** The value of the kabupaten around which its years and regions vary. */
  readonly level: number;
}

const indicators: readonly Indicator[] = table.map((row) => ({ metadata: metadataOf(row), level: row[3] }));

function metadataOf([kode, nama, satuan, , produsenData]: (typeof table)[number]) {
  return {
    kode,
    nama,
    definisi:
      `${nama} di Kabupaten Demo menurut metadata baku statistik sektoral; dihitung oleh ${produsenData} dan ` +
      `diperiksa oleh walidata sebelum dirilis tiap triwulan pertama. Angka contoh, bukan data resmi.`,
    satuan,
    topik: topics[kode.slice(0, 3)]!,
    produsenData,
    frekuensi: "tahunan",
    tahunAwal: 2018,
    tahunAkhir: 2026,
  };
}

/** bappeda/satudata/indikator/v1: sectoral statistics of the kabupaten, open to all. The list is about 10 KB, one indicator about 1 KB. */
export function indikator(): Routes {
  return {
    "GET /indikator": ({ query }) => {
      const topic = query.get("topik");
      const found = indicators.map(({ metadata }) => metadata).filter(({ topik }) => topic === null || topik === topic);
      return { status: 200, content: page(found, query, 25) };
    },

    "GET /indikator/{kode}": ({ path, query, field }) => {
      const indicator = indicators.find(({ metadata }) => metadata.kode === path.kode);
      if (indicator === undefined) throw notFound("Indikator tidak dikenal.");
      const { kode, nama, satuan } = indicator.metadata;
      const [tahun, digits] = [Number(query.get("tahun") ?? 2026), Number(field("Desimal") ?? 2)];
      const nilai = (wilayah: string): number => valueOf(indicator, wilayah, tahun, digits);
      const rincian = kecamatan.map(({ kode }) => ({ wilayah: kode, nilai: nilai(kode) }));
      return { status: 200, content: { kode, nama, satuan, tahun, wilayah: "16.03", nilai: nilai("16.03"), rincian } };
    },

    "POST /kueri": ({ content }) => {
      const { kode: codes = [], tahun: years = [] } = objectIn<{ kode: readonly string[]; tahun: readonly number[] }>(content);
      const found = codes.flatMap((code) => indicators.filter(({ metadata }) => metadata.kode === code));
      const hasil = found.flatMap((indicator) => {
        const { kode, satuan } = indicator.metadata;
        return years.map((tahun) => ({ kode, tahun, wilayah: "16.03", nilai: valueOf(indicator, "16.03", tahun, 2), satuan }));
      });
      return {
        status: 200,
        content: { hasil, tidakDikenal: codes.filter((code) => !found.some(({ metadata }) => metadata.kode === code)) },
      };
    },
  };
}

/** A synthetic value near the indicator's level: the same for the same indicator, region and year. */
function valueOf({ metadata, level }: Indicator, wilayah: string, tahun: number, digits: number): number {
  const seed = [...`${metadata.kode}/${wilayah}/${tahun}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return Number((level * (0.9 + random(seed).integer(0, 2000) / 10_000)).toFixed(digits));
}
