#!/usr/bin/env bash
# "openssl pkeyutl -verify -rawin" calls a valid Ed25519 signature a failed one if the message comes by standard input.
#
# Software: OpenSSL 3.0.22 (Debian 12)
# Rule:     openssl-pkeyutl(1): -in defaults to standard input. RFC 8032 §5.1: Ed25519 signs any message, the empty one included.
# Seen:     Ed25519 needs the whole message at once, pkeyutl asks the file for its size, and standard input has none. It prints
#           an error, and next to it "Signature Verification Failure", the same words as for a forgery. With a file it holds;
#           with P-256 standard input holds, too. An empty file cannot be signed.
# Affects:  auditors who check by hand ("curl … | openssl pkeyutl"): a true checkpoint or receipt looks forged. Say "-in FILE" in
#           every procedure.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -o APT::Sandbox::User=root download -qq openssl=3.0.22-1~deb12u2 libssl3=3.0.22-1~deb12u2
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$work/usr/lib/x86_64-linux-gnu PATH=$work/usr/bin:$PATH

echo evidence >message
: >empty
openssl genpkey -algorithm ed25519 -out ed25519.key
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.key
seen=$(openssl version
  for algorithm in ed25519 p256; do
    openssl pkey -in $algorithm.key -pubout -out public
    openssl pkeyutl -sign -inkey $algorithm.key -rawin -in message -out signature
    verify() { openssl pkeyutl -verify -pubin -inkey public -rawin -sigfile signature "$@" 2>/dev/null || true; }
    echo "$algorithm, file: $(verify -in message)"
    echo "$algorithm, standard input: $(verify <message)"
    echo "$algorithm, pipe: $(cat message | verify)"
    if openssl pkeyutl -sign -inkey $algorithm.key -rawin -in empty -out signature 2>/dev/null; then signed=yes; else signed=no; fi
    echo "$algorithm, empty message signed: $signed"
  done)
stated='OpenSSL 3.0.22 25 Aug 2026 (Library: OpenSSL 3.0.22 25 Aug 2026)
ed25519, file: Signature Verified Successfully
ed25519, standard input: Signature Verification Failure
ed25519, pipe: Signature Verification Failure
ed25519, empty message signed: no
p256, file: Signature Verified Successfully
p256, standard input: Signature Verified Successfully
p256, pipe: Signature Verified Successfully
p256, empty message signed: yes'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
