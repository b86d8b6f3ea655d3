import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { signHandover } from "../../src/ledger/handover.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
import { cosignNote, formatVkey, signerOf, signNote, type NoteSigner } from "../../src/ledger/note.ts";
import { forge, forgerLog, keys, forgerVkey } from "../support/forger.ts";
import { python3 } from "../support/python.ts";
import { realBundles, type RealBundles } from "../support/real-bundles.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-independent-"));
const file = join(folder, "bukti.json");

let real: RealBundles;
beforeAll(async () => {
  real = await realBundles();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What is signed in a note. */
const textOf = (note: string): string => note.slice(0, note.indexOf("\n\n") + 1);

const lacks = (...commands: readonly string[]): string | undefined =>
  commands.find((name) => spawnSync(name, ["-v"], { stdio: "ignore" }).error !== undefined);

for (const { program, command, lacking } of [
  { program: "verify.py", command: [python3, "-B"], lacking: lacks("python3", "openssl") },
  { program: "verify.php", command: ["php", "-n"], lacking: lacks("php", "openssl") },
])
  describe.skipIf(lacking !== undefined)(`docs/verifiers/${program}, which shares nothing with the project`, () => {
    copyFileSync(fileURLToPath(new URL(`../../docs/verifiers/${program}`, import.meta.url)), join(folder, program));

    /** In a directory without anything of the project, with an environment that only says where programs are. */
    function verify(
      key: string,
      bytes: Buffer,
      handovers?: string,
    ): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
      writeFileSync(file, bytes);
      if (handovers !== undefined) writeFileSync(join(folder, "handovers.note"), handovers);
      const [name, ...rest] = command as [string, ...string[]];
      return spawnSync(name, [...rest, program, key, "bukti.json", ...(handovers === undefined ? [] : ["handovers.note"])], {
        cwd: folder,
        env: { PATH: process.env["PATH"] ?? "" },
        encoding: "utf8",
      });
    }

    it("accepts what the gateway handed out: an accepted exchange and a refused one", () => {
      for (const { bytes } of [real.accepted, real.refused]) {
        const { status, stdout, stderr } = verify(real.vkey, bytes);
        expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: "" });
        expect(stdout).toMatch(/SAH \(VERIFIED\)\n$/);
        expect(stdout).toContain("spl-req+jwt: signed by ID-16.03/GOV/dinsos/bansos");
      }
      expect(verify(real.vkey, real.accepted.bytes).stdout).toContain("content (delivered): the one whose digest was signed");
      expect(verify(real.vkey, real.refused.bytes).stdout).toContain("not-granted");
    });

    it.each(Object.values(keys))("accepts a statement with $alg", (signer) => {
      expect(verify(forgerVkey, forge({ signer }).bytes).status).toBe(0);
    });

    it.each([
      ["another log's key", () => verify(forgerVkey, real.accepted.bytes)],
      ["a statement that the leaf does not record", () => verify(forgerVkey, forge({ request: { statement: "A".repeat(43) } }).bytes)],
      ["a key of somebody else", () => verify(forgerVkey, forge({ entries: { "key mine": { owner: "ID-16.03/GOV/lain/lain" } } }).bytes)],
      ["a revoked key", () => verify(forgerVkey, forge({ states: { "key mine": "revoked" } }).bytes)],
      ["a key that is not in the registry", () => verify(forgerVkey, forge({ entries: { "key mine": undefined } }).bytes)],
      ["an answer about another exchange", () => verify(forgerVkey, forge({ answer: { exchange: "lain" } }).bytes)],
      ["another purpose", () => verify(forgerVkey, forge({ claims: { purpose: "lain" } }).bytes)],
      [
        "a registry of another time",
        () => verify(forgerVkey, forge({ leaf: { basis: { registry: "A".repeat(43), policy: "A".repeat(43) } } }).bytes),
      ],
      [
        "content that was not signed",
        () => verify(forgerVkey, forge({ claims: { digest: "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:" } }).bytes),
      ],
      [
        "a leaf at another place",
        () =>
          verify(
            forgerVkey,
            forge({ bundle: (bundle) => ({ ...bundle, leaves: [bundle.leaves[0], { ...bundle.leaves[1], index: 7 }] }) }).bytes,
          ),
      ],
      [
        "a document that is another",
        () => verify(forgerVkey, forge({ bundle: (bundle) => ({ ...bundle, documents: { ["A".repeat(43)]: "" } }) }).bytes),
      ],
    ])("refuses %s", (_, run) => {
      const { status, stdout } = run();
      expect(status).toBe(1);
      expect(stdout).toMatch(/SALAH \(WRONG\): [^\n]+\n$/);
    });

    describe("of a log whose key changed", () => {
      const [older, newer, stranger] = Array.from({ length: 3 }, () => signerOf(forgerLog.name, generateLogKey())) as [
        NoteSigner,
        NoteSigner,
        NoteSigner,
      ];
      const { bytes } = forge({});
      const { size } = parseCheckpoint((JSON.parse(bytes.toString()) as { checkpoint: string }).checkpoint)!;
      const root = Buffer.alloc(32);
      const over = (at: number, before: NoteSigner, after: NoteSigner): string => signHandover(at, root, before, after);
      const before = over(size - 1, older, forgerLog);
      const after = over(size, forgerLog, newer);
      const elsewhere = ["gw.example/log/next", "gw.example/log/next"].map((name, i) => signerOf(name, [forgerLog, newer][i]!.privateKey));

      it.each<[string, NoteSigner, readonly string[]]>([
        ["the key before", older, [before]],
        ["the key after", newer, [after]],
        ["a key two handovers away", newer, [before, after]],
        [
          "the key itself, beside handovers of a later log",
          forgerLog,
          [before, after, signHandover(3, root, elsewhere[0]!, elsewhere[1]!)],
        ],
      ])("follows from %s", (_, pinned, notes) => {
        const { status, stdout } = verify(formatVkey(pinned), bytes, notes.join("\n"));
        expect({ status }, stdout).toEqual({ status: 0 });
      });

      it.each<[string, NoteSigner, readonly string[]]>([
        ["no handover", older, []],
        ["a bundle that the old key signed after it handed over", newer, [over(size - 1, forgerLog, newer)]],
        ["a handover that the key before did not sign", older, [cosignNote(signNote(textOf(before), stranger), forgerLog)]],
        ["a handover that the new key did not sign", older, [cosignNote(signNote(textOf(before), older), stranger)]],
        ["handovers in another order", newer, [after, before]],
        ["a handover that does not go on from the one before", newer, [before, over(size, stranger, newer)]],
        ["a handover back to a key that was used", older, [before, over(size, forgerLog, older)]],
        ["a handover to the same key", forgerLog, [over(size, forgerLog, forgerLog)]],
        ["handovers of keys that are not pinned", stranger, [before, after]],
        ["something else in the file", older, [`${before}x\n`]],
      ])("refuses %s", (_, pinned, notes) => {
        const { status, stdout } = verify(formatVkey(pinned), bytes, notes.join("\n"));
        expect({ status }, stdout).toEqual({ status: 1 });
        expect(stdout).toMatch(/SALAH \(WRONG\): [^\n]+\n$/);
      });
    });

    it("refuses a bundle with any byte changed", () => {
      const { bytes } = real.accepted;
      // The last digit of the seal has bits that base64 does not use.
      const seal = bytes.indexOf('"seal":"');
      const sealed = bytes.indexOf('==\\n"', seal);
      const places = [
        seal + 20,
        seal + 130,
        sealed < 0 ? bytes.indexOf('=\\n"', seal) - 1 : sealed - 1,
        bytes.length - 1,
        ...Array.from({ length: 5 }, () => Math.floor(Math.random() * bytes.length)),
      ];
      for (const at of places) {
        const changed = Buffer.from(bytes);
        changed[at]! ^= 1;
        expect(verify(real.vkey, changed).status, `byte ${at}`).toBe(1);
      }
    });
  });
