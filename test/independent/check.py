#!/usr/bin/env python3
"""Checks what a gateway showed, written from the protocol page alone: Python's standard library and the `openssl` command (3.0 or newer).

  check.py [FILE]                          the document of `npm start -s -- --once --json`; standard input without FILE
  check.py --vkey V [--sent CONTENT] FILE  one call as a client in docs/clients printed it: its receipt, steps 0 to 4 of protocol section 5

Prints one line per check, then `N passed, N failed`; the exit code is 0 if none failed.
"""
import argparse, contextlib, json, pathlib, re, sys
from datetime import datetime

sys.dont_write_bytecode = True
from signature import H, b64, b64u, spki, thumbprint, unb64, unb64u, verifies

EXPECTED = [("accepted read", 200, None), ("accepted write", None, None), ("no grant", 403, "not-granted"),
            ("content changed after signing", 400, "digest-mismatch"), ("replay", 409, "replayed")]
CLAIMS = {"iss", "aud", "iat", "exp", "jti", "htm", "htu", "htq", "ctype", "digest", "purpose", "hdr", "act", "ack"}
tally = {True: 0, False: 0}

def check(what, holds):
    tally[bool(holds)] += 1
    print(("ok      " if holds else "FAILED  ") + what)

@contextlib.contextmanager
def part(name):
    """Whatever cannot even be read is one failed check."""
    try: yield
    except Exception as fault: check(f"{name}: readable ({type(fault).__name__}: {fault})", False)

def once(pairs):
    if len(dict(pairs)) != len(pairs): raise ValueError("a JSON member stands twice")
    return dict(pairs)
def parse(octets): return json.loads(octets.decode("utf-8"), object_pairs_hook=once)

def open_checkpoint(note, vkey):
    """C2SP tlog-checkpoint: origin, size, root of a note that the log of `vkey` signed."""
    name, key_id, key = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+(\S+)", vkey).groups()
    key = unb64(key)
    if key[0] != 1 or H(name.encode(), b"\n", key)[:4].hex() != key_id: raise ValueError("the vkey is not one of Ed25519, or its key id is wrong")
    text, signatures = re.fullmatch("(.*?\n)\n((?:\u2014 [^\n]+\n)+)", note, re.S).groups()
    mine = [unb64(line.split(" ")[2]) for line in signatures.splitlines() if line.split(" ")[1] == name]
    mine = [signature[4:] for signature in mine if signature[:4].hex() == key_id]
    if not any(verifies(spki({"kty": "OKP", "crv": "Ed25519", "x": b64u(key[1:])}), "Ed25519", text.encode(), s) for s in mine): raise ValueError("the log did not sign it")
    origin, size, root = text.splitlines()[:3]
    if origin != name or str(int(size)) != size: raise ValueError("the origin is not the vkey's, or the size is no number")
    return int(size), unb64(root)

class Tree:
    """Every hash over leaves [start, start + width) that some proof showed. One log shows one hash for one range, whatever its size."""
    def __init__(self): self.ranges = {}
    def add(self, start, width, value):
        if self.ranges.setdefault((start, width), value) != value: raise ValueError(f"two hashes for leaves {start} to {start + width - 1}")
        return value
    def include(self, index, start, width, leaf, path):
        """RFC 9162 section 2.1.3: the root to which `path` leads; the path has exactly the length that the tree gives."""
        if width == 1 and path: raise ValueError("the proof is too long")
        if width == 1: return self.add(start, 1, leaf)
        half, (*rest, last) = 1 << (width - 1).bit_length() - 1, path
        if index < half: left, right = self.include(index, start, half, leaf, rest), self.add(start + half, width - half, last)
        else: left, right = self.add(start, half, last), self.include(index - half, start + half, width - half, leaf, rest)
        return self.add(start, width, H(b"\1", left, right))
    def known(self, start, width):
        if (start, width) in self.ranges or width == 1: return self.ranges.get((start, width))
        half = 1 << (width - 1).bit_length() - 1
        left = self.known(start, half)
        right = left and self.known(start + half, width - half)
        return right and H(b"\1", left, right)

