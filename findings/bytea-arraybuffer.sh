#!/usr/bin/env bash
# A hash or signature of WebCrypto, given to pg as it is, is stored in a bytea column as the two bytes "{}", without an error.
#
# Software: pg 8.23.1 against PostgreSQL 18 (@electric-sql/pglite 0.5.14 behind @electric-sql/pglite-socket 0.2.17, npm)
# Rule:     W3C Web Cryptography: digest() and sign() of SubtleCrypto give an ArrayBuffer. PostgreSQL takes any bytes for bytea.
# Seen:     pg knows Buffer and the views of an ArrayBuffer; the ArrayBuffer itself falls to JSON.stringify, which gives "{}".
#           A Uint8Array of the same memory is stored whole.
# Affects:  a log of hashes or signatures: every row has the same two bytes, found out at the first audit. A column has to say
#           check (length(hash) = 32).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  pg@8.23.1 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17

cat > seen.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import pg from "pg";
const database = await PGlite.create();
const server = new PGLiteSocketServer({ db: database, port: 0, host: "127.0.0.1" });
await server.start();
const client = new pg.Client({ host: "127.0.0.1", port: Number(server.getServerConn().split(":").at(-1)), user: "postgres", ssl: false });
await client.connect();
await client.query("create table leaf (hash bytea)");
const digest = await crypto.subtle.digest("SHA-256", Buffer.from("evidence"));
for (const hash of [digest, new Uint8Array(digest), Buffer.from(digest)]) {
  const { rows } = await client.query("insert into leaf values ($1) returning length(hash) as length, encode(hash, 'hex') as hex", [hash]);
  console.log(`${hash.constructor.name} of ${hash.byteLength} bytes: stored ${rows[0].length} bytes, ${rows[0].hex}`);
}
await client.end();
await server.stop();
await database.close();
JS
seen=$(node seen.mjs)
stated='ArrayBuffer of 32 bytes: stored 2 bytes, 7b7d
Uint8Array of 32 bytes: stored 32 bytes, ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e
Buffer of 32 bytes: stored 32 bytes, ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
