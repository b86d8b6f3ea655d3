import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import { problems } from "../../src/base/problem.ts";
import { parseCheckpoint, verifyCheckpoint } from "../../src/ledger/checkpoint.ts";
import { hashLeafInto } from "../../src/ledger/merkle.ts";
import { parseNote, parseVkey, verifyNote } from "../../src/ledger/note.ts";
import { decodeEntryBundle } from "../../src/ledger/tiles.ts";
import { formatDigest } from "../../src/trust/content-digest.ts";
import type { Sent } from "../../src/agent/consumer.ts";
import { here } from "../support/here.ts";
import { naiveRoot } from "../support/naive-tree.ts";
import { auditor, consumer, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { again, leafBytes } from "../support/log-leaves.ts";
import { page } from "../support/page.ts";

const leaves = 300;
let w: GatewayFixture;
beforeAll(async () => {
  w = await gatewayFixture();
  while (parseCheckpoint(w.open.gateway.ledger.checkpoint())!.size < leaves)
    await Promise.all(
      Array.from({ length: Math.min(20, leaves - parseCheckpoint(w.open.gateway.ledger.checkpoint())!.size) }, () => w.call()),
    );
});
afterAll(() => w.close());

const log = (path: string) => page(`${w.publicOrigin}/log/log-1/${path}`);
const entries = (iss: string, path: string): Promise<Sent> =>
  w.call({ iss, target: `/log/log-1/tile/entries/${path}`, ...without("purpose") });
const without = (name: string): object => ({ [name]: undefined });

describe("the log for everybody in the intra network", () => {
  it("shows its newest head, signed by the key that members pin", async () => {
    const { status, fields, text } = await log("checkpoint");
    expect(status).toBe(200);
    expect(fields).toMatchObject({ "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
    expect(verifyCheckpoint(text, parseVkey(w.instance.vkey)!)).toBe(true);
    expect(parseCheckpoint(text)).toEqual({ origin: w.instance.origin, size: leaves, root: naiveRoot(await leafBytes(w)) });
  });

  it("shows tiles in tlog-tiles form: full and partial ones are for ever (A11)", async () => {
    const hashes = Buffer.alloc(leaves * 32);
    (await leafBytes(w)).forEach((leaf, i) => hashLeafInto(leaf, hashes, i * 32));
    const [full, partial] = [await log("tile/0/000"), await log("tile/0/001.p/44")];
    expect(full.fields).toMatchObject({ "content-type": "application/octet-stream", "cache-control": "max-age=31536000, immutable" });
    expect(partial.fields["cache-control"]).toBe("max-age=31536000, immutable");
    expect(Buffer.concat([full.bytes, partial.bytes])).toEqual(hashes);
    expect((await log("tile/1/000.p/1")).bytes).toEqual(naiveRoot((await leafBytes(w)).slice(0, 256)));
    expect((await log("tile/0/000.p/9")).bytes).toEqual(hashes.subarray(0, 9 * 32));
  });

  it.each([
    "tile/0/002",
    "tile/0/001",
    "tile/0/001.p/45",
    "tile/0/001.p/0",
    "tile/0/000.p/256",
    "tile/1/000",
    "tile/1/000.p/2",
    "tile/2/000.p/1",
    "tile/64/000",
    "tile/0/0",
    "tile/0/x000/000",
    "tile/0/000?a=1",
    "tile/00/000",
    "tile/",
    "tile/0/%30%30%30",
    "checkpoint/lain",
    "lain",
    "",
  ])("has nothing at %s, and nobody is to remember so", async (path) =>
    expect(await log(path)).toMatchObject({ status: 404, fields: { "cache-control": "no-store" } }),
  );

  it("lists the instance's logs in a note that the offline key signed", async () => {
    const { text } = await page(`${w.publicOrigin}/logs`);
    const name = `${new URL(w.publicOrigin).host}/logs`;
    const note = parseNote(text)!;
    expect(verifyNote(note, parseVkey(w.instance.listVkey)!)).toBe(true);
    const [list, line] = note.text.split("\n");
    expect(list).toBe(name);
    expect(line).toMatch(/ \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z - -$/);
    expect(line!.split(" ").slice(0, 2)).toEqual([w.instance.origin, w.instance.vkey]);
  });
});

describe("the entries", () => {
  it("are the leaves, for an auditor", async () => {
    const [full, partial] = [await entries(auditor, "000"), await entries(auditor, "001.p/44")];
    expect([full.status, partial.status]).toEqual([200, 200]);
    // A cache between would give them to whoever asks.
    expect([full.fields["cache-control"], partial.fields["cache-control"]]).toEqual(["no-store", "no-store"]);
    expect([...decodeEntryBundle(full.answer), ...decodeEntryBundle(partial.answer)]).toEqual(await leafBytes(w));
  });

  it("are for nobody else, and not for who repeats an auditor's request", async () => {
    const refused = await entries(consumer, "000");
    expect(refused.fields).toMatchObject({
      "spl-problem": "receipt-unknown",
      "cache-control": "no-store, no-transform",
      "content-digest": formatDigest(sha256(refused.answer)),
    });
    expect((await again(w, await entries(auditor, "000"))).fields["spl-problem"]).toBe("replayed");
    expect((await w.call({ iss: auditor, target: "/log/log-1/tile/entries/000" })).fields["spl-problem"]).toBe("statement-invalid");
  });

  it("ask a reader without a statement for one (A10)", async () => {
    for (const path of [
      "/log/log-1/tile/entries/000",
      "/log/log-1/tile/entries/000.p/9",
      "/receipts/x",
      "/receipts?statement=x",
      "/evidence/x",
    ])
      expect(await page(`${w.publicOrigin}${path}`)).toMatchObject({
        status: 401,
        fields: { "spl-problem": "statement-missing", "www-authenticate": `Spl realm="${w.publicOrigin}"` },
      });
  });
});

describe("simpul audit over HTTP", () => {
  const audit = async (iss: string, ...more: string[]) => {
    const pem = join(w.config.data, "reader.pem");
    writeFileSync(pem, w.keys[iss]!.privateKey.export({ type: "pkcs8", format: "pem" }));
    return here(["audit", "--log", `${w.publicOrigin}/log/log-1`, "--subsystem", iss, "--key", pem, "--vkey", w.instance.vkey, ...more]);
  };

  it("recomputes a log of more than one tile and finds it sound", async () => {
    const { status, stdout } = await audit(auditor);
    expect(stdout).toContain(`${leaves} daun (leaves)`);
    expect(stdout).toContain("Log ini UTUH, sejauh diperiksa; 4 hal tidak diperiksa");
    expect(status).toBe(0);
    expect(JSON.parse((await audit(auditor, "--json")).stdout)).toMatchObject({
      origin: w.instance.origin,
      size: leaves,
      findings: [],
      counts: { control: 1, outcome: leaves - 1 },
    });
  });

  it("tells who is no auditor so", async () => {
    const { status, stderr } = await audit(consumer);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Gerbang menolak entri \(HTTP 404 receipt-unknown\).*\n\(The gateway refused the entries.*\)\n$/);
  });
});

it("the page behind every problem's type says in both languages what it means", async () => {
  for (const [code, { status, title }] of Object.entries(problems)) {
    const { status: answered, text, fields } = await page(`${w.publicOrigin}/problems/${code}`);
    expect(answered).toBe(200);
    expect(fields["content-type"]).toBe("text/html; charset=utf-8");
    for (const words of [code, title.id, title.en, `HTTP ${status}`]) expect(text).toContain(words);
  }
  expect((await page(`${w.publicOrigin}/problems/tidak-ada`)).status).toBe(404);
  expect((await page(`${w.publicOrigin}/problems/constructor`)).status).toBe(404);
});

it("outside the intra network the log does not open", async () => {
  const outside = await gatewayFixture({ settings: { intra: "10.0.0.0/8" } });
  for (const path of ["/logs", "/log/log-1/checkpoint", "/log/log-1/tile/0/000.p/1"]) {
    const { status, fields } = await page(`${outside.publicOrigin}${path}`);
    expect([status, fields["spl-problem"]]).toEqual([403, "not-intra"]);
  }
  await outside.close();
});
