import { describe, expect, it } from "vitest";
import { mayExplode } from "../../../src/contract/check/exploding-pattern.ts";

describe("a pattern that", () => {
  it.each([
    "^(a+)+$",
    "(a|aa)+$",
    "^(.*,)*x$",
    "(x+x+)+y",
    "^(\\d+|\\d+\\.\\d+)*$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "^[ \\t]*(a*)*$",
    "^(a|b|ab)*c$",
    "^(([0-9]+)?,?)*$",
    "(a*b*)*",
    "^([A-Z]{1,2}){1,30}$",
    "^([a-z]{1,40} ?){1,20}$",
    "^(a?){50}a{50}$",
    "^(?:\\w|[a-z])+$",
    "^([^x]|y)*$",
  ])("%s leads two ways over the same text back to one place: it may explode", (pattern) => expect(mayExplode(pattern)).toBe(true));

  it.each([
    "^[0-9]{16}$",
    "^([a-z0-9]+-)*[a-z0-9]+$",
    "^[A-Z][0-9]{2}([.][0-9]{1,2})?$",
    "^\\S(?:.*\\S)?$",
    "^[\\w.-]+@[\\w.-]+\\.\\w+$",
    "^[a-z]+(\\.[a-z]+)*$",
    "^([a-z]{2})*$",
    "^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}$",
    "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    "^(\\+62|0)[0-9]{8,13}$",
    "^(a|ab|abc){20}$",
    "\\p{L}+",
    "^(?:a|[b-z]b)*$",
    "^(?:\\d|\\D)*$",
    "^RJK-[0-9]{6}$",
  ])("%s is read in one way only, and does not", (pattern) => expect(mayExplode(pattern)).toBe(false));

  it("is no regular expression explodes nothing: another rule complains of it", () => expect(mayExplode("([")).toBe(false));

  it("is too long to tell is taken to explode", () => {
    expect(mayExplode(`^${"(a|b)".repeat(300)}$`)).toBe(true);
    expect(mayExplode(`^(?:${Array.from({ length: 200 }, (_, index) => `k${String.fromCharCode(0x4e00 + index)}`).join("|")})*$`)).toBe(
      true,
    );
  });
});