def check_receipt(name, receipt, vkey, claims, octets, sent, got, status, exchange, problem, tree):
    """Protocol section 5, steps 0 to 4. Answers (size, root) of the receipt's checkpoint."""
    fields = once([item.split("=", 1) for item in receipt.split(", ")])
    if set(fields) != {"leaf", "index", "proof", "checkpoint", "open"}: raise ValueError("a receipt has leaf, index, proof, checkpoint, open")
    raw, proof, note, keys = (unb64(re.fullmatch(r":([^:]*):", fields[key])[1]) for key in ("leaf", "proof", "checkpoint", "open"))
    if not re.fullmatch(r"0|[1-9][0-9]*", fields["index"]) or len(proof) % 32 or len(keys) != 64: raise ValueError("index, proof or open has another form")
    index, leaf, path = int(fields["index"]), parse(raw), [proof[i:i + 32] for i in range(0, len(proof), 32)]
    size, root = open_checkpoint(note.decode(), vkey)
    check(f"{name}: the checkpoint in the receipt is signed by the log", True)
    mine = {"v": 1, "log": vkey.split("+")[0], "id": exchange, "consumer": claims["iss"], "service": "/".join(claims["htu"].split("/")[4:10]), "htm": claims["htm"]}
    check(f"{name}: the leaf is about this log, exchange, consumer, service and method", {key: leaf.get(key) for key in mine} == mine)
    check(f"{name}: the leaf is an outcome or a refusal, with the problem and the status that I saw",
          leaf["type"] in (("outcome", "refusal") if problem else ("outcome",)) and leaf.get("problem") == problem and leaf["response"]["delivered"]["status"] == status)
    moment = datetime.strptime(leaf["at"], "%Y-%m-%dT%H:%M:%S.%f%z").timestamp()
    check(f"{name}: the leaf's time is within the statement's", leaf["at"].endswith("Z") and claims["iat"] - 6 <= moment <= claims["exp"] + 60)
    check(f"{name}: leaf {index} is in the tree of {size}", index < size and tree.include(index, 0, size, H(b"\0", raw), path) == root)
    asked, given, (k_sent, k_got) = leaf["request"], leaf["response"]["delivered"], (keys[:32], keys[32:])
    check(f"{name}: the leaf names my statement", asked["statement"] == b64u(H(octets)) and asked["jti"] == claims["jti"])
    if "commit" in asked: check(f"{name}: its commitment opens to what I sent", (asked["commit"], asked["bytes"]) == (b64u(H(k_sent, H(sent))), len(sent)))
    else: check(f"{name}: my content was not read, and nothing is committed to", problem and "bytes" not in asked and k_sent == bytes(32))
    check(f"{name}: its commitment opens to what I received", (given["commit"], given["bytes"]) == (b64u(H(k_got, H(got))), len(got)))
    if not problem:
        check(f"{name}: an intent came first if the method is not safe", (claims["htm"] in ("GET", "HEAD")) != ("intent" in leaf) and leaf.get("intent", {"index": -1})["index"] < index)
        check(f"{name}: the leaf names operation, grant and purpose", leaf["operation"] and leaf["grant"] and leaf["purpose"] == claims["purpose"])
    return size, root

def check_statement(name, statement, keys, origin, method, target, sent, changed):
    """Protocol section 2.1. Answers the claims and their octets."""
    protected, payload, signature = statement.split(".")
    header, octets = parse(unb64u(protected)), unb64u(payload)
    key, claims = keys[header["kid"]], parse(octets)
    check(f"{name}: the statement is signed with {key['alg']} by {key['subsystem']}", set(header) == {"alg", "kid", "typ"} and header["typ"] == "spl-req+jwt"
          and header["alg"] in (key["alg"], "EdDSA" if key["alg"] == "Ed25519" else None) and claims["iss"] == key["subsystem"]
          and verifies(spki(key["jwk"]), key["alg"], f"{protected}.{payload}".encode(), unb64u(signature)))
    path, mark, query = target.partition("?")
    check(f"{name}: it names this gateway, method and target", (claims["aud"], claims["htm"], claims["htu"], claims["htq"]) == (origin, method, origin + path, mark + query))
    check(f"{name}: it lives 300 seconds at most, with a strong jti", 0 < claims["exp"] - claims["iat"] <= 300 and re.fullmatch(r"[A-Za-z0-9_-]{22,64}", claims["jti"]))
    check(f"{name}: it has no claim that the protocol does not know", all(claim in CLAIMS or claim.startswith("x_") for claim in claims))
    same = claims["digest"] == f"sha-256=:{b64(H(sent))}:"
    check(f"{name}: it {'does not fit' if changed else 'fits'} the content that was sent", same != changed and (changed or ("ctype" in claims) == bool(sent)))
    return claims, octets

