#!/usr/bin/env bash
# client.sh ORIGIN SUBSYSTEM KEY.pem METHOD TARGET PURPOSE [CONTENT-FILE CONTENT-TYPE]
# bash, openssl and curl. RSA keys sign RS256. PURPOSE "-" leaves the claim out. Exit code 0 on 2xx.
set -euo pipefail
if [ $# != 6 ] && [ $# != 8 ]; then
  echo 'client.sh ORIGIN SUBSYSTEM KEY.pem METHOD TARGET PURPOSE [CONTENT-FILE CONTENT-TYPE]' >&2
  exit 2
fi
origin=$1 subsystem=$2 key=$3 method=$4 target=$5 purpose=$6 content=${7:-/dev/null} ctype=
[ -s "$content" ] && ctype=$8

sha256() { openssl dgst -sha256 -binary; }
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# 1. The key: its public half as a JWK, its RFC 7638 thumbprint as `kid` (members in alphabetical order). OpenSSL makes e = 65537, AQAB.
n=$(printf "$(openssl rsa -in "$key" -noout -modulus | sed 's/Modulus=//; s/../\\x&/g')" | base64url)
kid=$(printf '{"e":"AQAB","kty":"RSA","n":"%s"}' "$n" | sha256 | base64url)
header=$(printf '{"alg":"RS256","kid":"%s","typ":"spl-req+jwt"}' "$kid")

# 2. The claims: exactly what is about to be sent.
path=${target%%\?*} query= now=$(date +%s) jti=$(openssl rand 16 | base64url) salt=$(openssl rand 16 | base64url)
[ "$path" = "$target" ] || query="?${target#*\?}"
digest="sha-256=:$(sha256 <"$content" | openssl base64 -A):"
claims=$(printf '{"iss":"%s","aud":"%s","iat":%d,"exp":%d,"jti":"%s","x_salt":"%s"' "$subsystem" "$origin" "$now" $((now + 60)) "$jti" "$salt")
claims+=$(printf ',"htm":"%s","htu":"%s","htq":"%s","digest":"%s"' "$method" "$origin$path" "$query" "$digest")
[ -z "$ctype" ] || claims+=$(printf ',"ctype":"%s"' "${ctype//\"/\\\"}")
[ "$purpose" = - ] || claims+=$(printf ',"purpose":"%s"' "$purpose")

# 3. The signature.
signed=$(printf %s "$header" | base64url).$(printf %s "$claims}" | base64url)
statement=$signed.$(printf %s "$signed" | openssl dgst -sha256 -sign "$key" -binary | base64url)
echo "Spl-Signature: $statement" # before the call: should the answer get lost, its receipt is found by the statement

# 4. The call.
answer=$(mktemp -d) && trap 'rm -r "$answer"' EXIT
fields=(-H "Content-Digest: $digest" -H "Spl-Signature: $statement" -H "Prefer: receipt=full")
[ "$method" = HEAD ] && fields+=(--head) || fields+=(--request "$method")
[ -z "$ctype" ] || fields+=(-H "Content-Type: $ctype" --data-binary "@$content")
touch "$answer/content"
status=$(curl --silent --show-error --path-as-is --globoff --max-time 30 "${fields[@]}" \
  --dump-header "$answer/fields" --output "$answer/content" --write-out '%{http_code}' "$origin$target")

# 5. What to keep: this print-out and the content that was sent.
echo "Status: $status"
tr -d '\r' <"$answer/fields" | grep -iE '^(spl-(exchange|problem|receipt)|deprecation|sunset|link|retry-after|content-type):' || true
echo
[ "$method" = HEAD ] || cat "$answer/content"
[ "${status:0:1}" = 2 ]
