import { decodeBase64url } from "../base/bytes.ts";
import { parseStrictJson } from "./strict-json.ts";
import { algorithms, type Algorithm } from "./algorithms.ts";

/** A compact JWS (RFC 7515 §7.1) with the header of protocol §2.1, taken apart but not yet verified. */
export interface Jws {
  readonly typ: string;
  readonly kid: string;
  readonly algorithm: Algorithm;
  /** The decoded payload: the octets that are hashed and parsed. */
  readonly octets: Buffer;
  /** `header.payload` as sent: what the signature covers. */
  readonly input: Buffer;
  readonly signature: Buffer;
}

type Header = Pick<Jws, "typ" | "kid" | "algorithm">;

const thumbprintForm = /^[A-Za-z0-9_-]{43}$/;

/** Why a text is not a JWS of this protocol. */
export type JwsFault = "form" | "header" | "algorithm";

/** Decoded headers by their encoded form: a client sends the same header with every statement. */
const remembered = new Map<string, Header>();
const rememberedAtMost = 1024;

/** Splits and decodes strictly: three parts, canonical base64url, exactly `alg`, `kid` and `typ` in the header. */
export function readJws(text: string): Jws | JwsFault {
  const first = text.indexOf(".");
  const second = text.indexOf(".", first + 1);
  if (first < 1 || second < 0 || text.includes(".", second + 1)) return "form";
  const header = readHeader(text.slice(0, first));
  if (typeof header === "string") return header;
  const octets = decodeBase64url(text.slice(first + 1, second));
  const signature = decodeBase64url(text.slice(second + 1));
  if (octets === undefined || signature === undefined) return "form";
  return { ...header, octets, input: Buffer.from(text.slice(0, second), "latin1"), signature };
}

function readHeader(part: string): Header | JwsFault {
  const known = remembered.get(part);
  if (known !== undefined) return known;
  const bytes = decodeBase64url(part);
  const value = bytes === undefined ? undefined : parseStrictJson(bytes);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "form";
  const { alg, kid, typ, ...rest } = value as Record<string, unknown>;
  const algorithm = typeof alg === "string" ? algorithms.get(alg) : undefined;
  if (algorithm === undefined) return "algorithm";
  if (typeof kid !== "string" || !thumbprintForm.test(kid) || typeof typ !== "string" || Object.keys(rest).length > 0) return "header";
  const header = { typ, kid, algorithm };
  if (remembered.size >= rememberedAtMost) remembered.clear();
  remembered.set(part, header);
  return header;
}