def check_document(document):
    origin, vkey, tree, first, newest = document["publicOrigin"], document["log"]["vkey"], Tree(), {}, 0
    keys = {key["kid"]: key for key in document["keys"]}
    for kid, key in keys.items():
        with part(f"key {kid}"): check(f"key {kid}: is the thumbprint of a {key['alg']} key", thumbprint(key["jwk"]) == kid and (key["jwk"]["kty"] != "RSA" or len(unb64u(key["jwk"]["n"])) >= 256))
    check("there are five exchanges, each expected one in its place", len(document["exchanges"]) >= len(EXPECTED))
    check("the log's origin is its verifier key's name", document["log"]["origin"] == vkey.split("+")[0])
    for (name, status, problem), exchange in zip(EXPECTED, document["exchanges"]):
        with part(name):
            sent, got, statement = unb64u(exchange["requestContent"]), unb64u(exchange["responseContent"]), exchange["statement"]
            fields = {key.lower(): value for key, value in exchange["responseHeaders"].items()}
            check(f"{name}: answered {status or '2xx'} {problem or ''}".rstrip(), exchange["problem"] == fields.get("spl-problem") == problem and
                  (exchange["status"] == status if status else exchange["status"] // 100 == 2 and exchange["method"] not in ("GET", "HEAD")))
            check(f"{name}: Spl-Exchange is the exchange's id", fields["spl-exchange"] == exchange["id"] and re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", exchange["id"]))
            check(f"{name}: Content-Digest fits the content that came", fields["content-digest"] == f"sha-256=:{b64(H(got))}:")
            check(f"{name}: nobody may store or change it", {"no-store", "no-transform"} <= set(re.split(r",\s*", fields["cache-control"])))
            claims, octets = check_statement(name, statement, keys, origin, exchange["method"], exchange["target"], sent, problem == "digest-mismatch")
            if problem:
                told = parse(got)
                check(f"{name}: the problem document says the same", fields["content-type"].startswith("application/problem+json") and (told["code"], told["status"]) == (problem, status))
            if problem == "replayed":
                check("replay: it is the very statement of an earlier exchange, and points to that one's receipt", any(link in fields["link"] for link in (f"</receipts/{first[statement]}>", f"</receipts?statement={b64u(H(octets))}>")))
                check("replay: it has no receipt of its own", exchange["receipt"] is None and "spl-receipt" not in fields)
                continue
            check(f"{name}: its jti is new", statement not in first and all(claims["jti"] != parse(unb64u(other.split(".")[1]))["jti"] for other in first))
            first[statement] = exchange["id"]
            check(f"{name}: the receipt came in Spl-Receipt", fields.get("spl-receipt") == exchange["receipt"])
            newest = max(newest, check_receipt(name, exchange["receipt"], vkey, claims, octets, sent, got, exchange["status"], exchange["id"], problem, tree)[0])
    with part("last checkpoint"):
        size, root = open_checkpoint(document["checkpoint"], vkey)
        check(f"last checkpoint: signed by the log, {size} leaves, not older than any receipt", size >= newest)
        derived = tree.known(0, size)
        if derived is None: print(f"not checkable: the receipts do not show enough of the tree to recompute its root at {size}")
        else: check("last checkpoint: its root is the one that the receipts lead to", derived == root)

def check_call(transcript, vkey, sent):
    """One call as a client prints it: `Spl-Signature` (as sent), the status, the fields, an empty line, the content."""
    head, got = transcript.split(b"\n\n", 1)
    fields = {name.lower(): value for name, value in (line.split(": ", 1) for line in head.decode().splitlines())}
    octets = unb64u(fields["spl-signature"].split(".")[1])
    check_receipt("receipt", fields["spl-receipt"], vkey, parse(octets), octets, sent, got, int(fields["status"]), fields["spl-exchange"], fields.get("spl-problem"), Tree())

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?"), parser.add_argument("--vkey"), parser.add_argument("--sent")
    options = parser.parse_args()
    given = pathlib.Path(options.file).read_bytes() if options.file else sys.stdin.buffer.read()
    with part("input"):
        if options.vkey: check_call(given, options.vkey, pathlib.Path(options.sent).read_bytes() if options.sent else b"")
        else: check_document(parse(given))
    print(f"{tally[True]} passed, {tally[False]} failed")
    sys.exit(1 if tally[False] or not tally[True] else 0)

if __name__ == "__main__": main()
