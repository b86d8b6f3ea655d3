#!/usr/bin/env bash
# "openssl ocsp" ends with status 0 for a certificate that is revoked, and for one that the responder does not know.
#
# Software: OpenSSL 3.0.22 (Debian 12)
# Rule:     RFC 6960 §2.2: good, revoked, unknown. "openssl verify -crl_check" exits with 2 for a revoked certificate.
# Seen:     the status says that an answer came and that its signature holds. What it says is a word on standard output alone.
# Affects:  operators whose scripts say "openssl ocsp … && deploy". Read the word behind the file name, and both
#           dates with it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -o APT::Sandbox::User=root download -qq openssl=3.0.22-1~deb12u2 libssl3=3.0.22-1~deb12u2
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$work/usr/lib/x86_64-linux-gnu PATH=$work/usr/bin:$PATH

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
key ca.key
openssl req -x509 -new -key ca.key -subj '/CN=CA' -days 30 -out ca.pem
key service.key
openssl req -new -key service.key -subj '/CN=service' -out service.csr
openssl x509 -req -in service.csr -CA ca.pem -CAkey ca.key -set_serial 0x10 -days 20 -out service.pem 2>/dev/null
openssl ocsp -issuer ca.pem -cert service.pem -reqout question
tab=$'\t'
echo "V${tab}401231000000Z${tab}${tab}10${tab}unknown${tab}/CN=service" >good
echo "R${tab}401231000000Z${tab}261130000000Z,keyCompromise${tab}10${tab}unknown${tab}/CN=service" >revoked
: >unknown

seen=$(openssl version
  for answer in good revoked unknown; do
    openssl ocsp -index $answer -rsigner ca.pem -rkey ca.key -CA ca.pem -reqin question -respout response -ndays 1 >/dev/null
    exit=0
    word=$(openssl ocsp -issuer ca.pem -cert service.pem -respin response -CAfile ca.pem -no_nonce 2>&1) || exit=$?
    echo "$answer: $(grep '^service.pem' <<<"$word"), $(grep 'verify' <<<"$word"), exit status $exit"
  done)
stated='OpenSSL 3.0.22 25 Aug 2026 (Library: OpenSSL 3.0.22 25 Aug 2026)
good: service.pem: good, Response verify OK, exit status 0
revoked: service.pem: revoked, Response verify OK, exit status 0
unknown: service.pem: unknown, Response verify OK, exit status 0'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
