#!/usr/bin/env bash
# key.sh SUBSYSTEM NAME
# bash and openssl. Makes NAME.pem (the private key, which never leaves this machine) and NAME.jwt (the proof of possession, to be registered).
set -euo pipefail
[ $# = 2 ] || { echo 'key.sh SUBSYSTEM NAME' >&2; exit 2; }
subsystem=$1 name=$2

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

[ ! -e "$name.pem" ] || { echo "$name.pem: sudah ada · exists already" >&2; exit 1; }
(umask 077 && openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$name.pem")
n=$(printf "$(openssl rsa -in "$name.pem" -noout -modulus | sed 's/Modulus=//; s/../\\x&/g')" | base64url)
jwk=$(printf '{"e":"AQAB","kty":"RSA","n":"%s"}' "$n")

header=$(printf '{"alg":"RS256","typ":"spl-key+jwt","jwk":%s}' "$jwk" | base64url)
claims=$(printf '{"iss":"%s","aud":"%s","iat":%d}' "$subsystem" "${subsystem%%/*}" "$(date +%s)" | base64url)
signature=$(printf %s "$header.$claims" | openssl dgst -sha256 -sign "$name.pem" -binary | base64url)
echo "$header.$claims.$signature" >"$name.jwt"
echo "kid: $(printf %s "$jwk" | openssl dgst -sha256 -binary | base64url)"
