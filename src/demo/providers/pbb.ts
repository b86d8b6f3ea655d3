import { notFound, objectIn, page, ProviderRefusal, textIn, type Routes } from "./kit.ts";
import { citizens, kecamatan, random, type Citizen } from "./synthetic.ts";

/** The year of the data, not of the clock, so that every start gives the same answers. */
const thisYear = 2026;
const taxYears = [thisYear - 4, thisYear - 3, thisYear - 2, thisYear - 1, thisYear];

/** bapenda/pajak/pbb/v1: land and building tax. A NOP identifies a person, so it is sent in the content of a POST; rates are public. */
export function pbb(): Routes {
  const registered = new Map(
    citizens
      .slice(0, 120)
      .map((owner, i) => assess(owner, i))
      .map((assessed) => [assessed.taxed.nop, assessed]),
  );
  const find = (content: unknown) => {
    const assessed = registered.get(textIn(content, "nop"));
    if (assessed === undefined) throw notFound("NOP tidak terdaftar.");
    return assessed;
  };

  return {
    "POST /penelusuran": ({ content }) => ({ status: 200, content: find(content).taxed }),

    "POST /tagihan": ({ content }) => {
      const { taxed, bills } = find(content);
      const { tahunAwal = 0, tahunAkhir = 9999 } = objectIn<{ tahunAwal: number; tahunAkhir: number }>(content);
      if (tahunAwal > tahunAkhir) throw new ProviderRefusal(422, "Rentang tahun terbalik", "tahunAwal tidak boleh melewati tahunAkhir.");
      const tagihan = bills.filter(({ tahun }) => tahun >= tahunAwal && tahun <= tahunAkhir);
      const owed = tagihan.filter(({ status }) => status === "terutang");
      return {
        status: 200,
        content: { nop: taxed.nop, tagihan, totalTerutang: owed.reduce((sum, { pokok, denda }) => sum + pokok + denda, 0) },
      };
    },

    "POST /pelunasan": ({ content }) => {
      const { tahun: year } = objectIn<{ tahun: number }>(content);
      const bill = find(content).bills.find(({ tahun }) => tahun === year);
      if (bill === undefined) throw notFound("Tidak ada ketetapan pajak untuk tahun itu.");
      return { status: 200, content: { tahun: bill.tahun, lunas: bill.status === "lunas" ? "ya" : "tidak" } };
    },

    "GET /tarif": ({ query }) => ({
      status: 200,
      content: page(
        kecamatan.map(({ kode }) => rateOf(kode, thisYear)),
        query,
        10,
      ),
    }),

    "GET /tarif/{kodeWilayah}": ({ path, query }) => {
      const { kodeWilayah = "" } = path;
      if (!kecamatan.some(({ kode }) => kode === kodeWilayah)) throw notFound("Kecamatan tidak dikenal.");
      return { status: 200, content: rateOf(kodeWilayah, Number(query.get("tahun") ?? thisYear)) };
    },
  };
}

/** NOP: PPKK of the kabupaten, CCC kecamatan, DDD desa, BBB block, NNNN serial, J kind of object. */
function assess(owner: Citizen, i: number) {
  const { integer, chance } = random(5000 + i);
  const [luasBumi, luasBangunan] = [integer(90, 2500), chance(0.8) ? integer(36, 320) : 0];
  const [njopBumi, njopBangunan] = [luasBumi * integer(20, 400) * 1000, luasBangunan * integer(500, 1800) * 1000];
  const due = Math.round(Math.max(0, njopBumi + njopBangunan - 10_000_000) * 0.001);
  const taxed = {
    nop: `1603${owner.kodeWilayah.slice(-2)}0001001${9001 + i}0`,
    namaWajibPajak: owner.nama,
    alamatObjek: `Jalan Contoh Nomor ${integer(1, 99)}`,
    kodeWilayah: owner.kodeWilayah,
    luasBumi,
    luasBangunan,
    njopBumi,
    njopBangunan,
  };
  const bills = taxYears.map((tahun) => {
    const paid = chance(0.7);
    const denda = paid ? 0 : Math.round(due * 0.01 * integer(1, 24));
    const dibayarPada = paid ? `${tahun}-0${integer(4, 9)}-${integer(10, 28)}` : null;
    return { tahun, pokok: due, denda, jatuhTempo: `${tahun}-09-30`, status: paid ? "lunas" : "terutang", dibayarPada };
  });
  return { taxed, bills };
}

function rateOf(kodeWilayah: string, tahun: number) {
  const { nama = "" } = kecamatan.find(({ kode }) => kode === kodeWilayah) ?? {};
  return {
    kodeWilayah,
    namaWilayah: nama,
    tahun,
    njoptkp: 10_000_000,
    lapisan: [
      { njopMulai: 0, njopSampai: 1_000_000_000, persen: 0.1 },
      { njopMulai: 1_000_000_001, njopSampai: 5_000_000_000, persen: 0.2 },
      { njopMulai: 5_000_000_001, njopSampai: null, persen: 0.3 },
    ],
    dasarHukum: "Perda Demo 1/2024 (peraturan contoh)",
  };
}
