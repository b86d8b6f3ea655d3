import { createPublicKey } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PreparedSubject, Setting } from "./prepared.ts";

const readyPath = "/ready";

/**
 * HAProxy that lets a request through when its bearer token verifies (`jwt_verify`), one thread. It knows no replay, no
 * content, no ledger.
 */
export function writeHaproxyConfig({ directory, upstream, port, keys }: Setting): PreparedSubject {
  const pem = (alg: "RS256" | "ES256"): string => {
    const file = join(directory, `${alg}.pem`);
    writeFileSync(file, createPublicKey(keys[alg].privateKey).export({ type: "spki", format: "pem" }));
    return file;
  };
  const file = join(directory, "haproxy.cfg");
  writeFileSync(
    file,
    `global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend bench
  bind 127.0.0.1:${port}
  http-request return status 200 if { path ${readyPath} }
  http-request set-var(txn.bearer) http_auth_bearer
  http-request set-var(txn.alg) var(txn.bearer),jwt_header_query('$.alg')
  http-request deny unless { var(txn.alg) -m str RS256 ES256 }
  http-request deny if { var(txn.alg) -m str RS256 } !{ var(txn.bearer),jwt_verify(txn.alg,"${pem("RS256")}") 1 }
  http-request deny if { var(txn.alg) -m str ES256 } !{ var(txn.bearer),jwt_verify(txn.alg,"${pem("ES256")}") 1 }
  default_backend provider
backend provider
  http-reuse always
  server provider ${new URL(upstream).host}
`,
  );
  const origin = `http://127.0.0.1:${port}`;
  return {
    command: { command: "haproxy", args: ["-db", "-f", file], origin, readyUrl: origin + readyPath, logFile: join(directory, "log") },
  };
}
