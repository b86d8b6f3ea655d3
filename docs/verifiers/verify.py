#!/usr/bin/env python3
# verify.py VKEY FILE [HANDOVERS]: checks a bundle of evidence offline. Python 3.8 or newer and the openssl command (3.0 or newer).
# VKEY is a key of the log from your own keeping; HANDOVERS is what /logs/handovers shows, where the log's key changed. One line a check; exit code 0 if all that is there holds, else 1.
import base64, hashlib, json, pathlib, re, subprocess, sys, tempfile

def H(*parts): return hashlib.sha256(b"".join(parts)).digest()
def b64(octets): return base64.b64encode(octets).decode()
def b64u(octets): return base64.urlsafe_b64encode(octets).decode().rstrip("=")
def unb64(text, encode=b64, pad=""):
    octets = base64.b64decode(text + pad, altchars=b"-_" if encode is b64u else None)
    return octets if encode(octets) == text else check("base64 in its one form", False)
def unb64u(text): return unb64(text, b64u, "=" * (-len(text) % 4))
def canonical(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
def check(what, holds):
    print("ok   " if holds else "SALAH (WRONG):", what)
    if not holds: sys.exit(1)
sys.excepthook = lambda kind, fault, trace: print("SALAH (WRONG):", kind.__name__, fault)

# Keys and signatures: the SubjectPublicKeyInfo of a JWK, and what openssl says of a signature.
def der(tag, *parts):
    body = b"".join(parts)
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (size if len(body) < 128 else bytes([128 + len(size)]) + size) + body
def integer(octets): n = int.from_bytes(octets, "big"); return der(2, n.to_bytes(n.bit_length() // 8 + 1, "big"))
def spki(jwk):
    if jwk["kty"] == "RSA": return der(48, bytes.fromhex("300d06092a864886f70d0101010500"), der(3, b"\0", der(48, integer(unb64u(jwk["n"])), integer(unb64u(jwk["e"])))))
    head = {"P-256": "3059301306072a8648ce3d020106082a8648ce3d03010703420004", "Ed25519": "302a300506032b6570032100"}[jwk["crv"]]
    return bytes.fromhex(head) + unb64u(jwk["x"]) + (unb64u(jwk["y"]) if "y" in jwk else b"")
def verifies(key, alg, message, signature):
    if alg == "ES256": signature = der(48, integer(signature[:32]), integer(signature[32:])) if len(signature) == 64 else b""
    options = {"Ed25519": [], "PS256": ["-digest", "sha256", "-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:32"]}.get(alg, ["-digest", "sha256"])
    with tempfile.TemporaryDirectory() as folder:
        for name, octets in ("key", key), ("message", message), ("signature", signature): pathlib.Path(folder, name).write_bytes(octets)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "message", "-sigfile", "signature"]
        return subprocess.run(command + options, cwd=folder, capture_output=True).returncode == 0

# C2SP signed notes of this log; the root to which an RFC 9162 proof leads (§2.1.3.2).
log, key_id, log_key = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+(\S+)", sys.argv[1]).groups()
check("the pinned key has its own id", unb64(log_key)[0] == 1 and H(log.encode(), b"\n", unb64(log_key))[:4].hex() == key_id)
def signed_by(raw, who, text, line):
    signature, key = unb64(line), spki({"kty": "OKP", "crv": "Ed25519", "x": b64u(raw[1:])})
    return signature[:4] == H(who.encode(), b"\n", raw)[:4] and verifies(key, "Ed25519", text.encode(), signature[4:])
def raw_key(vkey, origin):
    who, key_id, raw = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+(\S+)", vkey).groups()
    raw = unb64(raw)
    return raw if who == origin and raw[0] == 1 and len(raw) == 33 and H(who.encode(), b"\n", raw)[:4].hex() == key_id else None
# The keys of this log, oldest first, each with the last size that counts under it; and keys of the logs after it, which seal.
def follow(pinned, text):
    note = "([^\n]+)\n(0|[1-9][0-9]*)\n[^\n]+\nkey (\\S+) (\\S+)\n\n\u2014 (\\S+) (\\S+)\n\u2014 (\\S+) (\\S+)\n"
    chains = {}
    check("handovers: nothing else in the file", re.fullmatch(f"(?:{note}\n?)*", text))
    for place, found in enumerate(re.finditer(note, text), 1):
        origin, size, before, after, who, first, whom, second = found.groups()
        signed, before, after = found[0][:found[0].index("\n\n") + 1], raw_key(before, origin), raw_key(after, origin)
        both = before and after and who == whom == origin and signed_by(before, who, signed, first) and signed_by(after, whom, signed, second)
        chain = chains.setdefault(origin, [])
        goes_on = not chain or (chain[-1][0] < int(size) and chain[-1][2] == before)
        check(f"handover {place}: both keys signed it, it goes on from the one before, to a new key", both and goes_on and after not in [before] + [row[1] for row in chain])
        chain.append((int(size), before, after))
    own = chains.pop(log, [])
    keys = [(before, size) for size, before, _ in own] + [(own[-1][2] if own else pinned, None)]
    check("handovers: they have the pinned key", pinned in [key for key, _ in keys])
    later = []
    for chain in list(chains.values()) * len(chains):
        sides = [chain[0][1]] + [after for _, _, after in chain]
        newest = later[-1] if later else keys[-1][0]
        if newest in sides: later += sides[sides.index(newest) + 1:]
    return keys, later
keys, later_keys = follow(unb64(log_key), pathlib.Path(sys.argv[3]).read_text(encoding="utf-8") if len(sys.argv) > 3 else "")
def signed_text(note, name, size):
    text, who, signature, witnesses = re.fullmatch("(.*?\n)\n\u2014 (\\S+) (\\S+)\n(\u2014 .*\n)?", note, re.S).groups()
    counting = [key for key, until in keys if until is None or size <= until]
    allowed = counting + later_keys if name == "seal" else counting[:1]
    check(name + ": signed with the log's key", (not witnesses or name != "seal") and who == log and any(signed_by(key, who, text, signature) for key in allowed))
    return text
def root_of(leaf, index, size, proof):
    node, last = H(b"\0", leaf), size - 1
    for sibling in (proof[at:at + 32] for at in range(0, len(proof), 32)):
        if last == 0: return None
        right = index % 2 == 1 or index == last
        node = H(b"\1", sibling, node) if right else H(b"\1", node, sibling)
        while right and index % 2 == 0 and index != 0: index, last = index // 2, last // 2
        index, last = index // 2, last // 2
    return node if last == index == 0 else None

# 1. The document: canonical, and sealed to its last byte.
octets = pathlib.Path(sys.argv[2]).read_bytes()
bundle = json.loads(octets)
check("form: canonical JSON, one line feed", canonical(bundle) + b"\n" == octets and (bundle["v"], bundle["type"], bundle["log"]) == (1, "spl-evidence", log))
sealed = H(canonical({name: value for name, value in bundle.items() if name != "seal"}))
size = int(bundle["checkpoint"].split("\n")[1])
check("seal: it is about this document", signed_text(bundle["seal"], "seal", size) == f"simpul.id/evidence/v1\n{log}\n{b64(sealed)}\n")
# 2. The log: the state that its key signed, and the leaves in it.
origin, size, root = signed_text(bundle["checkpoint"], "checkpoint", size).splitlines()[:3]
for row in bundle["leaves"] + bundle["registrations"]:
    check(f"leaf {row['index']} is in the log", origin == log and root_of(row["leaf"].encode(), row["index"], int(size), unb64u(row["proof"])) == unb64(root))
leaf = json.loads(bundle["leaves"][-1]["leaf"])
check(f"{leaf['type']} {leaf['id']} at {leaf['at']}: {leaf['consumer']}, {leaf.get('service')}, {leaf.get('problem', 'delivered')}", leaf["id"] == bundle["exchange"])
# 3. What was in force: entries under the roots that the leaf names, and the documents that they name.
entries = {}
for tree, row in ((tree, row) for tree in ("registry", "policy") for row in bundle[tree]["entries"]):
    entry = json.loads(row["entry"])
    entries[entry["kind"], entry["id"]] = entry
    check(f"in force: {entry['kind']} {entry['id']}", root_of(unb64u(row["salt"]) + row["entry"].encode(), row["index"], bundle[tree]["size"], unb64u(row["proof"])) == unb64u(leaf["basis"][tree]))
for digest, document in bundle["documents"].items(): check(f"document {digest}", b64u(H(document.encode())) == digest)
# 4. What consumer and provider signed, each with a key that is registered as its own, and the contents to which the leaf committed.
def signed_claims(jws, typ, owner, recorded):
    header, octets, signature = map(unb64u, jws.split("."))
    head, claims = json.loads(header), json.loads(octets)
    key, alg = entries["key", head["kid"]], "Ed25519" if head["alg"] == "EdDSA" else head["alg"]
    content = key["content"]
    check(f"{typ}: the leaf has its hash", set(head) == {"alg", "kid", "typ"} and head["typ"] == typ and b64u(H(octets)) == recorded)
    check(f"{typ}: signed by {owner}", (claims["iss"], content["owner"], content["alg"], key["state"]) == (owner, owner, alg, "active")
          and b64u(H(canonical(content["jwk"]))) == head["kid"] and verifies(spki(content["jwk"]), alg, jws.rpartition(".")[0].encode(), signature))
    return claims
def check_content(part, record, claims, signed=True):
    if part in bundle["open"]: check(f"content ({part}): {'the one' if signed else 'not the one'} whose digest was signed", signed == (b64u(H(unb64u(bundle["open"][part]), unb64(claims["digest"][9:-1]))) == record["commit"]))

if "statement" in bundle:
    claims = signed_claims(bundle["statement"], "spl-req+jwt", leaf["consumer"], leaf["request"]["statement"])
    check("spl-req+jwt: it says what the leaf says", (claims["htm"], claims["purpose"], claims["jti"]) == (leaf["htm"], leaf["purpose"], leaf["request"]["jti"]) and f"/r1/{leaf['service']}/" in claims["htu"] + "/")
    check_content("request", leaf["request"], claims, leaf.get("problem") != "digest-mismatch")
if "response" in bundle:
    sent, provider = leaf["response"]["provider"], entries["service", leaf["service"]]["content"]["provider"]
    claims = signed_claims(bundle["response"], "spl-res+jwt", provider, sent["statement"])
    check("spl-res+jwt: it says what the leaf says", [claims[name] for name in ("aud", "exchange", "service", "req", "status")] == [leaf["consumer"], leaf["id"], leaf["service"], leaf["request"]["statement"], sent["status"]])
    check_content("provider", sent, claims)
    if "problem" not in leaf: check_content("delivered", leaf["response"]["delivered"], claims)
print("SAH (VERIFIED)")
