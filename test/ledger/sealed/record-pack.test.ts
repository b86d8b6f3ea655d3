import { describe, expect, test } from "vitest";
import type { SealedRecord } from "../../../src/ledger/sealed/sealed-record.ts";
import { packRecords, unpackRecords } from "../../../src/ledger/sealed/record-pack.ts";
import { jws } from "../../support/ledger-samples.ts";

const roundTrip = (...items: SealedRecord[]): SealedRecord[] => unpackRecords(packRecords(items));

describe("a pack of evidence", () => {
  test.each([
    ["a statement alone", { statement: jws(1) }],
    ["keys alone, and nothing", { keys: Buffer.alloc(96, 7) }, {}],
    ["no keys but a response", { response: jws(-1) }],
    [
      "headers that repeat, and one that is new",
      { statement: jws(1), response: jws(-1) },
      { statement: jws(2) },
      { response: jws(-3), statement: `e30.e30.${"_-".repeat(43)}` },
    ],
    ["empty parts", { statement: ".." }, { statement: "", response: "." }],
    ["a text of the greatest length", { statement: "x".repeat(65_535), keys: Buffer.alloc(64) }],
  ] as [string, ...SealedRecord[]][])("gives back %s", (...[, ...items]) => {
    expect(roundTrip(...items)).toEqual(items);
  });

  test("gives back every text, also one that its octets would not be spelt as", () => {
    const texts = [
      "a.b",
      "a.b.c.d",
      "AAAA.AAAA",
      "QQ==.QQ.QQ",
      "QR.QQ.QQ",
      "QQ.QR.QQ",
      "QQ.QQ.QR",
      "QUK.QQ.QQ",
      "QUJ.QQ.QQ",
      "A.QQ.QQ",
      "AAAAA.QQ.QQ",
      "QQ.A A.QQ",
      "QQ.A\nAA.QQ",
      "+A.QQ.QQ",
      "QQ./w.QQ",
      "QQ.ł.QQ",
      "ŁŁ.QQ.QQ",
      "QQQŁ.QQ.QQ",
      "QQ.ŁQQQ.QQ",
      "QQ.QQ.QQŁQ",
      "QQ.QQ.€",
    ];
    for (const part of ["", "A", "Q!", "Q=", "QQ", "QUI", "QUI=", "====", "QUJD", "QUJDR", "Q-_D"])
      texts.push(`${part}.QUJD.QQ`, `QUJD.${part}.QQ`, `QUJD.QQ.${part}`);
    for (const text of texts)
      expect(roundTrip({ statement: text, response: jws(1) }, { response: text })).toEqual([
        { statement: text, response: jws(1) },
        { response: text },
      ]);
  });

  test("keeps a JWS a quarter shorter than its text, and the header of many once", () => {
    const statement = jws(1);
    const [one, hundred] = [packRecords([{ statement }]), packRecords(Array.from({ length: 100 }, () => ({ statement })))].map(
      ({ length }) => length,
    );
    const header = statement.indexOf(".");
    expect(one).toBeLessThan(statement.length * 0.75 + 12);
    expect(hundred).toBeLessThan(100 * ((statement.length - header) * 0.75 + 8) + header);
  });

  test("that is cut off is refused, wherever", () => {
    const pack = packRecords([{ statement: jws(1), keys: Buffer.alloc(64) }]);
    for (let end = 1; end < pack.length; end++) expect(() => unpackRecords(pack.subarray(0, end))).toThrow(RangeError);
  });
});
