"""A gateway's document made without a gateway: keys by `openssl`, a log of a few leaves built level by level, five exchanges as the protocol page says.

Shares nothing with check.py, so that an error in one is not repeated by the other.
"""
import base64, hashlib, json, secrets, subprocess, tempfile, time, uuid
from pathlib import Path

ORIGIN, LOG = "http://gerbang.uji:8480", "gerbang.uji/log/uji-1"
CONSUMER, SERVICE = "ID-16.03/GOV/dinsos/bansos", "ID-16.03/GOV/disdukcapil/siak/penduduk/v1"
PURPOSE = "verifikasi-penerima-bansos"
KINDS = {"RS256": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "PS256": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
         "ES256": ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "Ed25519": ["ED25519"]}


def url64(octets): return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
def std64(octets): return base64.b64encode(octets).decode()
def sha(octets): return hashlib.sha256(octets).digest()
def compact(value): return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


class Key:
    def __init__(self, alg, folder):
        self.alg, self.file = alg, Path(folder, f"{alg}.pem")
        subprocess.run(["openssl", "genpkey", "-algorithm", *KINDS[alg], "-out", self.file], check=True, capture_output=True)
        spki = subprocess.run(["openssl", "pkey", "-in", self.file, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout
        if alg == "Ed25519": self.jwk = {"crv": "Ed25519", "kty": "OKP", "x": url64(spki[-32:])}
        elif alg == "ES256": self.jwk = {"crv": "P-256", "kty": "EC", "x": url64(spki[-64:-32]), "y": url64(spki[-32:])}
        else: self.jwk = {"e": "AQAB", "kty": "RSA", "n": url64(spki[-261:-5])}
        self.public = spki[-32:]
        self.kid = url64(sha(compact(dict(sorted(self.jwk.items())))))

    def sign(self, message):
        pss = ["-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:32"] if self.alg == "PS256" else []
        digest = [] if self.alg == "Ed25519" else ["-digest", "sha256"]
        with tempfile.NamedTemporaryFile() as file:
            file.write(message), file.flush()
            done = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", self.file, "-rawin", "-in", file.name, *digest, *pss], check=True, capture_output=True).stdout
        if self.alg != "ES256": return done
        r_end = 4 + done[3]
        return b"".join(int.from_bytes(part, "big").to_bytes(32, "big") for part in (done[4:r_end], done[r_end + 2:]))

    def jws(self, claims, **header):
        signed = url64(compact({"alg": self.alg, "kid": self.kid, "typ": "spl-req+jwt"} | header)) + "." + url64(compact(claims))
        return f"{signed}.{url64(self.sign(signed.encode()))}"


class Log:
    """RFC 9162 from the bottom up: pairs are hashed, an odd last one moves up as it is."""
    def __init__(self, key, name=LOG):
        self.key, self.name, self.leaves = key, name, []
        public = b"\1" + key.public
        self.key_id = sha(name.encode() + b"\n" + public)[:4]
        self.vkey = f"{name}+{self.key_id.hex()}+{std64(public)}"

    def append(self, leaf):
        self.leaves.append(leaf)
        return len(self.leaves) - 1

    def levels(self, size):
        level = [sha(b"\0" + leaf) for leaf in self.leaves[:size]]
        yield level
        while len(level) > 1:
            level = [sha(b"\1" + level[i] + level[i + 1]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
            yield level

    def root(self, size): return list(self.levels(size))[-1][0]

    def proof(self, index, size):
        path = []
        for level in self.levels(size):
            if index ^ 1 < len(level): path.append(level[index ^ 1])
            index >>= 1
        return path

    def checkpoint(self, size=None):
        size = len(self.leaves) if size is None else size
        text = f"{self.name}\n{size}\n{std64(self.root(size))}\n"
        return f"{text}\n— {self.name} {std64(self.key_id + self.key.sign(text.encode()))}\n"


def receipt(log, index, keys):
    size = len(log.leaves)
    return (f"leaf=:{std64(log.leaves[index])}:, index={index}, proof=:{std64(b''.join(log.proof(index, size)))}:, "
            f"checkpoint=:{std64(log.checkpoint().encode())}:, open=:{std64(keys)}:")


class Maker:
    """`alter(what, name, value)` may return another value for anything that is made: claims, leaf, signed."""
    def __init__(self, folder):
        self.keys = {alg: Key(alg, folder) for alg in KINDS}
        Path(folder, "log").mkdir(exist_ok=True)
        self.log_key = Key("Ed25519", Path(folder, "log"))

    def document(self, alter=lambda what, name, value: value):
        log, now = Log(self.log_key), int(time.time())
        for n in range(3): log.append(compact({"v": 1, "log": LOG, "type": "control", "n": n}))
        exchanges = []

        def make(name, alg, method, operation, sent, status, problem, answer, read=True, changed=None):
            key, at, exchange_id = self.keys[alg], time.time(), str(uuid7())
            target = f"/r1/{SERVICE}/{operation}?lengkap=1"
            claims = {"iss": CONSUMER, "aud": ORIGIN, "iat": now, "exp": now + 60, "jti": url64(secrets.token_bytes(16)), "htm": method, "htu": ORIGIN + target.split("?")[0],
                      "htq": "?lengkap=1", "digest": f"sha-256=:{std64(sha(sent))}:", "purpose": PURPOSE} | ({"ctype": "application/json"} if sent else {})
            claims = alter("claims", name, claims)
            statement, octets = key.jws(claims), compact(claims)
            arrived = sent if changed is None else changed
            k_sent, k_got = secrets.token_bytes(32) if read else bytes(32), secrets.token_bytes(32)
            got = answer if problem is None else compact({"type": f"{ORIGIN}/problems/{problem}", "status": status, "code": problem, "instance": f"/receipts/{exchange_id}"})
            got = alter("answer", name, got)
            about = {"v": 1, "log": LOG, "type": "outcome" if problem is None else "refusal", "id": exchange_id, "at": moment(at), "consumer": CONSUMER, "service": SERVICE,
                     "operation": operation, "purpose": PURPOSE, "htm": method, "basis": {"registry": url64(bytes(32)), "policy": url64(bytes(32))}}
            request = {"statement": url64(sha(octets)), "jti": claims["jti"], "kid": key.kid}
            if read: request |= {"commit": url64(sha(k_sent + sha(arrived))), "bytes": len(arrived)}
            leaf = about | {"request": request, "response": {"delivered": {"status": status, "commit": url64(sha(k_got + sha(got))), "bytes": len(got)}}, "ms": 3}
            if read: leaf["grant"] = CONSUMER + "#bansos"
            if problem: leaf["problem"] = problem
            elif method not in ("GET", "HEAD"): leaf["intent"] = {"log": LOG, "index": log.append(compact(about | {"type": "intent"}))}
            index = log.append(compact(alter("leaf", name, leaf)))
            given = receipt(log, index, alter("open", name, k_sent + k_got))
            exchanges.append(shown(exchange_id, method, target, status, problem, statement, arrived, got, given))

        make("accepted read", "RS256", "GET", "cari", b"", 200, None, b'{"ada":true}')
        make("accepted write", "ES256", "POST", "daftar", b'{"nama":"Uji"}', 201, None, b'{"nomor":7}')
        make("no grant", "Ed25519", "GET", "rahasia", b"", 403, "not-granted", b"", read=False)
        make("content changed after signing", "PS256", "POST", "daftar", b'{"nama":"Uji"}', 400, "digest-mismatch", b"", changed=b'{"nama":"Lain"}')
        first = exchanges[0]
        got = compact({"type": f"{ORIGIN}/problems/replayed", "status": 409, "code": "replayed", "instance": f"/receipts/{first['id']}"})
        exchanges.append(shown(str(uuid7()), "GET", first["target"], 409, "replayed", first["statement"], b"", got, None, link=f'</receipts/{first["id"]}>; rel="https://simpul.id/rel/receipt"'))
        return {"publicOrigin": ORIGIN, "log": {"origin": LOG, "vkey": log.vkey},
                "keys": [{"kid": key.kid, "alg": key.alg, "subsystem": CONSUMER, "jwk": key.jwk} for key in self.keys.values()],
                "exchanges": exchanges, "checkpoint": log.checkpoint(), "data": "/nowhere"}


def shown(exchange_id, method, target, status, problem, statement, sent, got, given, link=None):
    fields = {"content-type": "application/problem+json" if problem else "application/json", "content-digest": f"sha-256=:{std64(sha(got))}:",
              "cache-control": "no-store, no-transform", "spl-exchange": exchange_id}
    if problem: fields["spl-problem"] = problem
    if given: fields["spl-receipt"] = given
    if link: fields["link"] = link
    return {"id": exchange_id, "method": method, "target": target, "status": status, "problem": problem, "statement": statement,
            "requestContent": url64(sent), "responseContent": url64(got), "responseHeaders": fields, "receipt": given}


def uuid7():
    value = int(time.time() * 1000) << 80 | secrets.randbits(80)
    return uuid.UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62)


def moment(at):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at)) + f".{int(at * 1000) % 1000:03d}Z"
