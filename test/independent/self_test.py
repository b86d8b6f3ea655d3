"""Why check.py may be believed: it accepts published vectors and a document made without the gateway, and finds every flipped bit and every lie told in it."""
import contextlib, copy, io, json, pathlib, random, sys, tempfile, unittest

sys.dont_write_bytecode = True
import check
import vectors


def failures(run, *given):
    """The lines that check.py would mark as failed; it must have passed something to count."""
    check.tally.update({True: 0, False: 0})
    with contextlib.redirect_stdout(io.StringIO()) as out:
        with check.part("input"): run(*given)
    return [line for line in out.getvalue().splitlines() if line.startswith("FAILED")]


def flip(text, at, bit=0): return text[:at] + chr(ord(text[at]) ^ 1 << bit) + text[at + 1:]


class PublishedVectors(unittest.TestCase):
    def test_a_signed_note_of_the_go_checksum_database(self):  # golang.org/x/mod/sumdb/note, the example of its documentation
        text = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
        key = check.unb64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        signature = check.unb64("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=")
        self.assertEqual(check.H(b"PeterNeumann\n", key)[:4].hex(), "c74f20a3")
        self.assertEqual(signature[:4].hex(), "c74f20a3")
        self.assertTrue(check.verifies(check.spki({"kty": "OKP", "crv": "Ed25519", "x": check.b64u(key[1:])}), "Ed25519", text, signature[4:]))

    def test_the_tree_of_certificate_transparency(self):  # the eight leaves of the reference implementation's Merkle tree tests
        leaves = [bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
        path = [bytes.fromhex(node) for node in ("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
        root = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
        self.assertEqual(check.Tree().include(0, 0, 8, check.H(b"\0", leaves[0]), path).hex(), root)
        for wrong in (path[:-1], path + path[:1], path[::-1]):
            with contextlib.suppress(ValueError): self.assertNotEqual(check.Tree().include(0, 0, 8, check.H(b"\0", leaves[0]), wrong).hex(), root)

    def test_thumbprints_and_a_signature_of_the_rfcs(self):
        jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}  # RFC 8037 A.2 to A.4
        self.assertEqual(check.thumbprint(jwk), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        message = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
        signature = check.unb64u("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
        self.assertTrue(check.verifies(check.spki(jwk), "EdDSA", message, signature))
        self.assertFalse(check.verifies(check.spki(jwk), "EdDSA", message + b".", signature))

    def test_inclusion_for_every_leaf_of_every_tree_up_to_33(self):
        log, tree = vectors.Log.__new__(vectors.Log), check.Tree()
        log.leaves = [b"%d" % n for n in range(33)]
        for size in range(1, 34):
            for index in range(size):
                self.assertEqual(tree.include(index, 0, size, check.H(b"\0", log.leaves[index]), log.proof(index, size)), log.root(size))
        with self.assertRaises(ValueError): tree.include(0, 0, 1, check.H(b"\0", b"another"), [])


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.maker = vectors.Maker(cls.folder.name)
        cls.good = cls.maker.document()

    def find(self, document, what):
        found = failures(check.check_document, document)
        self.assertTrue(any(what in line for line in found), f"{what!r} is not among {found}")

    def test_a_truthful_document_passes(self):
        self.assertEqual(failures(check.check_document, self.good), [])
        self.assertGreater(check.tally[True], 60)

    def test_one_flipped_bit_in_any_member_is_found(self):
        chance, tried = random.Random(9162), 0
        def members(value, path=()):
            if isinstance(value, (dict, list)):
                for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
                    if key not in ("data", "link", "content-type"): yield from members(inner, path + (key,))
            elif isinstance(value, (str, int)) and value != "": yield path, value
        for path, value in list(members(self.good)):
            for at in chance.sample(range(len(value)), min(len(value), 5)) if isinstance(value, str) else [0]:
                document = copy.deepcopy(self.good)
                holder = document
                for key in path[:-1]: holder = holder[key]
                holder[path[-1]] = flip(value, at) if isinstance(value, str) else value ^ 1
                self.assertTrue(failures(check.check_document, document), f"bit 0 of character {at} of {path}")
                tried += 1
        self.assertGreater(tried, 200)

    def test_one_flipped_bit_in_any_octet_of_a_receipt_is_found(self):
        chance = random.Random(6962)
        for place, exchange in enumerate(self.good["exchanges"][:4]):
            parts = exchange["receipt"].split(":")
            for part in (1, 3, 5, 7):
                octets = check.unb64(parts[part])
                for at in range(0, len(octets), 1 if len(octets) < 200 else 7):
                    document, changed = copy.deepcopy(self.good), bytearray(octets)
                    changed[at] ^= 1 << chance.randrange(8)
                    told = ":".join(parts[:part] + [check.b64(bytes(changed))] + parts[part + 1:])
                    document["exchanges"][place]["receipt"] = document["exchanges"][place]["responseHeaders"]["spl-receipt"] = told
                    self.assertTrue(failures(check.check_document, document), f"octet {at} of part {part} in receipt {place}")

    def test_a_lie_that_is_signed_and_notarised_is_found(self):
        lies = [("claims", "accepted read", {"exp": 2 ** 40}, "300 seconds"), ("claims", "accepted read", {"nbf": 1}, "no claim that the protocol"),
                ("claims", "accepted read", {"aud": "http://lain"}, "this gateway"), ("claims", "accepted write", {"htq": ""}, "this gateway"),
                ("claims", "accepted read", {"ctype": "text/plain"}, "fits the content"), ("claims", "accepted read", {"iss": "ID-16.03/GOV/lain/lain"}, "signed with"),
                ("leaf", "accepted read", {"v": 2}, "about this log"), ("leaf", "accepted read", {"consumer": "ID-16.03/GOV/lain/lain"}, "about this log"),
                ("leaf", "accepted read", {"type": "refusal"}, "an outcome or a refusal"), ("leaf", "no grant", {"type": "control"}, "an outcome or a refusal"),
                ("leaf", "no grant", {"problem": "internal"}, "an outcome or a refusal"), ("leaf", "accepted read", {"at": "2020-01-01T00:00:00.000Z"}, "time"),
                ("leaf", "accepted write", {"intent": {"log": vectors.LOG, "index": 99}}, "intent"), ("leaf", "accepted read", {"request": {}}, "readable"),
                ("leaf", "accepted read", {"purpose": "lain"}, "operation, grant and purpose"), ("leaf", "accepted read", {"log": "lain/log/1"}, "about this log")]
        for what, name, change, expected in lies:
            with self.subTest(change):
                self.find(self.maker.document(lambda kind, of, value: value | change if (kind, of) == (what, name) else value), expected)
        another = {"statement": check.b64u(bytes(32))}
        self.find(self.maker.document(lambda kind, of, value: value | {"request": value["request"] | another} if (kind, of) == ("leaf", "accepted read") else value), "names my statement")
        self.find(self.maker.document(lambda kind, of, value: b'{"code":"internal","status":403}' if (kind, of) == ("answer", "no grant") else value), "says the same")
        self.find(self.maker.document(lambda kind, of, value: value | {"jti": "A" * 22} if kind == "claims" else value), "jti is new")
        self.find(self.maker.document(lambda kind, of, value: bytes([1]) * 64 if (kind, of) == ("open", "no grant") else value), "nothing is committed")

    def test_a_rewritten_log_is_found(self):
        other = self.maker.document()
        self.find(self.good | {"checkpoint": other["checkpoint"]}, "its root")
        mixed = self.good | {"exchanges": other["exchanges"][:1] + self.good["exchanges"][1:4] + other["exchanges"][4:]}
        self.find(mixed, "two hashes")
        ours, theirs = (one["exchanges"][0]["receipt"].split(":") for one in (self.good, other))
        told = ":".join(ours[:5] + theirs[5:6] + ours[6:])
        swapped = self.good["exchanges"][0] | {"receipt": told, "responseHeaders": self.good["exchanges"][0]["responseHeaders"] | {"spl-receipt": told}}
        self.find(self.good | {"exchanges": [swapped] + self.good["exchanges"][1:]}, "is in the tree")
        short = vectors.Log(self.maker.log_key)
        short.append(b"{}")
        self.find(self.good | {"checkpoint": short.checkpoint()}, "not older")

    def test_another_log_key_and_another_order_are_found(self):
        stranger = vectors.Log(self.maker.keys["Ed25519"])
        self.find(self.good | {"log": {"origin": vectors.LOG, "vkey": stranger.vkey}}, "did not sign")
        self.find(self.good | {"exchanges": self.good["exchanges"][::-1]}, "answered")
        self.find(self.good | {"exchanges": self.good["exchanges"][:4]}, "five exchanges")
        keys = self.good["keys"] + [self.good["keys"][0] | {"kid": "A" * 43}]
        self.find(self.good | {"keys": keys}, "thumbprint")
        link = {"link": '</receipts/00000000-0000-7000-8000-000000000000>; rel="https://simpul.id/rel/receipt"'}
        astray = self.good["exchanges"][4] | {"responseHeaders": self.good["exchanges"][4]["responseHeaders"] | link}
        self.find(self.good | {"exchanges": self.good["exchanges"][:4] + [astray]}, "points to that one's receipt")
        replay = self.good["exchanges"][4] | {"receipt": self.good["exchanges"][0]["receipt"]}
        self.find(self.good | {"exchanges": self.good["exchanges"][:4] + [replay]}, "no receipt of its own")

    def test_a_lone_call_is_checked_as_the_clients_print_it(self):
        call = self.good["exchanges"][1]
        sent, got = check.unb64u(call["requestContent"]), check.unb64u(call["responseContent"])
        fields = {"Spl-Signature": call["statement"], "Status": call["status"], "Spl-Exchange": call["id"], "Spl-Receipt": call["receipt"]}
        transcript = "".join(f"{name}: {value}\n" for name, value in fields.items()).encode() + b"\n" + got
        vkey = self.good["log"]["vkey"]
        self.assertEqual(failures(check.check_call, transcript, vkey, sent), [])
        for wrong in ((transcript + b" ", vkey, sent), (transcript, vkey, sent + b" "), (transcript.replace(b"Status: 201", b"Status: 200"), vkey, sent),
                      (transcript, vectors.Log(self.maker.keys["Ed25519"]).vkey, sent)):
            self.assertTrue(failures(check.check_call, *wrong))


if __name__ == "__main__":
    if sys.argv[1:] == ["--print"]:
        with tempfile.TemporaryDirectory() as folder: print(json.dumps(vectors.Maker(folder).document()))
    else: unittest.main()
