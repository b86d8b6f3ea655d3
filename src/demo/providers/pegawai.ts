import { notFound, page, textIn, type Routes } from "./kit.ts";
import { citizens, random, two } from "./synthetic.ts";

const units = [
  ["1.01", "Dinas Pendidikan"],
  ["1.02", "Dinas Kesehatan"],
  ["1.03", "Dinas Pekerjaan Umum dan Penataan Ruang"],
  ["1.06", "Dinas Sosial"],
  ["2.12", "Dinas Kependudukan dan Pencatatan Sipil"],
  ["2.16", "Dinas Komunikasi dan Informatika"],
  ["2.18", "Dinas Penanaman Modal dan PTSP"],
  ["5.01", "Badan Perencanaan Pembangunan Daerah"],
  ["5.02", "Badan Pendapatan Daerah"],
  ["5.03", "Badan Kepegawaian dan Pengembangan SDM"],
  ["5.03.01", "Bidang Mutasi dan Promosi"],
  ["5.03.02", "Bidang Pengembangan Kompetensi"],
] as const;

/** bkpsdm/simpeg/pegawai/v1: civil servants by NIP, and the units they serve in. */
export function pegawai(): Routes {
  const staff = citizens
    .filter(({ tanggalLahir }) => tanggalLahir > "1968" && tanggalLahir < "1996")
    .map((_, i, all) => employeeOf(all[i]!, i));
  const byNip = new Map(staff.map((employee) => [employee.nip, employee]));
  const directory = units.map(([kode, nama]) => ({
    kode,
    nama,
    induk: kode.length > 4 ? kode.slice(0, 4) : null,
    jumlahPegawai: staff.filter(({ unitKerja }) => unitKerja.kode === kode).length,
  }));

  return {
    "POST /penelusuran": ({ content }) => {
      const employee = byNip.get(textIn(content, "nip"));
      if (employee === undefined) throw notFound("NIP tidak terdaftar.");
      return { status: 200, content: employee };
    },

    "GET /unit": ({ query }) => ({ status: 200, content: page(directory, query, 20) }),

    "GET /unit/{kode}": ({ path }) => {
      const unit = directory.find(({ kode }) => kode === path.kode);
      if (unit === undefined) throw notFound("Unit kerja tidak dikenal.");
      return { status: 200, content: unit };
    },
  };
}

/** NIP: birth YYYYMMDD, appointment YYYYMM, sex 1 or 2, three digits of serial. */
function employeeOf({ nama, jenisKelamin, tanggalLahir }: (typeof citizens)[number], i: number) {
  const { integer, pick } = random(1900 + i);
  const appointed = `${Number(tanggalLahir.slice(0, 4)) + integer(22, 27)}${two(pick([1, 3, 12]))}`;
  const structural = i % 6 === 0;
  const [kode, unit] = pick(units);
  return {
    nip: `${tanggalLahir.replaceAll("-", "")}${appointed}${jenisKelamin === "L" ? 1 : 2}${String(901 + (i % 99)).padStart(3, "0")}`,
    nama,
    jenisKelamin,
    golonganRuang: pick(["II/c", "III/a", "III/b", "III/c", "III/d", "IV/a"]),
    jabatan: structural
      ? { nama: "Kepala Bidang", jenis: "struktural", eselon: "III.b", tmt: "2024-02-01" }
      : {
          nama: pick(["Pranata Komputer Ahli Muda", "Analis Kebijakan", "Perawat Ahli Pertama"]),
          jenis: "fungsional",
          eselon: null,
          tmt: "2023-04-01",
        },
    unitKerja: { kode, nama: unit },
    status: pick(["aktif", "aktif", "aktif", "cuti", "tugas-belajar"]),
  };
}
