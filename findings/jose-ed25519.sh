#!/usr/bin/env bash
# A token signed with Ed25519 under its name of today, alg "Ed25519", is read by one of five JOSE libraries of npm; under the
# old name, "EdDSA", by two.
#
# Software: jose 6.2.18, fast-jwt 6.3.6, jsonwebtoken 9.0.3, jws 4.0.1, node-jose 2.2.0 (npm)
# Rule:     RFC 9864 §2.2 registers Ed25519 and deprecates EdDSA, which does not name the curve. Key and signature are the same.
# Seen:     fast-jwt knows EdDSA only. jsonwebtoken, jws and node-jose know neither name, and node-jose no key of the kind OKP.
#           jose takes both, but compares by word: a list of algorithms with one name refuses the other.
# Affects:  a provider that checks the tokens of a gateway that follows RFC 9864: four libraries of five cannot. Say EdDSA as
#           long as receivers are not known, accept both, and leave ES256 for those that have neither.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  jose@6.2.18 fast-jwt@6.3.6 jsonwebtoken@9.0.3 jws@4.0.1 node-jose@2.2.0

cat > seen.mjs <<'JS'
import { generateKeyPairSync, sign } from "node:crypto";
import { createVerifier } from "fast-jwt";
import { jwtVerify } from "jose";
import jsonwebtoken from "jsonwebtoken";
import jws from "jws";
import nodeJose from "node-jose";
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const pem = publicKey.export({ type: "spki", format: "pem" });
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const libraries = {
  jose: (token) => jwtVerify(token, publicKey),
  "jose, algorithms [EdDSA]": (token) => jwtVerify(token, publicKey, { algorithms: ["EdDSA"] }),
  "jose, algorithms [Ed25519]": (token) => jwtVerify(token, publicKey, { algorithms: ["Ed25519"] }),
  "fast-jwt": (token) => createVerifier({ key: pem })(token),
  jsonwebtoken: (token) => jsonwebtoken.verify(token, pem),
  jws: (token, alg) => jws.verify(token, alg, pem),
  "node-jose": async (token) =>
    nodeJose.JWS.createVerify(await nodeJose.JWK.asKey(publicKey.export({ format: "jwk" }))).verify(token),
};
for (const [name, verify] of Object.entries(libraries)) {
  const verdicts = [];
  for (const alg of ["EdDSA", "Ed25519"]) {
    const signed = `${part({ alg, typ: "JWT" })}.${part({ sub: "uji" })}`;
    const token = `${signed}.${sign(null, Buffer.from(signed), privateKey).toString("base64url")}`;
    const verdict = await Promise.resolve(token).then((text) => verify(text, alg)).then(() => "ok", (error) => error.message);
    verdicts.push(`${alg} ${verdict.split("\n")[0]}`);
  }
  console.log(`${name}: ${verdicts.join("; ")}`);
}
JS
seen=$(node --no-warnings seen.mjs)
stated='jose: EdDSA ok; Ed25519 ok
jose, algorithms [EdDSA]: EdDSA ok; Ed25519 "alg" (Algorithm) Header Parameter value not allowed
jose, algorithms [Ed25519]: EdDSA "alg" (Algorithm) Header Parameter value not allowed; Ed25519 ok
fast-jwt: EdDSA ok; Ed25519 The token algorithm is invalid.
jsonwebtoken: EdDSA invalid algorithm; Ed25519 invalid algorithm
jws: EdDSA "EdDSA" is not a valid algorithm.; Ed25519 "Ed25519" is not a valid algorithm.
node-jose: EdDSA unsupported key type; Ed25519 unsupported key type'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
