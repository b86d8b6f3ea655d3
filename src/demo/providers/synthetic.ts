/** The people and places of the demo. All of it is synthetic: region codes that exist, NIK serials 9xxx, names from a fixed list. */

export interface Random {
  /** A whole number from `low` to `high`, both included. */
  readonly integer: (low: number, high: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly chance: (probability: number) => boolean;
}

/** The same seed gives the same numbers: Marsaglia's xorshift32 (Journal of Statistical Software 8(14), 2003). Not for secrets. */
export function random(seed: number): Random {
  let state = (seed * 2654435769) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state / 2 ** 32;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return { integer, pick: (list) => list[integer(0, list.length - 1)]!, chance: (probability) => next() < probability };
}

/** Kecamatan of Muara Enim with their Kemendagri codes. */
export const kecamatan: readonly { readonly kode: string; readonly nama: string }[] = [
  ["01", "Tanjung Agung"],
  ["02", "Muara Enim"],
  ["03", "Rambang Niru"],
  ["04", "Gunung Megang"],
  ["06", "Gelumbang"],
  ["07", "Lawang Kidul"],
  ["08", "Semende Darat Laut"],
  ["09", "Semende Darat Tengah"],
  ["10", "Semende Darat Ulu"],
  ["11", "Ujan Mas"],
  ["14", "Lubai"],
  ["15", "Rambang"],
  ["16", "Sungai Rotan"],
  ["17", "Lembak"],
  ["19", "Benakat"],
  ["21", "Kelekar"],
  ["22", "Muara Belida"],
  ["23", "Belimbing"],
  ["24", "Belida Darat"],
  ["25", "Lubai Ulu"],
  ["26", "Empat Petulai Dangku"],
  ["27", "Panang Enim"],
].map(([kode, nama]) => ({ kode: `16.03.${kode}`, nama: nama! }));

export interface Citizen {
  readonly nik: string;
  readonly nomorKk: string;
  readonly nama: string;
  readonly jenisKelamin: "L" | "P";
  /** `YYYY-MM-DD`. */
  readonly tanggalLahir: string;
  readonly kodeWilayah: string;
  readonly namaKecamatan: string;
}

const givenNames = {
  L: ["Ahmad", "Bambang", "Candra", "Dedi", "Eko", "Fajar", "Gilang", "Hendra", "Iwan", "Joko", "Rizal", "Taufik"],
  P: ["Ayu", "Bunga", "Citra", "Dewi", "Endah", "Fitri", "Gita", "Indah", "Kartika", "Lestari", "Ratna", "Wulan"],
} as const;
const familyNames = ["Contoh", "Fiktif", "Misalnya", "Permisalan", "Rekaan", "Sintetis", "Teladan", "Umpama"] as const;

/** The residents of the demo kabupaten, the same for all services. */
export const citizens: readonly Citizen[] = (() => {
  const { integer, pick } = random(1603);
  return Array.from({ length: 240 }, (_, i): Citizen => {
    const home = pick(kecamatan);
    const jenisKelamin = pick(["L", "P"] as const);
    const [year, month, day] = [integer(1950, 2007), integer(1, 12), integer(1, 28)];
    const region = home.kode.replaceAll(".", "");
    const serial = String(9001 + i);
    return {
      nik: region + two(jenisKelamin === "P" ? day + 40 : day) + two(month) + two(year % 100) + serial,
      nomorKk: region + two(integer(1, 28)) + two(integer(1, 12)) + two(integer(5, 24)) + serial,
      nama: `${pick(givenNames[jenisKelamin])} ${pick(familyNames)}`,
      jenisKelamin,
      tanggalLahir: `${year}-${two(month)}-${two(day)}`,
      kodeWilayah: home.kode,
      namaKecamatan: home.nama,
    };
  });
})();

/** `7` → `"07"`. */
export function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** RFC 3339 in Waktu Indonesia Barat, whole seconds. */
export function wib(at: number): string {
  return new Date(at + 7 * 3_600_000).toISOString().replace(/\.\d+Z$/, "+07:00");
}
