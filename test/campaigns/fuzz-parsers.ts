import { readFileSync } from "node:fs";
import { BlockList, isIP, type Socket } from "node:net";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { decodeBase64, decodeBase64url } from "../../src/base/bytes.ts";
import { isInside, networksOf } from "../../src/base/networks.ts";
import { Problem } from "../../src/base/problem.ts";
import { isPath, isQuery } from "../../src/base/request-target.ts";
import { languageOf } from "../../src/base/text.ts";
import { cidrs } from "../../src/config/parsers.ts";
import { parseJson } from "../../src/contract/json.ts";
import { readMediaType } from "../../src/contract/media-type.ts";
import { readRequestHead } from "../../src/exchange/head.ts";
import { prefers } from "../../src/exchange/preference.ts";
import { peersBehind } from "../../src/http/public/peer.ts";
import { readProxyHeader } from "../../src/http/public/proxy-header.ts";
import { judgeFirstLine } from "../../src/http/public/request-line.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { parseNote, parseVkey } from "../../src/ledger/note.ts";
import { parseJsonLeaf } from "../../src/ledger/read-leaf.ts";
import { formatReceipt, parseReceipt } from "../../src/ledger/receipt.ts";
import { decodeEntryBundle, encodeEntryBundle, formatTilePath, parseTilePath } from "../../src/ledger/tiles.ts";
import { readSource } from "../../src/source/source.ts";
import { carryTrace } from "../../src/telemetry/trace.ts";
import { digestForm } from "../../src/trust/content-digest.ts";
import { readJws } from "../../src/trust/jws.ts";
import { readStatement } from "../../src/trust/statement.ts";
import { parseStrictJson } from "../../src/trust/strict-json.ts";
import { checkBundle } from "../../src/verify/check-bundle.ts";

/** A parser of bytes that others send, with what must hold of every input. */
export interface FuzzedParser {
  /** Right inputs, and parts of them, from which inputs are made. */
  readonly seeds: readonly string[];
  /**
   * What is wrong with how it takes this input, `undefined` if nothing is. A parser that throws is wrong. `text` has one character a
   * byte.
   */
  readonly judge: (text: string) => string | undefined;
  /** How often it takes an input of the size of the others' work; one by default. */
  readonly share?: number;
}

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, "../../docs/protocol-vectors.json"), "utf8")) as {
  readonly statement: { readonly jws: string };
  readonly log: { readonly checkpoints: Readonly<Record<string, string>> };
  readonly keys: { readonly log: { readonly vkey: string } };
  readonly leaves: readonly { readonly leaf: string }[];
  readonly receipt: { readonly field: string };
  readonly bundle: string;
};

const bytesOf = (text: string): Buffer => Buffer.from(text, "latin1");
const wrongIf = (wrong: boolean, what: string): string | undefined => (wrong ? what : undefined);

/** `true` where this ends in a value or in a refusal of ours. */
function isJudged(judge: () => unknown): boolean {
  try {
    judge();
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code !== "internal") return true;
    throw error;
  }
}

const authority = { publicOrigin: "http://spl.test", authority: "spl.test", maxPathBytes: 2048 };
const path = "/r1/ID-16.03/GOV/dukcapil/siak/warga/v1/catatan/1";
const digest = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(bytesOf(text).toString("utf8")) as unknown;
  } catch {
    return jsonOf;
  }
}

/** Base64 by its definition: the second opinion on Node's decoder. */
function isCanonicalBase64(text: string, alphabet: string, padded: boolean): boolean {
  const body = padded ? text.replace(/={1,2}$/, "") : text;
  if (padded && text.length % 4 !== 0) return false;
  if (body.length % 4 === 1 || [...body].some((letter) => !alphabet.includes(letter))) return false;
  const unused = [0, 0, 4, 2][body.length % 4]!;
  return unused === 0 || alphabet.indexOf(body.at(-1)!) % 2 ** unused === 0;
}
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const proxies = new BlockList();
proxies.addAddress("127.0.0.1");
const fromProxy = { remoteAddress: "127.0.0.1" } as Socket;

const jsonSeeds = [
  '{"a":1,"b":[true,null,"x"]}',
  '{"a":{"a":2}}',
  "9007199254740991",
  '"\\u0061"',
  "[[[[]]]]",
  '{"__proto__":1}',
  "1e3",
  "-0",
];

