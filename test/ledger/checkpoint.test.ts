import { createPrivateKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from "../../src/ledger/checkpoint.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
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
    const bad = signNote("other\n", { ...parseVkey(peterVkey)!, privateKey: generateLogKey() }).split("\n").at(-2)!;
    expect(verifies(`${note}${bad}\n`, peterVkey)).toBe(false);
  });

  test.each([text, `${text}\n`, note.slice(0, -1), `\u0001${note}`, `${text}\n— Bad Name x08go/ZJ\n`, `${note}Unexpected line.\n`, `${text}\n${peterLine.repeat(65)}`])(
    "that is malformed is not one (%#)",
    (malformed) => expect(parseNote(malformed)).toBeUndefined(),
  );

  test("takes no verifier key that is mangled anywhere", () => {
    for (let i = 0; i < peterVkey.length; i++) {
      expect(parseVkey(peterVkey.slice(0, i))).toBeUndefined();
      expect(parseVkey(peterVkey.slice(0, i) + String.fromCharCode(peterVkey.charCodeAt(i) + 1) + peterVkey.slice(i + 1))).toBeUndefined();
    }
    expect(parseVkey("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")).toBeUndefined();
    expect(parseVkey("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")).toBeUndefined();
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
