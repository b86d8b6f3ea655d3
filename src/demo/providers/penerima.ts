import { objectIn, page, textIn, type Routes } from "./kit.ts";
import { citizens, random } from "./synthetic.ts";

const programmes = [
  ["BPNT", "Bantuan Pangan Nontunai", "kementerian", 18_400_000_000, 7_650],
  ["PKH", "Program Keluarga Harapan", "kementerian", 32_150_000_000, 9_120],
  ["BLT-DD", "Bantuan Langsung Tunai Dana Desa", "desa", 11_070_000_000, 3_075],
  ["PBI-JK", "Penerima Bantuan Iuran Jaminan Kesehatan", "kementerian", 54_600_000_000, 108_330],
  ["RTLH", "Perbaikan Rumah Tidak Layak Huni", "kabupaten", 6_000_000_000, 300],
  ["BSD", "Beasiswa Siswa Demo", "kabupaten", 2_400_000_000, 800],
].map(([kode, nama, sumberDana, anggaran, kuota]) => ({ kode, nama, sumberDana, tahun: 2026, anggaran, kuota }));

/** dinsos/bansos/penerima/v1: who receives which social aid, and the programmes. About a third of the citizens receive something. */
export function penerima(): Routes {
  const { chance, pick } = random(2026);
  const received = new Map(citizens.filter(() => chance(0.35)).map(({ nik }) => [nik, programmesOf(pick)]));

  return {
    "POST /pengecekan": ({ content }) => {
      const { program: wanted } = objectIn<{ program: readonly string[] }>(content);
      const found = (received.get(textIn(content, "nik")) ?? []).filter(
        ({ kode }) => wanted === undefined || wanted.includes(String(kode)),
      );
      return { status: 200, content: { terdaftar: found.length > 0 ? "ya" : "tidak", program: found } };
    },

    "GET /program": ({ query }) => ({ status: 200, content: page(programmes, query, 20) }),
  };
}

function programmesOf(pick: <T>(list: readonly T[]) => T) {
  const first = pick(programmes);
  const second = pick(programmes);
  return (first === second ? [first] : [first, second]).map(({ kode }) => ({
    kode,
    sejak: pick(["2024-01-01", "2025-01-01", "2026-01-01"]),
    status: pick(["aktif", "aktif", "ditangguhkan"]),
  }));
}
