#!/usr/bin/env bash
# "Retry-After: 2592000" (thirty days) makes got and axios-retry ask again at once, as often as they may; ofetch never reads it.
#
# Software: got 14.6.6, axios-retry 4.5.0 (axios 1.21.1), ofetch 1.5.1, undici 8.12.4 and ky 2.1.0 (npm)
# Rule:     RFC 9110 §10.2.3: the client ought to wait for so long; any number of seconds is valid, and a date is, too.
# Seen:     more than 2147483647 ms (24.8 days) does not fit a timer of Node, which then fires after 1 ms; got and axios-retry
#           hand the time over as it is. ofetch retries 429 with no delay whatever the field says. undici's RetryAgent and ky wait.
#           With 3600 got and axios-retry wait, too.
# Affects:  a gateway whose monthly quota is used up, or that suspends a client until a date: the longer it asks the client to
#           stay away, the faster the client comes back. Never send more than 2147483 seconds.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  got@14.6.6 axios@1.21.1 axios-retry@4.5.0 ofetch@1.5.1 undici@8.12.4 ky@2.1.0

cat > seen.mjs <<'JS'
import http from "node:http";
import axios from "axios";
import axiosRetry from "axios-retry";
import got from "got";
import ky from "ky";
import { ofetch } from "ofetch";
import { Agent, RetryAgent, request } from "undici";
process.removeAllListeners("warning");
let asked = 0;
let retryAfter;
const server = http.createServer((_, response) => {
  asked += 1;
  response.writeHead(429, { "Retry-After": retryAfter }).end();
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const url = `http://127.0.0.1:${server.address().port}/`;
const retrying = axios.create();
axiosRetry(retrying, { retries: 3 });
const clients = {
  got: () => got(url, { retry: { limit: 3 } }),
  "axios-retry": () => retrying.get(url),
  ofetch: () => ofetch(url, { retry: 3 }),
  undici: () => request(url, { dispatcher: new RetryAgent(new Agent(), { maxRetries: 3 }) }),
  ky: () => ky(url, { retry: { limit: 3 } }),
};
for (const [name, ask] of Object.entries(clients))
  for (retryAfter of ["3600", "2592000"]) {
    asked = 0;
    const gaveUp = ask().then(() => "answered", () => "gave up");
    const outcome = await Promise.race([gaveUp, new Promise((late) => setTimeout(late, 5000, "waits"))]);
    console.log(`${name}, Retry-After ${retryAfter}: ${asked} requests within 5 s, ${outcome}`);
  }
process.exit();
JS
seen=$(node --no-warnings seen.mjs)
stated='got, Retry-After 3600: 1 requests within 5 s, waits
got, Retry-After 2592000: 4 requests within 5 s, gave up
axios-retry, Retry-After 3600: 1 requests within 5 s, waits
axios-retry, Retry-After 2592000: 4 requests within 5 s, gave up
ofetch, Retry-After 3600: 4 requests within 5 s, gave up
ofetch, Retry-After 2592000: 4 requests within 5 s, gave up
undici, Retry-After 3600: 1 requests within 5 s, waits
undici, Retry-After 2592000: 1 requests within 5 s, waits
ky, Retry-After 3600: 1 requests within 5 s, waits
ky, Retry-After 2592000: 1 requests within 5 s, waits'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
