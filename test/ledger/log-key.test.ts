import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { generateKeyPairSync } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { LedgerFault } from "../../src/ledger/fault.ts";
import { encodeLogKey, generateLogKey, loadLogKey, vkeyOf } from "../../src/ledger/log-key.ts";

const directory = mkdtempSync(join(tmpdir(), "simpul-key-"));
afterAll(() => rmSync(directory, { recursive: true }));
const path = join(directory, "log.pem");

function write(pem: string, mode: number): void {
  writeFileSync(path, pem);
  chmodSync(path, mode);
}

test("a log key comes back from its file as it was, under the same vkey", () => {
  const key = generateLogKey();
  write(encodeLogKey(key), 0o600);
  expect(vkeyOf("gw.example/log/a", loadLogKey(path))).toBe(vkeyOf("gw.example/log/a", key));
});

test.each([0o640, 0o604, 0o660, 0o644])("a key file of mode %o is refused, with the remedy", (mode) => {
  write(encodeLogKey(generateLogKey()), mode);
  expect(() => loadLogKey(path)).toThrow(/chmod 600/);
});

test("a file that holds no Ed25519 private key is refused, and so is one that is not there", () => {
  for (const pem of ["", generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" })]) {
    write(pem, 0o600);
    expect(() => loadLogKey(path)).toThrow(LedgerFault);
  }
  expect(() => loadLogKey(join(directory, "absent.pem"))).toThrow(LedgerFault);
});
