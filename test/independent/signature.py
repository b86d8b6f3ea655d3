"""Hashes, base64, public keys and signatures of the protocol, by Python's standard library and the `openssl` command."""
import base64, functools, hashlib, json, pathlib, subprocess, tempfile

DIGEST = ["-digest", "sha256"]
OPENSSL = {"RS256": DIGEST, "ES256": DIGEST, "Ed25519": [], "EdDSA": [],
           "PS256": DIGEST + ["-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:32"]}

def H(*parts): return hashlib.sha256(b"".join(parts)).digest()
def b64(data): return base64.b64encode(data).decode()
def b64u(data): return base64.urlsafe_b64encode(data).decode().rstrip("=")
def unb64(text, encode=b64, pad=""):
    data = base64.b64decode(text + pad, altchars=b"-_" if encode is b64u else None, validate=True)
    if encode(data) != text: raise ValueError("not canonical base64")
    return data
def unb64u(text): return unb64(text, b64u, "=" * (-len(text) % 4))

def der(tag, *parts):
    body = b"".join(parts)
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (size if len(body) < 128 else bytes([0x80 | len(size)]) + size) + body
def der_integer(magnitude): n = int.from_bytes(magnitude, "big"); return der(2, n.to_bytes(n.bit_length() // 8 + 1, "big"))
def spki(jwk):
    """RFC 5280 SubjectPublicKeyInfo of a JWK."""
    member = lambda name: unb64u(jwk[name])
    if jwk["kty"] == "RSA":
        key = der(0x30, der_integer(member("n")), der_integer(member("e")))
        return der(0x30, bytes.fromhex("300d06092a864886f70d0101010500"), der(3, b"\0", key))
    if jwk["crv"] == "P-256": return bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") + member("x") + member("y")
    if jwk["crv"] == "Ed25519": return bytes.fromhex("302a300506032b6570032100") + member("x")
    raise ValueError("a key of another kind")
def thumbprint(jwk):
    names = {"RSA": ["e", "kty", "n"], "EC": ["crv", "kty", "x", "y"], "OKP": ["crv", "kty", "x"]}[jwk["kty"]]
    return b64u(H(json.dumps({name: jwk[name] for name in names}, separators=(",", ":")).encode()))

@functools.lru_cache(maxsize=None)
def verifies(key, alg, message, signature):
    if alg == "ES256":
        if len(signature) != 64: return False
        signature = der(0x30, der_integer(signature[:32]), der_integer(signature[32:]))
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder, name) for name in ("key", "message", "signature")]
        for file, octets in zip(files, (key, message, signature)): file.write_bytes(octets)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", files[0], "-rawin", "-in", files[1], "-sigfile", files[2]]
        return subprocess.run(command + OPENSSL[alg], capture_output=True).returncode == 0
