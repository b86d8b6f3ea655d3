import { describe, expect, it } from "vitest";
import { findFormat, formats } from "../../../src/contract/formats/formats.ts";

/** By format: values that hold, values that do not. Person numbers are synthetic (serials 9xxx, as all demo data). */
const examples: Readonly<Record<string, { holds: readonly (string | number)[]; fails: readonly (string | number)[] }>> = {
  nik: {
    holds: ["1603071212979001", "1603075212979001", "1673012902009001", "1603014102009999", "9771013112999001"],
    fails: [
      "160307121297900",
      "16030712129790011",
      "1603071212970000",
      "1603073202979001",
      "1603077202979001",
      "1603070012979001",
      "1603074012979001",
      "1603072902019001",
      "1603071213979001",
      "0003071212979001",
      "1600071212979001",
      "1670071212979001",
      "1603001212979001",
      "1603-71212979001",
      " 1603071212979001",
      "１６０３０７１２１２９７９００１",
    ],
  },
  "nomor-kk": { holds: ["1603070101199001"], fails: ["160307010119900", "16.0307010119900", ""] },
  nip: {
    holds: ["199001012015031001", "198802292010122003"],
    fails: [
      "19900101201503100",
      "199002302015031001",
      "198902292010122003",
      "199001012015131001",
      "199001012015001001",
      "199001012015033001",
      "199001012021211001",
      "189001012015031001",
    ],
  },
  "nip-pppk": {
    holds: ["199001012021211001", "198802292022212003"],
    fails: ["199001012015031001", "199001012021213001", "199013012021211001", "19900101202121100"],
  },
  npwp: { holds: ["1603071212979001", "0012345678901000"], fails: ["012345678901000", "01.234.567.8-901.000"] },
  "npwp-lama": { holds: ["012345678901000"], fails: ["0012345678901000", "01.234.567.8-901.000"] },
  nib: { holds: ["9120001234567"], fails: ["912000123456", "91200012345678"] },
  nop: { holds: ["160301000100100010"], fails: ["16.03.010.001.001-0001.0", "16030100010010001"] },
  "kode-wilayah": {
    holds: ["16", "16.03", "16.73", "16.74", "36.04", "35.10.01", "35.10.01.2001"],
    fails: ["1674", "11.1", "16.3", "16.00", "16.70", "16.03.00", "16.03.01.0000", "10.01", "16.03.", "16,03", "Lubuk Linggau"],
  },
  "kode-wilayah-bps": { holds: ["16", "1674", "1603052", "1603052001"], fails: ["16.73", "160", "16030", "1600", "1670", "16030520"] },
  ral: { holds: ["RAL.01", "RAL.01.02.03.04.05.06.07"], fails: ["RAL", "RAL.1", "RAD.01", "RAL.01.02.03.04.05.06.07.08"] },
  rad: { holds: ["RAD.01"], fails: ["RAL.01", "rad.01"] },
  date: {
    holds: ["2026-01-31", "2024-02-29", "2000-02-29"],
    fails: ["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "31-01-2026", "2026-1-1", "2026-01-31T00:00:00Z"],
  },
  "date-time": {
    holds: ["2026-01-31T08:00:00+07:00", "2026-01-31T01:00:00Z", "2026-01-31T01:00:00.123Z", "2026-01-31t01:00:00.1234567890z"],
    fails: [
      "2026-02-28T09:10:11",
      "2026-01-31 08:00:00+07:00",
      "2026-02-30T08:00:00Z",
      "2026-01-31T24:00:00Z",
      "2026-01-31T08:60:00Z",
      "2026-01-31T08:00:00+24:00",
      "2026-01-31T08:00:00 07:00",
      "2026-02-28",
    ],
  },
  float: { holds: [0.1, -3], fails: [Infinity, NaN] },
  double: { holds: [1e308], fails: [-Infinity] },
  password: { holds: ["", "apa saja"], fails: [] },
  binary: { holds: ["apa saja"], fails: [] },
  byte: { holds: ["", "YQ=="], fails: ["a"] },
  rupiah: { holds: [0, 125_000, -5, Number.MAX_SAFE_INTEGER], fails: [0.5, 2 ** 53, Infinity] },
  int32: { holds: [-(2 ** 31), 2 ** 31 - 1], fails: [2 ** 31, 1.5] },
  int64: { holds: [Number.MIN_SAFE_INTEGER], fails: [2 ** 53] },
  time: {
    holds: ["08:00:00+07:00", "23:59:60Z", "06:59:60+07:00", "15:59:60.123-08:00"],
    fails: ["09:10", "25:00:00Z", "09:00:00", "22:59:60Z", "23:59:60+07:00", "23:59:61Z"],
  },
  duration: { holds: ["P1DT2H", "P1W", "PT0S", "P1Y2M3DT4H5M6S"], fails: ["1 hari", "P", "PT", "P1W2D", "P1Y2D", "P1D2H"] },
  email: {
    holds: ["tik@demo.go.id", "tik+uji@demo.go.id", '"meja layanan"@demo.go.id', "tik@[10.0.0.1]"],
    fails: ["tik", "tik@@demo.go.id", "tik @demo.go.id", ".tik@demo.go.id", "tík@demo.go.id"],
  },
  "idn-email": { holds: ["tík@demo.go.id", "tik@contoh.テスト"], fails: ["tík", "tik @demo.go.id"] },
  hostname: {
    holds: ["demo.go.id", "localhost", "xn--zckzah.go.id"],
    fails: ["-demo.go.id", "demo..id", "demo_1.go.id", "テスト.go.id", "xn--x"],
  },
  "idn-hostname": { holds: ["テスト.go.id", "demo.go.id"], fails: ["-demo.go.id", "テス ト.id"] },
  ipv4: { holds: ["10.0.0.1"], fails: ["10.0.0.256", "0x7f.1"] },
  ipv6: { holds: ["::1"], fails: ["10.0.0.1", ":::1"] },
  uri: { holds: ["https://demo.go.id/a?b=1"], fails: ["/a", "https://demo go.id"] },
  "uri-reference": { holds: ["/a?b=1", "", "#a"], fails: ["a b", "1:b"] },
  iri: { holds: ["https://demo.go.id/désa?ñ=1"], fails: ["/désa", "https://demo go.id"] },
  "iri-reference": { holds: ["/désa"], fails: ["dé sa"] },
  "uri-template": { holds: ["https://demo.go.id/{kode}{?halaman}"], fails: ["/{kode"] },
  "json-pointer": { holds: ["", "/a~1b/0"], fails: ["a/b", "/a~2"] },
  "relative-json-pointer": { holds: ["0", "1/nama", "2#"], fails: ["/jalan", "01/nama"] },
  regex: { holds: ["^[a-z]{2}$"], fails: ["(?i)^a$", "[a"] },
  uuid: { holds: ["0198c7f2-5b1e-7a3c-9d4e-2f6a8b0c1d3e"], fails: ["0198c7f2-5b1e-7a3c-9d4e"] },
};

const judge = (name: string, value: string | number): unknown => {
  const format = findFormat(name)!;
  return format.type === "string" ? format.judge(value as string) : format.judge(value as number);
};

describe("the formats of contracts", () => {
  it("are all exemplified here", () => {
    expect(Object.keys(examples).sort()).toEqual(Object.keys(formats).sort());
  });

  it.each(Object.entries(examples))("%s takes what holds and refuses what does not", (name, { holds, fails }) => {
    for (const value of holds) expect([value, judge(name, value)]).toEqual([value, undefined]);
    for (const value of fails)
      expect([value, judge(name, value)]).toEqual([value, { id: expect.any(String) as string, en: expect.any(String) as string }]);
  });

  it("never repeat the value in what they say", () => {
    for (const [name, { fails }] of Object.entries(examples)) {
      for (const value of fails) if (String(value).length > 4) expect(JSON.stringify(judge(name, value))).not.toContain(String(value));
    }
  });

  it.each(["nik", "nip", "nip-pppk", "kode-wilayah", "date"])("%s looks at every place: another character anywhere is refused", (name) => {
    for (const value of examples[name]!.holds.map(String)) {
      for (let at = 0; at < value.length; at++) {
        for (const foreign of ["x", "/", ":", " "]) {
          const changed = value.slice(0, at) + foreign + value.slice(at + 1);
          expect([changed, judge(name, changed)]).not.toEqual([changed, undefined]);
        }
      }
    }
  });

  it("know the provinces of Papua, also those of 2022", () => {
    for (const province of ["91", "92", "93", "94", "95", "96"]) {
      expect(judge("nik", `${province}01011212979001`)).toBeUndefined();
      expect(judge("kode-wilayah", `${province}.01`)).toBeUndefined();
    }
  });

  it("take a leap second at the end of a month of UTC only, wherever it is written", () => {
    for (const value of ["2016-12-31T23:59:60Z", "2017-01-01T06:59:60+07:00", "2015-06-30T15:59:60.5-08:00", "1990-12-31T15:59:60-08:00"])
      expect([value, judge("date-time", value)]).toEqual([value, undefined]);
    for (const value of [
      "2016-12-30T23:59:60Z",
      "2016-12-31T23:58:60Z",
      "2016-12-31T22:59:60Z",
      "2016-12-31T23:59:60+07:00",
      "2016-12-31T06:59:60+07:00",
    ])
      expect([value, judge("date-time", value)]).toMatchObject([value, { en: expect.stringContaining("second 60") as string }]);
  });

  it("tell which part of a NIK is wrong, and that a number of PPPK is not a NIP", () => {
    expect(judge("nik", "1603073202979001")).toMatchObject({ en: expect.stringContaining("date of birth") as string });
    expect(judge("nik", "1670071212979001")).toMatchObject({ en: expect.stringContaining("kota 71–99") as string });
    expect(judge("nik", "1603071212970000")).toMatchObject({ id: expect.stringContaining("0000") as string });
    expect(judge("nip", "199001012021211001")).toMatchObject({ id: expect.stringContaining("nip-pppk") as string });
  });

  it("are found by name only", () => {
    expect(findFormat("constructor")).toBeUndefined();
    expect(findFormat("nikk")).toBeUndefined();
  });
});
