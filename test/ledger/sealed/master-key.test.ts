import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadMasterKeys, newMasterKey } from "../../../src/ledger/sealed/master-key.ts";

let file: string;
beforeEach(() => void (file = join(mkdtempSync(join(tmpdir(), "simpul-key-")), "evidence.key")));
afterEach(() => rmSync(join(file, ".."), { recursive: true }));

const load = (text: string, mode = 0o600) => {
  writeFileSync(file, text, { mode });
  return loadMasterKeys(file);
};

test("gives the keys of its lines, newest first, each known by an id that does not give it away", () => {
  const [newer, older] = [newMasterKey(), newMasterKey()];
  const keys = load(newer + older);
  expect(keys.file).toBe(file);
  expect(keys.lines.map(({ line, key }) => [line, key.export().toString("base64")])).toEqual([
    [1, newer.trim()],
    [2, older.trim()],
  ]);
  expect(new Set(keys.lines.map(({ id }) => id)).size).toBe(2);
  for (const { id, key } of keys.lines) {
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(key.export().toString("hex")).not.toContain(id);
  }
  expect(load(`\n${older}\n`).lines).toMatchObject([{ id: keys.lines[1]!.id, line: 2 }]);
});

test.each([
  [
    "a line that is no key",
    `${newMasterKey()}rahasia\n`,
    /evidence\.key baris 2 bukan kunci bukti.*evidence\.key line 2 is no evidence key/,
  ],
  ["a key that is too short", `${Buffer.alloc(31).toString("base64")}\n`, /line 1 is no evidence key/],
  ["no line at all", "\n", /holds no evidence key/],
])("refuses a file with %s", (_, text, said) => {
  expect(() => load(text)).toThrow(said);
});

test("refuses a file that others may read, and one that is not there", () => {
  expect(() => load(newMasterKey(), 0o640)).toThrow(/kunci bukti .* dapat dibaca pihak lain \(mode 0640\)/);
  rmSync(file);
  expect(() => loadMasterKeys(file)).toThrow(/cannot be read/);
});
