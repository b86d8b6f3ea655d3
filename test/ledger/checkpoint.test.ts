import { createPrivateKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from "../../src/ledger/checkpoint.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
import { emptyRoot } from "../../src/ledger/merkle.ts";
import { formatVkey, parseNote, parseVkey, signerOf, signNote, verifyNote } from "../../src/ledger/note.ts";

// golang.org/x/mod/sumdb/note, note_test.go: the reference implementation of C2SP signed notes.
const peterVkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const peterSeed = Buffer.from("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "base64").subarray(1);
const enochVkey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterLine = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const enochLine = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const note = `${text}\n${peterLine}`;

const verifies = (signed: string, vkey: string): boolean => verifyNote(parseNote(signed)!, parseVkey(vkey)!);

describe("a signed note", () => {
  test("is signed byte for byte as the reference implementation signs it", () => {
    const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), peterSeed]);
    const signer = signerOf("PeterNeumann", createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }));
    expect(signNote(text, signer)).toBe(note);
    expect(formatVkey(signer)).toBe(peterVkey);
  });

  test("verifies under a known key among unknown ones, and under none that did not sign", () => {
    expect(verifies(note, peterVkey)).toBe(true);
    expect(verifies(note + enochLine, peterVkey)).toBe(true);
    expect(verifies(note + enochLine, enochVkey)).toBe(true);
    expect(verifies(note, enochVkey)).toBe(false);
  });

  test("does not verify once its text is changed, nor when one line of the known key is bad", () => {
    expect(verifies(note.replace("cryptography", "cryptographY"), peterVkey)).toBe(false);
    const bad = signNote("other\n", { ...parseVkey(peterVkey)!, privateKey: generateLogKey() })
      .split("\n")
      .at(-2)!;
    expect(verifies(`${note}${bad}\n`, peterVkey)).toBe(false);
  });

  test.each([
    text,
    `${text}\n`,
    note.slice(0, -1),
    `\u0001${note}`,
    `${text}\n— Bad Name x08go/ZJ\n`,
    `${note}Unexpected line.\n`,
    `${text}\n${peterLine.repeat(65)}`,
  ])("that is malformed is not one (%#)", (malformed) => expect(parseNote(malformed)).toBeUndefined());

  test("takes no verifier key that is mangled anywhere", () => {
    for (let i = 0; i < peterVkey.length; i++) {
      expect(parseVkey(peterVkey.slice(0, i))).toBeUndefined();
      expect(parseVkey(peterVkey.slice(0, i) + String.fromCharCode(peterVkey.charCodeAt(i) + 1) + peterVkey.slice(i + 1))).toBeUndefined();
    }
    expect(parseVkey("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")).toBeUndefined();
    expect(parseVkey("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")).toBeUndefined();
  });
});

/** C2SP signed-note, c2sp.org/signed-note: the examples of the specification itself. */
describe("the specification's own note", () => {
  const fooVkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  const fooNote =
    "This is an example message.\n\n— example.com/foo " +
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
  const poem = `Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.
`;
  const poemNote =
    `${poem}\n— quasimodo.example/salvatore ` +
    `NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n`;

  test("verifies under its key, and its key is written as it is read", () => {
    expect(verifies(fooNote, fooVkey)).toBe(true);
    expect(verifies(fooNote.replace("example message", "Example message"), fooVkey)).toBe(false);
    expect(formatVkey(parseVkey(fooVkey)!)).toBe(fooVkey);
    expect(parseVkey(fooVkey)!.keyId.toString("hex")).toBe("530d903a");
  });

  test("has a text with an empty line: the last one ends it", () => {
    expect(parseNote(poemNote)).toMatchObject({
      text: poem,
      signatures: [{ name: "quasimodo.example/salvatore", keyId: Buffer.from("367ba04b", "hex") }],
    });
  });

  test("may carry sixteen signatures and more, of which the known one counts, wherever it stands", () => {
    const stranger = (i: number): string =>
      signNote("This is an example message.\n", signerOf(`saksi-${i}.example/w`, generateLogKey()))
        .split("\n")
        .at(-2)!;
    const lines = Array.from({ length: 20 }, (_, i) => `${stranger(i)}\n`);
    expect(verifies(fooNote + lines.join(""), fooVkey)).toBe(true);
    expect(verifies(fooNote.replace("\n\n", `\n\n${lines.join("")}`), fooVkey)).toBe(true);
  });

  test("does not verify by a stranger who has the name, or the key id, but not both", () => {
    const [, signature] = /([A-Za-z0-9+/=]+)\n$/.exec(fooNote)!;
    const vkeyOther = formatVkey(signerOf("example.com/foo", generateLogKey()));
    expect(verifies(fooNote, vkeyOther)).toBe(false);
    expect(verifies(`This is an example message.\n\n— example.com/bar ${signature}\n`, fooVkey)).toBe(false);
  });
});

