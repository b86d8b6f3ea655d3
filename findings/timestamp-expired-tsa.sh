#!/usr/bin/env bash
# "openssl ts -verify" judges the certificate of the time-stamping authority by today's date, not by the time of the stamp: a
# token that held yesterday fails from the day the certificate expires.
#
# Software: OpenSSL 3.0.22 (Debian 12)
# Rule:     RFC 3161 §2.4.2: genTime is the time of the stamp. §4 (1): when a TSA ends in order, the tokens that it made before
#           remain valid; a stamp that ends with its certificate would prove nothing when it is needed.
# Seen:     a token, and the certificate ends twenty seconds later: OK before, FAILED after, OK again with -attime set to the
#           time of the stamp, and with -no_check_time, which asks for no date at all. No option takes genTime from the token.
# Affects:  an archive of evidence: after one to three years every check of an old token by the usual command fails, just when a
#           court or an auditor looks. Say -attime in the procedure, and archive the CRLs that were valid then.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -o APT::Sandbox::User=root download -qq openssl=3.0.22-1~deb12u2 libssl3=3.0.22-1~deb12u2
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$work/usr/lib/x86_64-linux-gnu PATH=$work/usr/bin:$PATH

cat > ca.conf <<'CONF'
[ca]
default_ca = authority
[authority]
database = index
new_certs_dir = .
serial = serial
default_md = sha256
policy = names
x509_extensions = stamping
[names]
commonName = supplied
[stamping]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
serial = serial
signer_digest = sha256
digests = sha256
default_policy = 1.2.3.4.1
ess_cert_id_alg = sha256
CONF
: >index
echo 10 >serial
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
key ca.key
openssl req -x509 -new -key ca.key -subj '/CN=CA' -days 30 -out ca.pem
key tsa.key
openssl req -new -key tsa.key -subj '/CN=TSA' -out tsa.csr
end=$(($(date +%s) + 20))
openssl ca -batch -config ca.conf -cert ca.pem -keyfile ca.key -in tsa.csr -out tsa.pem -notext \
  -startdate 20260101000000Z -enddate "$(date -u -d "@$end" +%Y%m%d%H%M%SZ)" 2>/dev/null
echo evidence >data
openssl ts -query -data data -sha256 -cert -out question 2>/dev/null
openssl ts -reply -config ca.conf -section tsa -queryfile question -signer tsa.pem -inkey tsa.key -out token 2>/dev/null
stamped=$(date +%s)

verify() {
  { openssl ts -verify -data data -in token -CAfile ca.pem "$@" 2>&1 || true; } |
    grep -oE 'Verification: .*|certificate has expired' | paste -sd,
}
seen=$(openssl version
  echo "at once: $(verify)"
  until [ "$(date +%s)" -gt "$end" ]; do sleep 1; done
  echo "after the certificate has expired: $(verify)"
  echo "then, with -attime: $(verify -attime "$stamped")"
  echo "then, with -no_check_time: $(verify -no_check_time)")
stated='OpenSSL 3.0.22 25 Aug 2026 (Library: OpenSSL 3.0.22 25 Aug 2026)
at once: Verification: OK
after the certificate has expired: certificate has expired,Verification: FAILED
then, with -attime: Verification: OK
then, with -no_check_time: Verification: OK'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
