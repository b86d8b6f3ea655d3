#!/usr/bin/env python3
# client.py ORIGIN SUBSYSTEM KEY.pem METHOD TARGET PURPOSE [CONTENT-FILE CONTENT-TYPE]
# Python 3.8 or newer and the openssl command. RSA keys sign RS256, P-256 keys ES256. PURPOSE "-" leaves the claim out. Exit code 0 on 2xx.
import base64, hashlib, http.client, json, secrets, subprocess, sys, time
from urllib.parse import urlsplit

if len(sys.argv) not in (7, 9):
    print("client.py ORIGIN SUBSYSTEM KEY.pem METHOD TARGET PURPOSE [CONTENT-FILE CONTENT-TYPE]", file=sys.stderr)
    sys.exit(2)
origin, subsystem, key, method, target, purpose = sys.argv[1:7]
content = open(sys.argv[7], "rb").read() if len(sys.argv) > 7 else b""
ctype = sys.argv[8] if content else None

def sha256(octets): return hashlib.sha256(octets).digest()
def base64url(octets): return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
def compact(value): return json.dumps(value, separators=(",", ":")).encode()
def openssl(*command, given=b""): return subprocess.run(["openssl", *command], input=given, stdout=subprocess.PIPE, check=True).stdout

# 1. The key: its public half as a JWK, its RFC 7638 thumbprint as `kid` (members in alphabetical order).
public = openssl("pkey", "-in", key, "-pubout", "-outform", "DER")
ec = len(public) == 91  # P-256 ends with x and y; RSA of 2048 bits or more has n from octet 33 on and ends with e = 65537
jwk = ({"crv": "P-256", "kty": "EC", "x": base64url(public[-64:-32]), "y": base64url(public[-32:])} if ec
       else {"e": "AQAB", "kty": "RSA", "n": base64url(public[33:-5])})
header = {"alg": "ES256" if ec else "RS256", "kid": base64url(sha256(compact(jwk))), "typ": "spl-req+jwt"}

# 2. The claims: exactly what is about to be sent.
path, mark, query = target.partition("?")
digest = "sha-256=:" + base64.b64encode(sha256(content)).decode() + ":"
now = int(time.time())
claims = {"iss": subsystem, "aud": origin, "iat": now, "exp": now + 60, "jti": secrets.token_urlsafe(16), "x_salt": secrets.token_urlsafe(16),
          "htm": method, "htu": origin + path, "htq": mark + query, "digest": digest}
if content: claims["ctype"] = ctype
if purpose != "-": claims["purpose"] = purpose

# 3. The signature. OpenSSL gives ECDSA as DER; JWS wants r and s, 32 octets each.
signed = base64url(compact(header)) + "." + base64url(compact(claims))
signature = openssl("dgst", "-sha256", "-sign", key, given=signed.encode())
if ec:
    end = 4 + signature[3]
    signature = b"".join(int.from_bytes(part, "big").to_bytes(32, "big") for part in (signature[4:end], signature[end + 2:]))
statement = signed + "." + base64url(signature)
print("Spl-Signature:", statement, flush=True)  # before the call: should the answer get lost, its receipt is found by the statement

# 4. The call.
fields = {"Content-Digest": digest, "Spl-Signature": statement, "Prefer": "receipt=full"}
if content: fields["Content-Type"] = ctype
url = urlsplit(origin)
connection = (http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection)(url.netloc, timeout=30)
connection.request(method, target, content or None, fields)
answer = connection.getresponse()

# 5. What to keep: this print-out and the content that was sent.
print("Status:", answer.status)
for name, value in answer.getheaders():
    if name.lower() in ("spl-exchange", "spl-problem", "spl-receipt", "deprecation", "sunset", "link", "retry-after", "content-type"): print(f"{name}: {value}")
print(flush=True)
sys.stdout.buffer.write(answer.read())
sys.exit(0 if answer.status // 100 == 2 else 1)
