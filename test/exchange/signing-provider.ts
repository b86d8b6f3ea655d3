import type { AnswerClaims } from "../../src/trust/answer-signature.ts";
import { answerClaimsFor, type AnswerTo } from "../../src/trust/sign-answer.ts";
import { signJws, type SigningKey } from "../../src/trust/sign.ts";
import { sha256 } from "../../src/base/bytes.ts";
import { consumer, provider, record, service, type Behaviour, type ReceivedCall, type GatewayFixture } from "../support/gateway-fixture.ts";

/** How one answer of a provider differs from a right one. */
export interface AnswerChange {
  readonly key?: SigningKey;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Claims over the right ones; `undefined` takes one away. */
  readonly claims?: { readonly [Name in keyof AnswerClaims]?: unknown } & Readonly<Record<string, unknown>>;
  readonly status?: number;
  readonly contentType?: string | undefined;
  readonly content?: Buffer;
  /** What is sent in place of the content that was signed. */
  readonly sent?: Buffer;
  /** The `Spl-Signature` fields in place of the right one. */
  readonly fields?: (signature: string) => readonly string[];
  /** Further fields, names and values. */
  readonly further?: readonly string[];
}

/** The `Spl-Exchange` of a request, and the hash of the claims of its statement. */
export function answerTo({ method, rawHeaders }: ReceivedCall): AnswerTo {
  const value = (name: string): string => rawHeaders[rawHeaders.findIndex((field, i) => i % 2 === 0 && field.toLowerCase() === name) + 1]!;
  const statement = sha256(Buffer.from(value("spl-signature").split(".")[1]!, "base64url")).toString("base64url");
  return { method, consumer, service, exchange: value("spl-exchange"), statement };
}

/** A provider that answers as the contract has it and signs, but for what is told. */
export function signing(w: GatewayFixture, over: AnswerChange = {}): Behaviour {
  return (seen, _, response) => {
    const {
      key = w.keys[provider]!,
      status = seen.method === "POST" ? 201 : seen.method === "DELETE" ? 204 : 200,
      fields = (signature) => [signature],
    } = over;
    const contentType = "contentType" in over ? over.contentType : status === 204 ? undefined : "application/json";
    const content = status === 204 ? Buffer.alloc(0) : (over.content ?? record);
    const right = answerClaimsFor({ status, contentType, content }, answerTo(seen), Math.floor(w.clock() / 1000));
    const claims = Object.fromEntries(Object.entries({ ...right, ...over.claims }).filter(([, value]) => value !== undefined));
    const signature = signJws({ alg: key.alg, kid: key.kid, typ: "spl-res+jwt", ...over.header }, Buffer.from(JSON.stringify(claims)), key);
    const sent = over.sent ?? content;
    const lines = fields(signature).flatMap((value) => ["Spl-Signature", value]);
    response.writeHead(status, [
      ...lines,
      ...(over.further ?? []),
      ...(contentType === undefined ? [] : ["Content-Type", contentType]),
      ...(status === 204 ? [] : ["Content-Length", String(sent.length)]),
    ]);
    response.end(seen.method === "HEAD" ? undefined : sent);
  };
}
