import { appendFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { here } from "../support/here.ts";
import type { Run } from "../support/simpul.ts";
import { consumer, record, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { leavesOf, type ReadLeaf } from "../support/log-leaves.ts";
import { eventually } from "../support/patience.ts";

const serviceManifest = "disdukcapil/siak/warga/v1/service.yaml";
const consumerManifest = "dinsos/bansos/subsystem.yaml";

let w: GatewayFixture;
beforeEach(async () => void (w = await gatewayFixture()));
afterEach(() => w.close());

/** `simpul apply` as a second process beside the gateway. */
const applyBeside = (...options: string[]): Promise<Run> => here(["apply", "--data", w.config.data, "--services", w.services, ...options]);

function rewrite(path: string, change: (text: string) => string): void {
  const file = join(w.services, path);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

const version = (): number => w.open.gateway.snapshot().version;
const changeOf = ({ change }: ReadLeaf) =>
  change as unknown as { registry: { before: string; after: string; version: number }; by: string; changed: string[]; retired: string[] };

describe("simpul apply beside a running gateway", () => {
  it("comes to serve without a request being dropped, and stands in the log before the first exchange that is judged by it", async () => {
    const statuses: number[] = [];
    let over = false;
    const callers = Array.from({ length: 4 }, async () => {
      while (!over) statuses.push((await w.call()).status);
    });
    rewrite(consumerManifest, (text) => text.replace("dailyQuota: 1000000", "dailyQuota: 999999"));
    const applied = await applyBeside();
    expect(applied).toMatchObject({ status: 0, stderr: "" });
    expect(applied.stdout).toBe(`  ~ grant ${consumer}#uji-baca-tulis\nRegistri versi 2. (Registry version 2.)\n`);
    await eventually(async () => version() === 2);
    await w.call();
    over = true;
    await Promise.all(callers);
    expect(new Set(statuses)).toEqual(new Set([200]));

    const leaves = await leavesOf(w);
    const control = leaves.findLast(({ type }) => type === "control")!;
    const { registry, by, changed } = changeOf(control);
    expect(by).toMatch(/^cli:/);
    expect(changed).toEqual([`grant ${consumer}#uji-baca-tulis`]);
    expect(registry.version).toBe(2);
    const judged = leaves.filter(({ basis }) => basis?.registry === registry.after);
    expect(judged.length).toBeGreaterThan(0);
    expect(Math.min(...judged.map(({ index }) => index))).toBeGreaterThan(control.index);
    expect(
      leaves
        .filter(({ index, type }) => index < control.index && type === "outcome")
        .every(({ basis }) => basis!.registry === registry.before),
    ).toBe(true);
    expect(w.open.gateway.snapshot().root).toBe(registry.after);
  });

  it("changes nothing of a member when a manifest of it is faulty, and names file and line", async () => {
    appendFileSync(join(w.services, serviceManifest), "klasifikasi: rahasia\n");
    const { status, stdout, stderr } = await applyBeside();
    expect({ status, stdout }).toEqual({ status: 1, stdout: "Tidak ada perubahan. (Nothing to do.)\n" });
    expect(stderr).toMatch(/^services\/disdukcapil\/siak\/warga\/v1\/service\.yaml:4:1 schema: /m);
    expect(stderr).toContain("Tetap seperti semula: services/disdukcapil.");
    await w.open.reconcile();
    expect(version()).toBe(1);
    expect((await w.call()).status).toBe(200);
  });

  it("shows with --dry-run what it would do, and does not do it", async () => {
    rewrite(serviceManifest, (text) => `${text}state: suspended\n`);
    const { status, stdout } = await applyBeside("--dry-run");
    expect(status).toBe(0);
    expect(stdout).toBe(`  ~ service ${service}\nBelum diterapkan (--dry-run). (Not applied.)\n`);
    await w.open.reconcile();
    expect(version()).toBe(1);
  });
});

describe("a change of the registry", () => {
  const problem = async (): Promise<string | undefined> => (await w.call()).fields["spl-problem"];

  it("revokes a key that is gone from the manifests, for good", async () => {
    const proof = join(w.services, "dinsos/bansos/keys/uji.jwt");
    renameSync(proof, `${w.config.data}/uji.jwt`);
    await w.apply();
    expect(await problem()).toBe("key-invalid");
    expect(changeOf((await leavesOf(w)).findLast(({ type }) => type === "control")!).retired).toEqual([`key ${w.keys[consumer]!.kid}`]);

    renameSync(`${w.config.data}/uji.jwt`, proof);
    const { status, stderr } = await applyBeside();
    expect(status).toBe(1);
    expect(stderr).toContain(`✗ key ${w.keys[consumer]!.kid} key-revoked: `);
    expect(stderr).toContain("was revoked and stays revoked");
    await w.open.reconcile();
    expect(await problem()).toBe("key-invalid");
  });

  it("suspends a service, takes it up again, and retires it", async () => {
    const active = readFileSync(join(w.services, serviceManifest), "utf8");
    for (const [state, expected] of [
      ["suspended", "service-suspended"],
      ["active", undefined],
      ["retired", "service-unknown"],
    ]) {
      writeFileSync(join(w.services, serviceManifest), `${active}state: ${state}\n`);
      await w.apply();
      expect(await problem()).toBe(expected);
    }
    expect(w.received).toHaveLength(1);
  });

  it("ends a grant by its period, and by its absence", async () => {
    rewrite(consumerManifest, (text) => text.replace("from: 2026-01-01", "from: 2020-01-01\n    until: 2020-12-31"));
    await w.apply();
    expect(await problem()).toBe("not-granted");
    rewrite(consumerManifest, (text) => text.replace("    until: 2020-12-31\n", ""));
    await w.apply();
    expect(await problem()).toBeUndefined();
    rewrite(consumerManifest, (text) => text.slice(0, text.indexOf("grants:")));
    await w.apply();
    expect(await problem()).toBe("not-granted");
  });

  it("leaves what is in flight under the rules under which it began", async () => {
    let release: (() => void) | undefined;
    const reached = new Promise<void>((resolve) => {
      w.respondWith((_, __, response) => {
        release = () => void response.writeHead(201, { "Content-Type": "application/json" }).end(record);
        resolve();
      });
    });
    const before = w.open.gateway.snapshot().root;
    const inFlight = w.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" });
    await reached;
    rewrite(serviceManifest, (text) => `${text}state: retired\n`);
    await w.apply();
    expect(await problem()).toBe("service-unknown");
    release!();
    const { status, fields } = await inFlight;
    expect(status).toBe(201);

    const leaves = await leavesOf(w);
    const outcome = leaves.find(({ type, id }) => type === "outcome" && id === fields["spl-exchange"])!;
    expect(outcome.basis!.registry).toBe(before);
    expect(outcome.index).toBeGreaterThan(leaves.findLast(({ type }) => type === "control")!.index);
  });
});
