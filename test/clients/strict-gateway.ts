import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { compactVerify, importJWK } from "jose";
import type { JWK } from "jose";

export interface KnownKey {
  readonly kid: string;
  readonly alg: string;
  readonly owner: string;
  readonly jwk: JWK;
}

export interface Accepted {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly content: Buffer;
  readonly fields: IncomingMessage["headers"];
}

/** What it answers to a statement without fault: octets that a careless client would alter on the way to standard output. */
export const answerContent = Buffer.from("baris pertama\r\n\0\xff\n\nbaris terakhir\n", "latin1");

/** As of a version that will be replaced. */
export const ending = { Deprecation: "@1767225600", Sunset: "Wed, 01 Apr 2026 00:00:00 GMT" };

class Refusal extends Error {}

function demand(holds: boolean, code: string): asserts holds {
  if (!holds) throw new Refusal(code);
}

const claimForms: Readonly<Record<string, (value: unknown) => boolean>> = {
  iss: (value) => typeof value === "string",
  aud: (value) => typeof value === "string",
  iat: Number.isSafeInteger,
  exp: Number.isSafeInteger,
  jti: (value) => typeof value === "string" && /^[A-Za-z0-9_-]{22,64}$/.test(value),
  htm: (value) => typeof value === "string",
  htu: (value) => typeof value === "string",
  htq: (value) => typeof value === "string",
  ctype: (value) => typeof value === "string",
  digest: (value) => typeof value === "string",
  purpose: (value) => typeof value === "string",
};
const optional = new Set(["ctype", "purpose"]);

/** Judges one request by protocol §2 and §2.1 alone, with jose and no code of the project; throws a `Refusal` with the problem code. */
async function judge(
  origin: string,
  keys: readonly KnownKey[],
  seen: Set<string>,
  request: IncomingMessage,
  content: Buffer,
): Promise<Accepted> {
  const names = request.rawHeaders.filter((_, place) => place % 2 === 0).map((name) => name.toLowerCase());
  for (const once of ["host", "content-type", "content-length", "content-digest", "spl-signature"]) {
    demand(names.filter((name) => name === once).length <= 1, "request-malformed");
  }
  for (const refused of ["content-encoding", "range", "if-none-match", "if-modified-since", "if-match"])
    demand(!names.includes(refused), "request-malformed");
  const { "spl-signature": statement, "content-digest": digest, "content-type": contentType, host } = request.headers;
  demand(`http://${host}` === origin, "request-malformed");
  demand((contentType === undefined) === (content.length === 0), "request-malformed");
  demand(typeof statement === "string", "statement-missing");
  demand(statement.length <= 4096, "statement-invalid");

  const key = await compactVerify(statement, async (header) => {
    demand(Object.keys(header).sort().join() === "alg,kid,typ" && header.typ === "spl-req+jwt", "statement-invalid");
    const known = keys.find((candidate) => candidate.kid === header.kid);
    demand(known !== undefined, "key-unknown");
    demand(known.alg === header.alg, "key-invalid");
    return importJWK(known.jwk, known.alg);
  }).catch((fault: unknown) => {
    throw fault instanceof Refusal ? fault : new Refusal("signature-invalid");
  });
  const claims = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(key.payload)) as Record<string, unknown>;
  demand(
    Object.entries(claims).every(([name, value]) => name.startsWith("x_") || claimForms[name]?.(value) === true),
    "statement-invalid",
  );
  demand(
    Object.keys(claimForms).every((name) => optional.has(name) || name in claims),
    "statement-invalid",
  );

  const now = Date.now() / 1000;
  const { iat, exp, jti } = claims as { iat: number; exp: number; jti: string };
  demand(exp - iat <= 300 && iat <= now + 5 && exp > now, "statement-expired");
  const [path] = request.url!.split("?", 1) as [string];
  const expected = {
    iss: keys.find((candidate) => candidate.kid === key.protectedHeader.kid)?.owner,
    aud: origin,
    htm: request.method,
    htu: origin + path,
    htq: request.url!.slice(path.length),
    ctype: contentType,
    digest,
  };
  for (const [name, value] of Object.entries(expected)) demand(claims[name] === value, "statement-invalid");
  demand(!seen.has(jti), "replayed");
  seen.add(jti);
  demand(claims["purpose"] !== "tanpa-izin", "not-granted");
  demand(digest === `sha-256=:${createHash("sha256").update(content).digest("base64")}:`, "digest-mismatch");
  return { claims, content, fields: request.headers };
}

/** A gateway's front on a free port of loopback, without a ledger or a provider: it only judges statements. */
export async function strictGateway(keys: readonly KnownKey[]): Promise<{ origin: string; accepted: Accepted[]; close(): Promise<void> }> {
  const accepted: Accepted[] = [];
  const seen = new Set<string>();
  let origin = "";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      judge(origin, keys, seen, request, Buffer.concat(chunks)).then(
        (call) => {
          accepted.push(call);
          response.writeHead(200, {
            "Content-Type": "application/octet-stream",
            "Spl-Exchange": "01900000-0000-7000-8000-000000000000",
            "X-Other": "1",
            ...ending,
          });
          response.end(answerContent);
        },
        (fault: unknown) => {
          const code = fault instanceof Refusal ? fault.message : "internal";
          response.writeHead(403, { "Content-Type": "application/problem+json", "Spl-Problem": code });
          response.end(JSON.stringify({ code }));
        },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    accepted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
