import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { record, consumer, provider, service, stranger, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { answering, idOf, leavesIn, sound } from "../support/bundles.ts";
import { here } from "../support/here.ts";
import type { Run } from "../support/simpul.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-evidence-"));
let w: GatewayFixture;
let id: string;
beforeAll(async () => {
  w = await gatewayFixture();
  w.respondWith(answering(w, 201, record));
  id = idOf(await w.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" }));
});
afterAll(async () => {
  await w.close();
  rmSync(folder, { recursive: true });
});

const bundleIn = ({ status, stdout, stderr }: Run) => {
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return sound(w.instance.vkey, Buffer.from(stdout), { request: record, delivered: record });
};

const pemOf = (iss: string): string => {
  const pem = join(folder, `${iss.replaceAll("/", "-")}.pem`);
  writeFileSync(pem, w.keys[iss]!.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  return pem;
};
const asked = (iss: string): Promise<Run> => here(["evidence", id, "--gateway", w.publicOrigin, "--subsystem", iss, "--key", pemOf(iss)]);

describe("simpul evidence UUID", () => {
  it("prints the whole bundle out of a data directory while the gateway runs, and leaves the directory as it was", async () => {
    const before = readdirSync(w.config.data);
    const bundle = bundleIn(await here(["evidence", id, "--data", w.config.data]));
    expect(leavesIn(bundle).map((leaf) => [leaf.id, leaf.type])).toEqual([
      [id, "intent"],
      [id, "outcome"],
    ]);
    expect(Object.keys(bundle.open)).toEqual(["delivered", "provider", "request"]);
    expect(readdirSync(w.config.data)).toEqual(before);
    expect(
      (await w.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" })).status,
    ).toBe(201);
  });

  it.each([consumer, provider])("asks the gateway for it in the name of %s", async (iss) =>
    expect(bundleIn(await asked(iss)).exchange).toBe(id),
  );

  it("says that others do not get it", async () => {
    const { status, stdout, stderr } = await asked(stranger);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("The gateway gave no evidence (HTTP 404 receipt-unknown)");
  });

  it.each([
    [
      "an exchange that is not there",
      ["01900000-0000-7000-8000-000000000000"],
      1,
      "The exchange 01900000-0000-7000-8000-000000000000 is not in this log, or is under way.",
    ],
    ["a key without a gateway", ["", "--key", "kunci.pem"], 2, "--subsystem and --key need --gateway."],
    ["a gateway without a key", ["", "--gateway", "http://127.0.0.1:1"], 2, "--gateway needs --subsystem and --key."],
    ["an option that there is not", ["", "--lain"], 2, "Unknown option --lain."],
    ["two of them", ["", "lain"], 2, "The word lain has no place here."],
  ])("says what is wrong with %s", async (_, [name, ...more], expected, says) => {
    const { status, stdout, stderr } = await here(["evidence", name === "" ? id : name!, "--data", w.config.data, ...more]);
    expect({ status, stdout }).toEqual({ status: expected, stdout: "" });
    expect(stderr).toContain(says);
  });

  it("seals with no other key than the log's, and reads none that is open to others", async () => {
    const copy = join(folder, "salinan");
    cpSync(w.config.data, copy, { recursive: true });
    cpSync(join(copy, "instance.key"), join(copy, "log.key"));
    expect((await here(["evidence", id, "--data", copy])).stderr).toContain("is not the key of the log");
    chmodSync(join(copy, "evidence.key"), 0o644);
    expect((await here(["evidence", id, "--data", copy])).stderr).toContain("run chmod 600");
  });
});
