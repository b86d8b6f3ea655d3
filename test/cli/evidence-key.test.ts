import { readFileSync, statSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environment, gatewayFixture, type Environment } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";

let l: Environment;
beforeAll(async () => void (l = await environment()));
afterAll(() => l.close());

const evidenceKey = (...words: string[]) => here(["evidence-key", ...words, "--data", l.config.data]);
const lines = (): string[] => readFileSync(l.config.evidenceKey, "utf8").trim().split("\n");

/** A gateway starts, lets one exchange through, and stops. */
async function exchangeOnce(): Promise<string> {
  const w = await gatewayFixture({ continues: l });
  const { fields } = await w.call();
  await w.open.close();
  await w.close();
  return fields["spl-exchange"]!;
}

test("a key is made by init, renewed by rotate, taken into use at the next start, and what it replaced may go", async () => {
  expect(statSync(l.config.evidenceKey).mode & 0o777).toBe(0o600);
  expect((await evidenceKey()).stdout).toMatch(/ 1 {2}[0-9a-f]{16} {2}terbaru, belum dipakai \(newest, not in use yet\)/);
  await exchangeOnce();
  expect((await evidenceKey()).stdout).toMatch(/ 1 {2}[0-9a-f]{16} .*\(wraps the keys of 1 bucket\)/);

  const [old] = lines();
  expect(await evidenceKey("rotate")).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/ditaruh di baris 1 .*\n.*put on line 1/) as unknown,
  });
  expect(lines()).toHaveLength(2);
  expect(lines()[1]).toBe(old);
  expect(statSync(l.config.evidenceKey).mode & 0o777).toBe(0o600);
  expect((await evidenceKey()).stdout).toMatch(/ 1 .*newest, not in use yet[^]* 2 .*wraps the keys of 1 bucket/);
  const exchange = await exchangeOnce();
  expect((await evidenceKey()).stdout).toMatch(/ 1 .*wraps the keys of 1 bucket[^]* 2 .*\(not in use, may be removed\)/);

  writeFileSync(l.config.evidenceKey, `${lines()[0]!}\n`);
  const w = await gatewayFixture({ continues: l });
  const { index } = (await w.open.gateway.ledger.findExchange(exchange))!;
  expect((await w.open.gateway.ledger.sealedRecord(index))?.keys).toBeInstanceOf(Buffer);
  await w.open.close();
  await w.close();
});

test("a key that is in use and not in the file is named, with status 1, and no gateway starts without it", async () => {
  const key = lines()[0]!;
  writeFileSync(l.config.evidenceKey, `${Buffer.alloc(32).toString("base64")}\n`);
  expect(await evidenceKey()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/✗ {2}[0-9a-f]{16} {2}tidak ada di berkas.*restore it from a backup/) as unknown,
  });
  await expect(gatewayFixture({ continues: l })).rejects.toThrow(/evidence\.key .*restore its line from a backup/);
  writeFileSync(l.config.evidenceKey, `${key}\n`);
});

test("other words are refused with the usage", async () => {
  expect(await evidenceKey("putar")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("The word putar is not known here.") as unknown,
  });
});
