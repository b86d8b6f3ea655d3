#!/usr/bin/env bash
# nginx compresses an answer that says "Cache-Control: no-transform", and leaves its Content-Digest as it was.
#
# Software: nginx 1.22.1 (Debian 12), gzip on for application/json, in front of an origin of Node's http
# Rule:     RFC 9111 §5.2.2.6: with no-transform an intermediary, cache or not, must not transform the content.
#           RFC 9530 §2: Content-Digest is of the content as it is sent, after its content coding.
# Seen:     Content-Encoding: gzip is added and the digest is that of the content before; nothing is added or taken away that
#           would show it. The digest fits again after decompression, so clients that decompress by themselves see no fault.
# Affects:  receivers that check the digest over the bytes of the wire (other gateways, loggers, curl with sha256sum) take an
#           untouched answer for a forged one. Turn gzip off for what is signed.
set -euo pipefail
work=$(mktemp -d)
started=()
trap 'for pid in "${started[@]}"; do kill "$pid"; done; wait; rm -rf "$work"' EXIT
cd "$work"
apt-get -o APT::Sandbox::User=root download -qq nginx=1.22.1-9+deb12u11
dpkg -x nginx_*.deb .

cat > origin.mjs <<'JS'
import { createHash } from "node:crypto";
import http from "node:http";
const content = JSON.stringify({ name: "a".repeat(200) });
const digest = `sha-256=:${createHash("sha256").update(content).digest("base64")}:`;
const server = http.createServer((_, response) =>
  response
    .writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-transform", "Content-Digest": digest })
    .end(content),
);
server.listen("origin.socket");
JS
node origin.mjs &
started+=($!)
cat > nginx.conf <<CONF
daemon off; master_process off; pid $work/pid; error_log $work/error.log;
events {}
http {
  access_log off; gzip on; gzip_types application/json;
  client_body_temp_path $work/a; proxy_temp_path $work/b; fastcgi_temp_path $work/c; uwsgi_temp_path $work/d; scgi_temp_path $work/e;
  server { listen unix:$work/nginx.socket; location / { proxy_pass http://unix:$work/origin.socket; } }
}
CONF
usr/sbin/nginx -p "$work" -c "$work/nginx.conf" &
started+=($!)
until [ -S origin.socket ] && [ -S nginx.socket ]; do sleep 0.1; done

digest() { printf 'sha-256=:%s:' "$(openssl dgst -sha256 -binary | base64)"; }
curl -s -D fields -o content -H 'Accept-Encoding: gzip' --unix-socket nginx.socket http://a.example/
stated_digest=$(tr -d '\r' <fields | sed -n 's/^Content-Digest: //p')
seen=$(tr -d '\r' <fields | grep -iE '^(cache-control|content-encoding):'
  echo "digest of the bytes sent: $([ "$stated_digest" = "$(digest <content)" ] && echo fits || echo 'does not fit')"
  echo "digest after gunzip: $([ "$stated_digest" = "$(gunzip -c <content | digest)" ] && echo fits || echo 'does not fit')")
stated='Cache-Control: no-transform
Content-Encoding: gzip
digest of the bytes sent: does not fit
digest after gunzip: fits'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
