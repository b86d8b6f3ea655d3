#!/usr/bin/env python3
# provider.py PORT GATEWAY SERVICE KEY.pem [BASE-PATH]
# Python 3.8 or newer and the openssl command. GATEWAY is the gateway's public origin, SERVICE the full id of the service version, BASE-PATH the basePath of its manifest, such as /v2. RSA keys sign RS256, P-256 keys ES256.
import base64, hashlib, http.server, json, re, secrets, subprocess, sys, tempfile, threading, time, urllib.error, urllib.request

port, gateway, service, pem, base = int(sys.argv[1]), *sys.argv[2:5], "".join(sys.argv[5:6])
subsystem = "/".join(service.split("/")[:4])
skew = 60  # seconds that the clocks of consumer, gateway and provider may be apart

class Refused(Exception):
    def __init__(self, status, detail): self.status, self.detail = status, detail

def sha256(octets): return hashlib.sha256(octets).digest()
def base64url(octets): return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
def unbase64url(text): return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
def compact(value): return json.dumps(value, separators=(",", ":")).encode()
def digest_of(content): return "sha-256=:" + base64.b64encode(sha256(content)).decode() + ":"
def der(tag, content):
    size = len(content).to_bytes((len(content).bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (size if len(content) < 128 else bytes([128 + len(size)]) + size) + content
def integer(octets): number = int.from_bytes(octets, "big"); return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))
def openssl(*command, given=b""): return subprocess.run(["openssl", *command], input=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
def only_once(members):
    if len({name for name, _ in members}) < len(members): raise ValueError("a member twice")
    return dict(members)

# 1. Whose key is it? The gateway's page is asked once in five minutes; a kid is the RFC 7638 thumbprint, so another key under it is noticed.
known = {}
def key_of(kid):
    if kid in known and time.time() < known[kid][0]: return known[kid][1]
    try:
        with urllib.request.urlopen(f"{gateway}/keys/{kid}", timeout=5) as page: key = json.load(page)
    except urllib.error.HTTPError: raise Refused(401, "Kunci konsumen tidak terdaftar. (The consumer's key is not registered.)")
    if base64url(sha256(compact(dict(sorted(key["jwk"].items()))))) != kid: raise Refused(401, "Kunci tidak cocok dengan kid. (The key does not fit the kid.)")
    known[kid] = (time.time() + 300, key)
    return key

def public_key(jwk):
    part = {name: unbase64url(value) for name, value in jwk.items() if name in ("n", "e", "x", "y")}
    if jwk["kty"] == "RSA": return der(0x30, bytes.fromhex("300d06092a864886f70d0101010500") + der(3, b"\0" + der(0x30, integer(part["n"]) + integer(part["e"]))))
    if jwk["kty"] == "EC": return bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") + part["x"] + part["y"]
    return bytes.fromhex("302a300506032b6570032100") + part["x"]

def verifies(key, signed, signature):
    with tempfile.TemporaryDirectory() as folder:
        def file(name, octets): open(f"{folder}/{name}", "wb").write(octets); return f"{folder}/{name}"
        if key["alg"] == "ES256":
            if len(signature) != 64: return False
            signature = der(0x30, integer(signature[:32]) + integer(signature[32:]))  # JWS has r and s, OpenSSL wants DER
        public, given = file("key", public_key(key["jwk"])), file("signature", signature)
        pss = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"] if key["alg"] == "PS256" else []
        try:
            if key["alg"] == "Ed25519": openssl("pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", public, "-rawin", "-in", file("signed", signed), "-sigfile", given)
            else: openssl("dgst", "-sha256", "-verify", public, "-keyform", "DER", *pss, "-signature", given, file("signed", signed))
            return True
        except subprocess.CalledProcessError: return False

# 2. Who asks for what? Everything that the consumer signed is compared with what arrived.
seen, lock = {}, threading.Lock()
def verify(method, target, fields, content):
    def field(name):
        values = fields.get_all(name) or [None]
        if len(values) > 1: raise Refused(400, f"Kolom {name} lebih dari satu. ({name} came more than once.)")
        return values[0]
    statement, exchange = field("Spl-Signature"), field("Spl-Exchange")
    if statement is None or exchange is None: raise Refused(401, "Hanya lewat gerbang. (Only through the gateway.)")
    try:
        protected, payload, signature = statement.split(".")
        header, octets = json.loads(unbase64url(protected), object_pairs_hook=only_once), unbase64url(payload)
        claims = json.loads(octets, object_pairs_hook=only_once)
        key = key_of(header["kid"]) if re.fullmatch(r"[A-Za-z0-9_-]{43}", header["kid"]) else None
        iat, exp, jti = int(claims["iat"]), int(claims["exp"]), str(claims["jti"])
    except (ValueError, KeyError, TypeError, AttributeError): raise Refused(401, "Pernyataan salah bentuk. (The statement is malformed.)")
    if header.get("alg") == "EdDSA": header["alg"] = "Ed25519"  # its name before RFC 9864
    if key is None or header != {"alg": key["alg"], "kid": header["kid"], "typ": "spl-req+jwt"}: raise Refused(401, "Kepala pernyataan salah. (The statement's header is wrong.)")
    now, today = time.time(), time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    if key["owner"] != claims.get("iss") or key["state"] != "active" or not key.get("from", "") <= today < key.get("until", "9"):
        raise Refused(401, "Kunci konsumen tidak berlaku. (The consumer's key may not be used.)")
    received, mark, query = target.partition("?")
    path = received[len(base):] if received.startswith(base + "/") else None  # the gateway puts the base path before the one that was signed
    right = {"aud": gateway, "htm": method, "htu": f"{gateway}/r1/{service}{path}", "htq": mark + query, "ctype": field("Content-Type"), "digest": field("Content-Digest")}
    for name, value in right.items():
        at_root = name == "htu" and path == "/" and claims.get(name) == value[:-1]
        if claims.get(name) != value and not at_root: raise Refused(401, f"Klaim {name} berbeda dari yang diterima. (The claim {name} differs from what arrived.)")
    if not 0 < exp - iat <= 300 or exp + skew <= now or iat > now + skew: raise Refused(401, "Pernyataan di luar waktunya. (The statement is outside its time.)")
    if not verifies(key, f"{protected}.{payload}".encode(), unbase64url(signature)): raise Refused(401, "Tanda tangan konsumen salah. (The consumer's signature does not verify.)")
    if digest_of(content) != claims["digest"]: raise Refused(400, "Isi berubah di jalan. (The content changed on the way.)")
    with lock:
        for one in [one for one, until in seen.items() if until <= now]: del seen[one]
        if (claims["iss"], jti) in seen: raise Refused(409, "Pernyataan sudah dipakai. (The statement was used before.)")
        seen[claims["iss"], jti] = exp + skew
    return {"aud": claims["iss"], "exchange": exchange, "service": service, "req": base64url(sha256(octets))}  # keep `statement`: it is the consumer's signature

# 3. What do we say to whom? OpenSSL gives ECDSA as DER; JWS wants r and s, 32 octets each.
own = openssl("pkey", "-in", pem, "-pubout", "-outform", "DER")
ec = len(own) == 91
jwk = ({"crv": "P-256", "kty": "EC", "x": base64url(own[-64:-32]), "y": base64url(own[-32:])} if ec
       else {"e": "AQAB", "kty": "RSA", "n": base64url(own[33:-5])})
header = {"alg": "ES256" if ec else "RS256", "kid": base64url(sha256(compact(jwk))), "typ": "spl-res+jwt"}
def sign(to, status, ctype, content):
    claims = {"iss": subsystem, **to, "iat": int(time.time()), "jti": secrets.token_urlsafe(16), "status": status, "digest": digest_of(content)}
    if ctype is not None: claims["ctype"] = ctype
    signed = base64url(compact(header)) + "." + base64url(compact(claims))
    signature = openssl("dgst", "-sha256", "-sign", pem, given=signed.encode())
    if ec:
        end = 4 + signature[3]
        signature = b"".join(int.from_bytes(part, "big").to_bytes(32, "big") for part in (signature[4:end], signature[end + 2:]))
    return signed + "." + base64url(signature)

# 4. The service itself: your application stands here.
def serve(method, path, content):
    if method in ("GET", "HEAD") and re.fullmatch(r"/catatan/[0-9]+", path): return 200, b'{"nik":"1603010101909001"}'
    if method == "POST" and path == "/catatan": return 201, content
    if method == "DELETE" and re.fullmatch(r"/catatan/[0-9]+", path): return 204, b""
    raise Refused(404, "Tidak ditemukan. (Not found.)")

class Provider(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def answer(self):
        content, to, ctype = self.rfile.read(int(self.headers.get("Content-Length") or 0)), None, "application/json"
        try:
            to = verify(self.command, self.path, self.headers, content)
            status, result = serve(self.command, self.path.partition("?")[0][len(base):], content)
        except Refused as refused: status, result, ctype = refused.status, compact({"title": "Ditolak", "status": refused.status, "detail": refused.detail}), "application/problem+json"
        except Exception: status, result, ctype = 500, compact({"title": "Kesalahan penyedia", "status": 500}), "application/problem+json"
        if status == 204: ctype = None
        self.send_response(status)
        if to is not None: self.send_header("Spl-Signature", sign(to, status, ctype, b"" if self.command == "HEAD" else result))
        if ctype is not None:
            self.send_header("Content-Type", ctype)
            self.send_header("Content-Length", str(len(result)))
        self.end_headers()
        if self.command != "HEAD": self.wfile.write(result)
    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer
    def log_message(self, *_): pass  # never write contents into a log

http.server.ThreadingHTTPServer(("127.0.0.1", port), Provider).serve_forever()
