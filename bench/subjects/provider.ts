/**
 * The provider: answers fixed records at once, so that what is measured is what stands before it. With a key it signs
 * each answer, and if it shall only work as if it did, it keeps the signature to itself. `node provider.ts PORT
 * [KEY.pem [in-vain]]`
 */
import { createHash, createPrivateKey, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { sha256 } from "../../src/base/bytes.ts";
import { formatDigest } from "../../src/trust/content-digest.ts";
import { algorithmFor } from "../../src/trust/algorithms.ts";
import { signJws, thumbprint } from "../../src/trust/sign.ts";
import { provider, service } from "./manifests.ts";
import { collectionPath, pathOf, recordsOf, sizes } from "./records.ts";

const [port, keyFile, inVain] = process.argv.slice(2);
const privateKey = keyFile === undefined ? undefined : createPrivateKey(readFileSync(keyFile));
const key = privateKey === undefined ? undefined : { privateKey, alg: algorithmFor(privateKey)!, kid: thumbprint(privateKey) };

const records = new Map(sizes.map((size) => [pathOf(size), recordsOf(size)]));
const filed = recordsOf(1);
const digests = new Map([filed, ...records.values()].map((content) => [content, formatDigest(sha256(content))]));
const ctype = "application/json";

/** Protocol §3. */
function sign(request: IncomingMessage, status: number, content: Buffer): string | undefined {
  const statement = request.headers["spl-signature"];
  if (key === undefined || typeof statement !== "string") return undefined;
  const octets = Buffer.from(statement.split(".")[1]!, "base64url");
  const { iss } = JSON.parse(octets.toString()) as { iss: string };
  const claims = {
    iss: provider,
    aud: iss,
    iat: Math.floor(Date.now() / 1000),
    jti: randomBytes(16).toString("base64url"),
    exchange: request.headers["spl-exchange"],
    service,
    req: createHash("sha256").update(octets).digest("base64url"),
    status,
    ctype,
    digest: digests.get(content),
  };
  return signJws({ alg: key.alg, kid: key.kid, typ: "spl-res+jwt" }, Buffer.from(JSON.stringify(claims)), key);
}

createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const answer = (status: number, content: Buffer): void => {
    const signature = sign(request, status, content);
    response
      .writeHead(status, {
        "Content-Type": ctype,
        "Content-Length": content.length,
        ...(signature === undefined || inVain !== undefined ? {} : { "Spl-Signature": signature }),
      })
      .end(content);
  };
  if (request.method === "POST" && request.url === collectionPath) {
    request.resume().on("end", () => answer(201, filed));
    return;
  }
  const found = records.get(request.url ?? "");
  if (found === undefined) response.writeHead(404).end();
  else answer(200, found);
}).listen(Number(port), "127.0.0.1");
