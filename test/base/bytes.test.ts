import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decodeBase64, decodeBase64url, sha256 } from "../../src/base/bytes.ts";
import { randomOctets } from "../../src/base/uuid.ts";

describe("base64url (protocol §1)", () => {
  it.each([
    ["", ""],
    ["-_8", "fbff"],
    ["AA", "00"],
    ["AAEC", "000102"],
  ])("%j is the bytes %s", (text, hex) => {
    expect(decodeBase64url(text)?.toString("hex")).toBe(hex);
  });

  it.each(["AA==", "+/8", "AB", "A", "AAA A", "AA\n", "AA.", "ĀĀ", "AAAAé", "\0\0"])("%j is not", (text) => {
    expect(decodeBase64url(text)).toBeUndefined();
  });
});

describe("base64 (protocol §1)", () => {
  it.each(["AA", "-_8=", "AB==", "AA==\n", "ĀA=="])("%j is not", (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});

describe("H", () => {
  it.each(["", "abc", "ID-16.03/GOV/dinsos/bansos é"])("of the string %j is that of its UTF-8", (text) => {
    expect(sha256(text)).toEqual(createHash("sha256").update(text).digest());
    expect(sha256(Buffer.from(text))).toEqual(sha256(text));
  });
});

describe("random octets", () => {
  it("are handed out once, whatever was handed out before, and belong to whom they were given", () => {
    const given = Array.from({ length: 2000 }, (_, i) => randomOctets(16 + (i % 17)));
    const before = given.map((octets) => octets.toString("hex"));
    expect(new Set(before.map((hex) => hex.slice(0, 32))).size).toBe(given.length);
    given.filter((_, i) => i % 2 === 0).forEach((octets) => octets.fill(0));
    expect(given.filter((_, i) => i % 2 === 1).map((octets) => octets.toString("hex"))).toEqual(before.filter((_, i) => i % 2 === 1));
  });
});
