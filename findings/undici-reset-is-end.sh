#!/usr/bin/env bash
# undici, and with it Node's fetch, takes a connection that is reset for the end of an answer: half a file is a whole one.
#
# Software: undici 8.12.4 (npm) and Node's own fetch, beside node:http and axios 1.21.1
# Rule:     RFC 9112 §8: an answer that ends with the connection is complete "unless an error was indicated by the underlying
#           connection" (RST). §6.3: with neither length nor chunks the end of the connection is all that tells.
# Seen:     HTTP/1.1 200, Connection: close, no Content-Length, half of a CSV, then RST: undici.request and fetch resolve with the
#           half; node:http and axios fail with ECONNRESET. With a Content-Length all four fail. onHttpSocketError in client-h1.js
#           finishes the parser on ECONNRESET, "on Mac OS", whatever the system.
# Affects:  who fetches files from servers that end by closing (php -S, Python's http.server, HTTP/1.0): a server that dies on the
#           way leaves half a list of recipients, and nothing says so. Compare a digest or a last line, or ask for a length.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 undici@8.12.4 axios@1.21.1

cat > seen.mjs <<'JS'
import http from "node:http";
import net from "node:net";
import axios from "axios";
import { request } from "undici";
let length = "";
const server = net.createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", () =>
    socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nConnection: close\r\n${length}\r\nid;nama\n1;Uji\n2;Ha`, () =>
      setTimeout(() => socket.resetAndDestroy(), 100),
    ),
  );
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const url = `http://127.0.0.1:${server.address().port}/`;
const clients = {
  "undici.request": async () => (await request(url)).body.text(),
  fetch: async () => (await fetch(url)).text(),
  "node:http": () =>
    new Promise((resolve, reject) =>
      http.get(url, (answer) => {
        let text = "";
        answer.on("data", (chunk) => (text += chunk)).on("end", () => resolve(text)).on("error", reject);
      }).on("error", reject),
    ),
  axios: async () => (await axios.get(url)).data,
};
for (const [name, ask] of Object.entries(clients))
  for (length of ["", "Content-Length: 99\r\n"]) {
    const outcome = await ask().then((text) => `whole, ${text.length} bytes`, () => "fails");
    console.log(`${name}, ${length === "" ? "until the end" : "99 bytes"}: ${outcome}`);
  }
process.exit();
JS
seen=$(node --no-warnings seen.mjs)
stated='undici.request, until the end: whole, 18 bytes
undici.request, 99 bytes: fails
fetch, until the end: whole, 18 bytes
fetch, 99 bytes: fails
node:http, until the end: fails
node:http, 99 bytes: fails
axios, until the end: fails
axios, 99 bytes: fails'
echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