export const fuzzedParsers: Readonly<Record<string, FuzzedParser>> = {
  "first line": {
    seeds: ["GET / HTTP/1.1\r\n", "POST ", "\r\n", "HTTP/2.0", "  "],
    judge: (text) => wrongIf(!["more", "right", "wrong"].includes(judgeFirstLine(bytesOf(text), 100)), "no verdict"),
  },
  "request target": {
    seeds: [path, "?a=b&c=%C3%A9", "%2e", "/../", ";", "//", "%zz", "\\"],
    judge: (text) => {
      // The URL parser of the platform is the second opinion: what is taken means the same there.
      if (text.startsWith("/") && isPath(text) && new URL(`http://a${text}`).pathname !== text)
        return "the path is another to a URL parser";
      if (text.startsWith("?") && isQuery(text) && text !== "?" && new URL(`http://a/${text}`).search.length < text.length)
        return "the query loses bytes";
      return undefined;
    },
  },
  "request head": {
    seeds: [
      `Host\nspl.test\nContent-Digest\n${digest}`,
      "\nSpl-Signature\na",
      "\nTransfer-Encoding\nchunked",
      "\nSpl_Signature\n",
      "\nPrefer\nreceipt=full",
    ],
    judge: (text) => {
      const fields = text.split("\n");
      const message = {
        method: "GET",
        httpVersion: "1.1",
        target: path,
        fields: fields.slice(0, fields.length & ~1),
        peer: { address: "" },
      };
      const whole = { ...message, receivedAt: 0, gone: () => false, readContent: () => Promise.reject(new Error()) };
      return wrongIf(!isJudged(() => readRequestHead(whole, authority)), "");
    },
  },
  JWS: {
    seeds: [vectors.statement.jws, ".", "eyJ", "="],
    judge: (text) => {
      const jws = readJws(text);
      if (typeof jws === "string") return undefined;
      const again = [jws.octets, jws.signature].map((part) => part.toString("base64url"));
      return wrongIf(!isDeepStrictEqual(text.split(".").slice(1), again), "another spelling of the same bytes");
    },
  },
  statement: {
    seeds: [vectors.statement.jws, ".", "eyJ"],
    judge: (text) => wrongIf(typeof readStatement(text) !== "object", "neither statement nor words"),
  },
  "strict JSON": {
    seeds: jsonSeeds,
    judge: (text) => {
      const value = parseStrictJson(bytesOf(text));
      return wrongIf(value !== undefined && !isDeepStrictEqual(value, jsonOf(text)), "another value than JSON.parse");
    },
  },
  "JSON of contents": {
    seeds: jsonSeeds,
    judge: (text) => {
      const read = parseJson(bytesOf(text));
      if ("wrong" in read) return wrongIf(parseStrictJson(bytesOf(text)) !== undefined, "stricter than the strict one");
      return wrongIf(!isDeepStrictEqual(read.value, jsonOf(text)), "another value than JSON.parse");
    },
  },
  base64url: {
    seeds: ["", "AA", "AAE", "_-8", "=", "A", "+/"],
    judge: (text) => wrongIf((decodeBase64url(text) !== undefined) !== isCanonicalBase64(text, `${letters}-_`, false), "canonical or not"),
  },
  base64: {
    seeds: ["", "AA==", "AAE=", "+/8=", "=", "A", "_-"],
    judge: (text) => wrongIf((decodeBase64(text) !== undefined) !== isCanonicalBase64(text, `${letters}+/`, true), "canonical or not"),
  },
  "content digest": {
    seeds: [digest, "sha-512=:", ":, sha-256=:", "="],
    judge: (text) => wrongIf(digestForm.test(text) && decodeBase64(text.slice(9, -1))?.length !== 32, "no hash"),
  },
  "media type": {
    seeds: ["application/json", "; charset=utf-8", ';a="b;c"', "*/*", ";", '"'],
    judge: (text) => {
      const type = readMediaType(text)?.type;
      return wrongIf(type !== undefined && !/^[^\s/]+\/[^\s/]+$/.test(type), "no type");
    },
  },
  "PROXY protocol": {
    seeds: [
      "PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\r\n",
      "PROXY UNKNOWN\r\n",
      "\r\n\r\n\0\r\nQUIT\n!\x11\0\x0c\xc0\0\x02\x07\x0a\0\0\x01\x12\x67\0\x50",
      "\r\n\r\n\0\r\nQUIT\n",
    ],
    judge: (text) => {
      const header = readProxyHeader(bytesOf(text));
      if (typeof header === "string") return undefined;
      if (header.address !== undefined && isIP(header.address) === 0) return "no address";
      return wrongIf(header.bytes > text.length || header.bytes > 536, "more bytes than there are");
    },
  },
  CIDR: {
    seeds: ["10.0.0.0/8", "2001:db8::/32", "::ffff:1.2.3.4/128", ",", "/", "0"],
    judge: (text) => {
      const list = cidrs.parse(text, "/");
      if (list === undefined) return undefined;
      const networks = networksOf(list);
      return wrongIf(!list.every((cidr) => isInside(networks, cidr.split("/")[0]!)), "an address is outside its own network");
    },
  },
  Forwarded: {
    seeds: ['for=192.0.2.1;proto=https, for="[2001:db8::17]:4711"', "for=unknown", '"', ";", ",", "\\"],
    judge: (text) => {
      const { address } = peersBehind({ networks: proxies, field: "forwarded" })({ socket: fromProxy, rawHeaders: ["Forwarded", text] });
      return wrongIf(address !== "" && isIP(address) === 0, "no address");
    },
  },
  "X-Forwarded-For": {
    seeds: ["192.0.2.1, 127.0.0.1", "[2001:db8::1]:80", "unknown", ",", ":"],
    judge: (text) => {
      const { address } = peersBehind({ networks: proxies, field: "x-forwarded-for" })({
        socket: fromProxy,
        rawHeaders: ["X-Forwarded-For", text],
      });
      return wrongIf(address !== "" && isIP(address) === 0, "no address");
    },
  },
  Prefer: {
    seeds: ["receipt=full", 'RECEIPT="full"; x=y', ",", '"', "\\"],
    judge: (text) => wrongIf(typeof prefers(text, "receipt", "full") !== "boolean", "no verdict"),
  },
  "Accept-Language": {
    seeds: ["id", "en-GB, id;q=0.5", "*", ";q=", ","],
    judge: (text) => wrongIf(!["id", "en"].includes(languageOf(text)), "no language"),
  },
  traceparent: {
    seeds: ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "-", "ff"],
    judge: (text) => wrongIf(!/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}/.test(carryTrace(text)), "no trace"),
  },
  "verifier key": {
    seeds: [vectors.keys.log.vkey, "+", "a+00000000+"],
    judge: (text) => wrongIf(typeof (parseVkey(text)?.name ?? "") !== "string", "no name"),
  },
  note: {
    seeds: [...Object.values(vectors.log.checkpoints), "\n\n", "— a b\n"],
    judge: (text) => {
      const note = parseNote(bytesOf(text).toString("utf8"));
      return wrongIf(note !== undefined && !text.includes("\n\n"), "a note without a blank line");
    },
  },
  checkpoint: {
    seeds: [...Object.values(vectors.log.checkpoints), "\n", "0"],
    judge: (text) => {
      const checkpoint = parseCheckpoint(bytesOf(text).toString("utf8"));
      return wrongIf(
        checkpoint !== undefined && !(Number.isSafeInteger(checkpoint.size) && checkpoint.root.length === 32),
        "no size or root",
      );
    },
  },
  "tile path": {
    seeds: ["0/x001/x234/067", "entries/000.p/17", "63/", "x000", ".p/256"],
    judge: (text) => {
      const name = parseTilePath(text);
      return wrongIf(name !== undefined && formatTilePath(name) !== text, "two paths of one tile");
    },
  },
  "entry bundle": {
    seeds: ["\0\x05abcde", "\0\0", "\xff\xff", "\0"],
    judge: (text) => {
      const leaves = decodeEntryBundle(bytesOf(text));
      return wrongIf(!bytesOf(text).subarray(0, encodeEntryBundle(leaves).length).equals(encodeEntryBundle(leaves)), "other bytes");
    },
  },
  leaf: {
    seeds: vectors.leaves.map(({ leaf }) => leaf),
    judge: (text) => wrongIf(typeof (parseJsonLeaf(bytesOf(text)) ?? {}) !== "object", "no leaf"),
  },
  receipt: {
    seeds: [vectors.receipt.field, "leaf=:", ":, ", "index=0"],
    judge: (text) => {
      const receipt = parseReceipt(text);
      if (receipt === undefined) return undefined;
      const { open, ...rest } = receipt;
      return wrongIf(!isDeepStrictEqual(parseReceipt(formatReceipt({ ...rest, keys: open })), receipt), "not the same when written again");
    },
  },
  "evidence bundle": {
    seeds: [vectors.bundle],
    judge: (text) => wrongIf(!Array.isArray(checkBundle(bytesOf(text))), "no findings"),
    share: 0.02,
  },
  "YAML and JSON files": {
    seeds: ["a: 1\nb: [x, y]\n", "&a", "*a", "? ", "!!omap", "%YAML 1.1\n---\n", '{"a":1}', "a: |\n  b\n", ".inf", "<<: *a"],
    judge: (text) => {
      const { source, faults } = readSource("a.yaml", bytesOf(text).toString("utf8"));
      return wrongIf((source === undefined) !== faults.length > 0, "a source and faults, or neither");
    },
    share: 0.05,
  },
};
