import { describe, expect, it } from "vitest";
import { matchSegment, readSegmentTemplate } from "../../src/contract/path-segment.ts";
import { createRouter } from "../../src/contract/router.ts";

describe("a segment with names in it", () => {
  it.each<[string, string, readonly string[] | undefined]>([
    ["{kode}", "A-1", ["A-1"]],
    ["{kode}", "", undefined],
    ["peta.{jenis}", "peta.png", ["png"]],
    ["peta.{jenis}", "peta.", undefined],
    ["peta.{jenis}", "petapng", undefined],
    ["{z}-{x}", "10-20", ["10", "20"]],
    ["{z}-{x}", "10-", undefined],
    ["{z}-{x}", "-20", undefined],
    ["{z}-{x}", "-", undefined],
    ["{z}-{x}", "a-b-c", ["a-b", "c"]],
    ["{z}-{x}", "a--", ["a", "-"]],
    ["{nama}.{jenis}", "a.b.csv", ["a.b", "csv"]],
    ["{a}aa{b}", "xaaaay", ["xaa", "y"]],
    ["{a}aa{b}", "aaaa", ["a", "a"]],
    ["({id},{versi})", "(7,2)", ["7", "2"]],
    ["({id},{versi})", "(7,2", undefined],
    ["ab{x}ba", "aba", undefined],
    ["{x}%20", "a%20", ["a"]],
    ["{x}%2f", "a%2f", undefined],
  ])("%s of %s", (template, segment, expected) => {
    const texts = readSegmentTemplate(template);
    expect(texts === undefined ? undefined : matchSegment(texts, segment)).toEqual(expected);
  });

  it.each(["{a}{b}", "x{a}{b}y", "abc", "{}", "{a", "a}", "", "{a}/", "{a}é"])("is none: %s", (segment) => {
    expect(readSegmentTemplate(segment)).toBeUndefined();
  });

  it("matches a long segment in steps that do not grow with the ways to match it", () => {
    const texts = readSegmentTemplate("{a}-{b}-{c}-{d}-{e}-{f}-{g}-{h}")!;
    expect(matchSegment(texts, `${"-".repeat(2000)}!`)?.slice(1)).toHaveLength(7);
    expect(matchSegment(texts, "a-".repeat(5))).toBeUndefined();
  });
});

describe("a router", () => {
  const router = createRouter(
    new Map(
      ["/berkas/{kode}", "/berkas/terbaru", "/berkas/{kode}.{jenis}", "/berkas/{kode}.csv", "/berkas/", "/{a}/b", "/x/{c}"].map((path) => [
        path,
        path,
      ]),
    ),
  );

  it.each([
    ["/berkas/A1", "/berkas/{kode}", ["A1"]],
    ["/berkas/terbaru", "/berkas/terbaru", []],
    ["/berkas/A1.pdf", "/berkas/{kode}.{jenis}", ["A1", "pdf"]],
    ["/berkas/A1.csv", "/berkas/{kode}.csv", ["A1"]],
    ["/berkas/", "/berkas/", []],
    ["/x/b", "/x/{c}", ["b"]],
    ["/y/b", "/{a}/b", ["y"]],
  ])("finds %s by %s: fixed text comes first, then more of it", (path, found, segments) => {
    expect(router.find(path)).toEqual({ found, segments });
  });

  it.each(["/berkas", "/berkas//", "berkas/A1", "/y/c", "/berkas/A1/"])("finds nothing at %s", (path) => {
    expect(router.find(path)).toBeUndefined();
  });
});