describe("a checkpoint", () => {
  // C2SP tlog-checkpoint's own example.
  const example = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

  test("of the specification is read", () => {
    const root = Buffer.from("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "base64");
    expect(parseCheckpoint(example)).toEqual({ origin: "example.com/behind-the-sofa", size: 20_852_163, root });
  });

  // C2SP tlog-cosignature's example: the same with the line of a witness, of another signature type (0x04).
  const cosigned =
    `${example}— witness.example.com/w1 ` +
    `jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n`;

  test("of the specification with a witness's cosignature says the same", () => {
    expect(parseCheckpoint(cosigned)).toEqual(parseCheckpoint(example));
    expect(parseNote(cosigned)!.signatures.map(({ name, signature }) => [name, signature.length])).toEqual([
      ["example.com/behind-the-sofa", 64],
      ["witness.example.com/w1", 72],
    ]);
  });

  test("that carries a witness's line still verifies under the log's key", () => {
    const signer = signerOf("gw.example/log/a", generateLogKey());
    const witness = cosigned.split("\n").at(-2)!;
    expect(verifyCheckpoint(`${signCheckpoint(3, Buffer.alloc(32, 1), signer)}${witness}\n`, signer)).toBe(true);
  });

  test("may have extension lines, which say nothing here, but are signed", () => {
    const signer = signerOf("gw.example/log/a", generateLogKey());
    const extended = signNote(`gw.example/log/a\n3\n${Buffer.alloc(32, 1).toString("base64")}\nwaktu 2026\nlagi\n`, signer);
    expect(parseCheckpoint(extended)).toEqual({ origin: "gw.example/log/a", size: 3, root: Buffer.alloc(32, 1) });
    expect(verifyCheckpoint(extended, signer)).toBe(true);
    expect(verifyCheckpoint(extended.replace("waktu 2026", "waktu 2027"), signer)).toBe(false);
  });

  test("of an empty tree has size 0 and the hash of nothing", () => {
    const signer = signerOf("gw.example/log/a", generateLogKey());
    expect(parseCheckpoint(signCheckpoint(0, emptyRoot, signer))).toEqual({ origin: "gw.example/log/a", size: 0, root: emptyRoot });
    expect(emptyRoot.toString("base64")).toBe("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  });

  test("is signed and verified under its origin, and not under another name", () => {
    const key = generateLogKey();
    const signed = signCheckpoint(3, Buffer.alloc(32, 1), signerOf("gw.example/log/a", key));
    expect(parseCheckpoint(signed)).toEqual({ origin: "gw.example/log/a", size: 3, root: Buffer.alloc(32, 1) });
    expect(verifyCheckpoint(signed, parseVkey(formatVkey(signerOf("gw.example/log/a", key)))!)).toBe(true);
    expect(verifyCheckpoint(signed, signerOf("gw.example/log/b", key))).toBe(false);
    expect(verifyCheckpoint(signed, signerOf("gw.example/log/a", generateLogKey()))).toBe(false);
  });

  test.each([
    ["a size with a leading zero", example.replace("\n20852163", "\n020852163")],
    ["a size beyond 2⁵³", example.replace("20852163", "9007199254740993")],
    ["a root of another length", example.replace("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "CsUYag==")],
    ["an empty origin", example.replace("example.com/behind-the-sofa\n2", "\n2")],
    ["an empty line in its text", example.replace("q2I=\n", "q2I=\n\nmore\n")],
  ])("with %s is refused", (_, malformed) => expect(parseCheckpoint(malformed)).toBeUndefined());
});
