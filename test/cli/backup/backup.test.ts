import { generateKeyPairSync } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gatewayFixture, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { here } from "../../support/here.ts";

let g: GatewayFixture;
let place: string;
beforeAll(async () => {
  g = await gatewayFixture();
  await g.call();
  place = mkdtempSync(join(tmpdir(), "simpul-backup-verb-"));
  const pair = generateKeyPairSync("x25519");
  writeFileSync(join(place, "public.pem"), pair.publicKey.export({ type: "spki", format: "pem" }));
  writeFileSync(join(place, "private.pem"), pair.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(join(place, "passphrase"), "enam kata acak yang panjang sekali\n", { mode: 0o600 });
  writeFileSync(join(place, "short"), "rahasia\n", { mode: 0o600 });
});
afterAll(async () => {
  await g.open.close();
  await g.close();
  rmSync(place, { recursive: true });
});

const at = (name: string): string => join(place, name);
const backup = (...words: string[]) => here(["backup", ...words, "--data", g.config.data, "--public-origin", g.publicOrigin]);

test("the verb makes a backup that its own check finds whole, with keys that the recipient opens", async () => {
  const made = await backup(at("a"), "--recipient", at("public.pem"), "--json");
  expect(made).toMatchObject({ status: 0, stderr: "" });
  const said = JSON.parse(made.stdout) as { log: { size: number }; digest: string };
  expect(said).toMatchObject({ to: at("a"), keys: at("a.keys"), recorded: 2, registry: { version: 1 } });

  const checked = await backup("verify", at("a"));
  expect(checked).toMatchObject({ status: 0, stderr: "" });
  expect(checked.stdout).toMatch(new RegExp(`WHOLE: ${said.log.size} leaves recomputed[^]*keys were not checked[^]*${said.digest}`));
  const opened = await backup("verify", at("a"), "--keys", at("a.keys"), "--identity", at("private.pem"), "--json");
  expect(opened.status).toBe(0);
  expect(JSON.parse(opened.stdout)).toMatchObject({ whole: true, faults: [], keysChecked: true, digest: said.digest, program: "0.1.0" });

  writeFileSync(at("a/logs.note"), "x");
  const broken = await backup("verify", at("a"));
  expect(broken.status).toBe(1);
  expect(broken.stderr).toMatch(/✗ logs\.note panjangnya 1 bita.*\n.*logs\.note has 1 bytes/);
  expect(broken.stdout).not.toMatch(/WHOLE/);
});

test("keys are encrypted with a passphrase, for which another is no substitute", async () => {
  const made = await backup(at("b"), "--keys", at("elsewhere"), "--passphrase-file", at("passphrase"));
  expect(made).toMatchObject({ status: 0, stderr: "" });
  expect(made.stdout).toMatch(/The backup is whole[^]*Encrypted keys: .*elsewhere/);
  expect(readFileSync(at("elsewhere"), "utf8")).not.toMatch(/PRIVATE KEY/);
  const opened = await backup("verify", at("b"), "--keys", at("elsewhere"), "--passphrase-file", at("passphrase"));
  expect(opened.status).toBe(0);
  expect(opened.stdout).not.toMatch(/not checked/);
  for (const [option, file] of [
    ["--passphrase-file", "short"],
    ["--identity", "private.pem"],
  ] as const) {
    const other = await backup("verify", at("b"), "--keys", at("elsewhere"), option, at(file));
    expect(other).toMatchObject({ status: 1, stderr: expect.stringMatching(/does not open/) as unknown });
  }
});

test("without keys it says what that means, and asks for a decision where there is no terminal", async () => {
  const made = await backup(at("c"), "--without-keys");
  expect(made.stdout).toMatch(/The keys are NOT in it/);
  expect(existsSync(at("c.keys"))).toBe(false);
  expect(await backup(at("d"))).toMatchObject({ status: 2, stderr: expect.stringMatching(/say how the keys are encrypted/) as unknown });
});

test("what cannot be done is refused before anything is made", async () => {
  chmodSync(at("short"), 0o600);
  writeFileSync(at("open"), "enam kata acak yang panjang sekali\n", { mode: 0o644 });
  for (const [words, says] of [
    [[], /Name one folder/],
    [["verify"], /Name one folder/],
    [[at("e"), at("f")], /Name one folder/],
    [[at("e"), "--identity", at("private.pem")], /for backup verify only/],
    [[at("e"), "--recipient", at("public.pem"), "--without-keys"], /Choose one of/],
    [[at("e"), "--recipient", at("private.pem")], /is no X25519 public key/],
    [[at("e"), "--recipient", at("short")], /is no X25519 public key/],
    [[at("e"), "--passphrase-file", at("short")], /at least 16 characters/],
    [[at("e"), "--passphrase-file", at("open")], /The passphrase file .* is open to others/],
    [["verify", place], /no backup\.json/],
    [["verify", at("b"), "--recipient", at("public.pem")], /for making a backup only/],
  ] as const) {
    const refused = await backup(...words);
    expect(refused.status, words.join(" ")).not.toBe(0);
    expect(refused.stderr, words.join(" ")).toMatch(says);
  }
  expect([at("e"), at("e.partial"), at("e.keys"), at("e.keys.partial")].filter(existsSync)).toEqual([]);
});
