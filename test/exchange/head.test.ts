import { describe, expect, it } from "vitest";
import { readRequestHead } from "../../src/exchange/head.ts";
import type { Message } from "../../src/base/message.ts";
import { emptyDigest } from "../../src/trust/content-digest.ts";

const path = "/r1/ID-16.03/GOV/disdukcapil/siak/penduduk/v1";

function head(over: { method?: string; target?: string; fields?: string[] } = {}) {
  const { method, target, fields = [] } = over;
  return read(["Host", "spl.test", "Content-Digest", emptyDigest, ...fields], {}, method, target);
}

function read(fields: string[], of: { publicOrigin?: string; authority?: string } = {}, method = "GET", target = `${path}/a`) {
  const message: Message = {
    method,
    httpVersion: "1.1",
    target,
    fields,
    peer: { address: "127.0.0.1" },
    receivedAt: 0,
    readContent: () => Promise.reject(new Error("check 1 reads no content")),
    gone: () => false,
  };
  return readRequestHead(message, { publicOrigin: "http://spl.test", authority: "spl.test", maxPathBytes: 2048, ...of });
}

const malformed = expect.objectContaining({ code: "request-malformed" }) as Error;

describe("check 1: framing, names, path", () => {
  it("takes the path apart without decoding it", () => {
    expect(head({ target: `${path}/a%20b/%C3%A9/?q=%2f` })).toMatchObject({
      service: "ID-16.03/GOV/disdukcapil/siak/penduduk/v1",
      rest: "/a%20b/%C3%A9/",
      query: "?q=%2f",
    });
  });

  it.each([
    ["none", "", ""],
    ["an empty one", "?", "?"],
    ["one with a question mark", "?a=b?c", "?a=b?c"],
  ])("keeps the query as sent: %s", (_, sent, kept) => expect(head({ target: `${path}/a${sent}` }).query).toBe(kept));

  it("may be as long as the limit, and no longer", () => {
    const full = `${path}/`.padEnd(2048, "a");
    expect(head({ target: full }).path).toBe(full);
    expect(() => head({ target: `${full}a` })).toThrow(malformed);
  });

  it.each(["/", "/r1", "/r1/ID-16.03/GOV/disdukcapil/siak/penduduk", "/r2/a"])("names no service version by %s", (target) =>
    expect(head({ target }).service).toBeUndefined(),
  );

  it.each([
    `${path}//a`,
    `${path}/./a`,
    `${path}/../a`,
    `${path}/..`,
    `${path}/a;b`,
    `${path}/a\\b`,
    `${path}/a#b`,
    `${path}/%41`,
    `${path}/%2D`,
    `${path}/%2F`,
    `${path}/%5C`,
    `${path}/%25`,
    `${path}/%00`,
    `${path}/%0A`,
    `${path}/%7F`,
    `${path}/%7E`,
    `${path}/%c3%a9`,
    `${path}/%C`,
    `${path}/%`,
    `${path}/é`,
    `${path}/a b`,
    `${path}/"`,
    `${path}/<`,
    `${path}/%252e%252e`,
    "//",
    "*",
    "http://spl.test/r1/",
    `http://spl.test${path}/a`,
    `${path}/a?b c`,
    `${path}/a?%zz`,
    `${path}/a?"`,
    `/r1/ID 16`,
    `/r1/ID_16/GOV/a/b/c/v1`,
    `/r1/ID-16.03/GOV/dis-duk/siak/penduduk/v1`,
    `/r1/ID-16.03/GOV/disdukcapil/siak/penduduk/1`,
    `/r1/ID-16.03/GOV/disdukcapil/siak/penduduk/v01`,
  ])("refuses the request-target %s", (target) => expect(() => head({ target })).toThrow(malformed));

  it.each(["OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", ""])("refuses the method %s", (method) =>
    expect(() => head({ method })).toThrow(malformed),
  );

  it.each([
    ["a second Host", ["Host", "spl.test"]],
    ["a second Content-Digest", ["Content-Digest", emptyDigest]],
    ["a second Spl-Signature", ["Spl-Signature", "a", "spl-signature", "b"]],
    ["an Spl field with an underscore", ["Spl_Signature", "a"]],
    ["an Spl field with one underscore among hyphens", ["spl-foo_bar", "a"]],
    ["Content-Encoding", ["Content-Encoding", "gzip"]],
    ["Range", ["Range", "bytes=0-1"]],
    ["If-None-Match", ["If-None-Match", '"a"']],
    ["If-Modified-Since", ["If-Modified-Since", "x"]],
    ["X-HTTP-Method-Override", ["X-HTTP-Method-Override", "DELETE"]],
    ["content on GET", ["Content-Length", "2"]],
    ["chunked content on GET", ["Transfer-Encoding", "chunked"]],
  ])("refuses %s", (_, fields) => expect(() => head({ fields })).toThrow(malformed));

  it.each([
    ["another Host", ["Host", "evil.test", "Content-Digest", emptyDigest]],
    ["no Host", ["Content-Digest", emptyDigest]],
    ["no Content-Digest", ["Host", "spl.test"]],
    ["a Content-Digest of two algorithms", ["Host", "spl.test", "Content-Digest", `${emptyDigest}, sha-512=:AA==:`]],
    [
      "a Content-Digest whose last digit has bits to spare",
      ["Host", "spl.test", "Content-Digest", emptyDigest.replace("=:", "=:").replace(/.=:$/, "V=:")],
    ],
    ["an upper-case algorithm", ["Host", "spl.test", "Content-Digest", emptyDigest.replace("sha", "SHA")]],
  ])("refuses %s", (_, fields) => expect(() => read(fields)).toThrow(malformed));

  it.each([
    ["in capitals", "http://spl.test", "SPL.Test"],
    ["with the default port", "http://spl.test", "spl.test:80"],
    ["with an empty port", "http://spl.test", "spl.test:"],
    ["with the default port of https", "https://spl.test", "Spl.test:443"],
    ["with a port of its own", "http://spl.test:8080", "SPL.TEST:8080"],
  ])("F9, RFC 9110 §4.2.3: takes Host %s", (_, publicOrigin, host) => {
    const authority = new URL(publicOrigin).host;
    expect(read(["Host", host, "Content-Digest", emptyDigest], { publicOrigin, authority }).path).toBe(`${path}/a`);
  });

  it.each([
    ["the default port of another scheme", "https://spl.test", "spl.test:80"],
    ["no port where the origin has one", "http://spl.test:8080", "spl.test"],
    ["another port", "http://spl.test", "spl.test:81"],
    ["a dot at the end", "http://spl.test", "spl.test."],
    ["userinfo", "http://spl.test", "a@spl.test"],
    ["two names", "http://spl.test", "spl.test, spl.test"],
  ])("refuses Host with %s", (_, publicOrigin, host) => {
    const authority = new URL(publicOrigin).host;
    expect(() => read(["Host", host, "Content-Digest", emptyDigest], { publicOrigin, authority })).toThrow(malformed);
  });

  it.each([
    ["without framing", []],
    ["with a length of 0", ["Content-Length", "0"]],
  ])("F5, RFC 9110 §8.3: passes over Content-Type without content, %s", (_, fields) => {
    for (const method of ["GET", "HEAD", "POST", "DELETE"])
      expect(head({ method, fields: ["Content-Type", "application/x-www-form-urlencoded", ...fields] }).contentType).toBeUndefined();
  });

  it.each([
    [["Prefer", "receipt=full"], true],
    [["Prefer", "respond-async, receipt=full"], true],
    [["Prefer", "respond-async", "Prefer", "receipt=full"], true],
    [["Prefer", "receipt=fuller"], false],
    [["Prefer", 'receipt="full"'], true],
    [["Prefer", 'Receipt = "Full"'], true],
    [["Prefer", "respond-async, receipt=full; v=1"], true],
    [["Prefer", 'wait=10;x="a, b" , ,receipt=full;'], true],
    [["Prefer", 'receipt="fu\\ll"'], true],
    [["prefer", "RECEIPT=FULL"], true],
    [["Prefer", 'note="a, receipt=full"'], false],
    [["Prefer", 'note="a\\", receipt=full"'], false],
    [["Prefer", "receipt=none, receipt=full"], false],
    [["Prefer", "receipt=none", "Prefer", "receipt=full"], false],
    [["Prefer", "x; receipt=full"], false],
    [["Prefer", "receipt"], false],
    [["Prefer", "receipt="], false],
    [["Prefer", 'receipt="full'], false],
    [["Prefer", ""], false],
  ])("F10, RFC 7240 §2: reads %j", (fields, wants) => expect(head({ fields }).wantsReceipt).toBe(wants));
});
