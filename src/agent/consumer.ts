import * as http from "node:http";
import * as https from "node:https";
import { signStatement, claimsFor, type Intention, type SigningKey } from "../trust/sign.ts";

/** One signed request and its answer. */
export interface Sent {
  readonly statement: string;
  readonly claims: Buffer;
  readonly content: Buffer;
  readonly status: number;
  /** By lower-cased name; repeated fields joined with a comma. */
  readonly fields: Readonly<Record<string, string>>;
  readonly answer: Buffer;
}

export interface Sending extends Omit<Intention, "nowSeconds"> {
  readonly key: SigningKey;
  /** Further fields, such as `Prefer` or `Accept-Language`. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly nowMs?: number;
}

/** Signs a request and sends it to the gateway at `aud`, as an agency's application does. Rejects if there is no answer. */
export async function send(sending: Sending): Promise<Sent> {
  const claims = claimsFor({ ...sending, nowSeconds: Math.floor((sending.nowMs ?? Date.now()) / 1000) });
  const statement = signStatement(claims, sending.key);
  return transmit({ ...sending, statement, digest: claims.digest, content: sending.content ?? Buffer.alloc(0) });
}

export interface Transmission {
  readonly aud: string;
  readonly method: string;
  readonly target: string;
  readonly statement: string;
  readonly digest: string;
  readonly content: Buffer;
  readonly contentType?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** Sends a signed statement with any content, matching or not: an attacker can do the same. */
export function transmit({ aud, method, target, statement, digest, content, contentType, fields }: Transmission): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const gateway = new URL(aud);
    const outgoing = (gateway.protocol === "https:" ? https : http).request(gateway, {
      method,
      path: target,
      agent: false,
      headers: {
        ...fields,
        "Content-Digest": digest,
        "Spl-Signature": statement,
        ...(content.length === 0 ? undefined : { "Content-Type": contentType, "Content-Length": content.length }),
      },
    });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () =>
        resolve({
          statement,
          claims: Buffer.from(statement.split(".")[1] ?? "", "base64url"),
          content,
          status: incoming.statusCode ?? 0,
          fields: Object.fromEntries(
            Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
          ),
          answer: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.end(content);
  });
}
