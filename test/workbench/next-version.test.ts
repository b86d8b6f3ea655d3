import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadManifests } from "../../src/registry/manifest/load.ts";
import { otherSpelling } from "../../src/workbench/new-service.ts";
import { earlierVersion, writeNextVersion } from "../../src/workbench/next-version.ts";
import { here } from "../support/here.ts";

const root = join(import.meta.dirname, "../..");
const place = { member: "bapenda", subsystem: "pajak", code: "pbb", version: "v2" };
const earlier = { ...place, version: "v1" };

let services: string;
const at = (...names: string[]): string => join(services, ...names);
const text = (...names: string[]): string => readFileSync(at(...names), "utf8");
beforeEach(() => {
  services = mkdtempSync(join(tmpdir(), "simpul-next-"));
  cpSync(join(root, "services"), services, { recursive: true });
});
afterEach(() => rmSync(services, { recursive: true }));
const make = (...args: readonly string[]) => here(["new", "service", ...args, "--services", services]);

describe("the next version of a service", () => {
  it("begins with the contract and the examples of the one before; of the contract only the version differs", async () => {
    const { status, stdout, stderr } = await make("bapenda/pajak/pbb/v2");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("Berangkat dari kontrak v1.");
    const [v1, v2] = ["v1", "v2"].map((version) => text("bapenda/pajak/pbb", version, "openapi.yaml"));
    expect(v1).toMatch(/^ {2}version: 1\.0\.0$/m);
    expect(v2).toBe(v1!.replace(/^ {2}version: 1\.0\.0$/m, "  version: 2.0.0"));
    expect(existsSync(at("bapenda/pajak/pbb/v2/examples"))).toBe(existsSync(at("bapenda/pajak/pbb/v1/examples")));
    const { desired, faults } = await loadManifests({ services, policies: join(root, "policies") });
    expect(faults).toEqual([]);
    const title = (version: string) => desired!.entries.find(({ id }) => id.endsWith(`/bapenda/pajak/pbb/${version}`))!.content;
    expect(title("v2")).toMatchObject({
      title: (title("v1") as { title: string }).title,
      upstream: (title("v1") as { upstream: string }).upstream,
    });
  });

  it("takes what is given instead, in the manifest and in the contract, and neither state nor base path of the one before", () => {
    writeFileSync(at("bapenda/pajak/pbb/v1/service.yaml"), `# milik v1\n${text("bapenda/pajak/pbb/v1/service.yaml")}basePath: /satu\n`);
    writeNextVersion(services, place, earlier, {
      title: 'Pajak "baru": 2',
      email: "baru@example.go.id",
      description: "Uraian # baru yang panjang.",
    });
    const manifest = text("bapenda/pajak/pbb/v2/service.yaml");
    expect(manifest).toContain("# milik v1");
    expect(manifest).not.toMatch(/state|basePath/);
    const contract = text("bapenda/pajak/pbb/v2/openapi.yaml");
    expect(contract).toContain('title: "Pajak \\"baru\\": 2"');
    expect(contract).toContain("baru@example.go.id");
    expect(contract).toContain("version: 2.0.0");
  });

  it("begins with the newest version that has a contract, and anew where none has", () => {
    expect(earlierVersion(services, { ...place, version: "v9" })).toEqual(earlier);
    expect(earlierVersion(services, earlier)).toBeUndefined();
    expect(earlierVersion(services, { ...place, code: "bphtb" })).toBeUndefined();
    renameSync(at("bapenda/pajak/pbb/v1/openapi.yaml"), at("bapenda/pajak/pbb/v1/openapi.json"));
    expect(earlierVersion(services, place)).toBeUndefined();
  });

  it("never overwrites", () => {
    mkdirSync(at("bapenda/pajak/pbb/v2"));
    writeFileSync(at("bapenda/pajak/pbb/v2/service.yaml"), "milik orang\n");
    expect(() => writeNextVersion(services, place, earlier, {})).toThrow("EEXIST");
    expect(text("bapenda/pajak/pbb/v2/service.yaml")).toBe("milik orang\n");
  });

  it("waits until the version before is readable, and says which file is not", async () => {
    writeFileSync(at("bapenda/pajak/pbb/v1/openapi.yaml"), "info: [\n");
    const { status, stderr } = await make("bapenda/pajak/pbb/v2");
    expect(status).toBe(1);
    expect(stderr).toContain("bapenda/pajak/pbb/v1/openapi.yaml bukan YAML yang sah; betulkan dahulu.");
    expect(existsSync(at("bapenda/pajak/pbb/v2"))).toBe(false);
  });

  it("is refused with an answer that the standard would refuse", async () => {
    const { status, stderr } = await make("bapenda/pajak/pbb/v2", "--description", "Terlalu singkat");
    expect(status).toBe(2);
    expect(stderr).toContain("--description harus 20–200 huruf");
    expect(existsSync(at("bapenda/pajak/pbb/v2"))).toBe(false);
  });
});

describe("a name in another spelling", () => {
  it.each([
    ["Bapenda/pajak/lain/v1", "bapenda", "Bapenda"],
    ["bapenda/Pajak/lain/v1", "pajak", "Pajak"],
    ["bapenda/pajak/PBB/v2", "pbb", "PBB"],
  ])("makes no second one beside it: %s", async (named, there, given) => {
    const { status, stderr } = await make(
      named,
      "--title",
      "Layanan",
      "--description",
      "Data yang cukup panjang.",
      "--email",
      "a@example.go.id",
    );
    expect(status).toBe(1);
    expect(stderr).toContain(`${there} sudah ada dengan ejaan lain: tulis ${there}, bukan ${given}.`);
    expect(existsSync(at(named))).toBe(false);
  });

  it("is none where the name itself is there, or nothing like it", () => {
    expect(otherSpelling(services, "bapenda/pajak/pbb")).toBeUndefined();
    expect(otherSpelling(services, "perpustakaan/pajak/pbb")).toBeUndefined();
  });
});
