import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectFolder } from "../../src/base/project.ts";
import { keepPorts, portsFor } from "../../src/demo/provider-ports.ts";

/** A real instance as an operator has it: `simpul.yaml` in the folder in which commands are typed, and variables in the environment. */
const folder = mkdtempSync(join(tmpdir(), "simpul-real-"));
const real = join(folder, "real");
const env = {
  SIMPUL_CONFIG: join(folder, "simpul.yaml"),
  SIMPUL_DATA: real,
  SIMPUL_SERVICES: join(folder, "services"),
  SIMPUL_REGISTRY: `sqlite:${real}`,
  SIMPUL_LEDGER: `sqlite:${real}`,
};
afterAll(() => rmSync(folder, { recursive: true }));

async function simpul(
  ...args: readonly string[]
): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [join(projectFolder, "src/simpul.mjs"), ...args], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, stdout, stderr };
}

/** Every file of the instance by its bytes, mode and time of change. */
function fingerprint(): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /^(?:real|services|simpul\.yaml)/.test(name));
  return Object.fromEntries(
    files.sort().map((name) => {
      const { mode, mtimeMs } = statSync(join(folder, name));
      const isFile = statSync(join(folder, name)).isFile();
      const bytes = isFile
        ? createHash("sha256")
            .update(readFileSync(join(folder, name)))
            .digest("hex")
        : "";
      return [name, `${mode} ${mtimeMs} ${bytes}`];
    }),
  );
}

describe("beside a configured instance", () => {
  let before: Readonly<Record<string, string>>;

  beforeAll(async () => {
    mkdirSync(join(folder, "services"));
    writeFileSync(
      join(folder, "services/instance.yaml"),
      "instance: ID-16.03\nname: Kabupaten Nyata\nprofile: muara-enim-52-2022\ntimeZone: Asia/Jakarta\n",
    );
    writeFileSync(join(folder, "simpul.yaml"), `data: ${real}\nservices: ${join(folder, "services")}\n`);
    expect(await simpul("init", "--development")).toMatchObject({ status: 0 });
    expect(await simpul("apply")).toMatchObject({ status: 0 });
    before = fingerprint();
    expect(Object.keys(before)).toEqual(expect.arrayContaining(["real/registry.sqlite", "real/instance.json", "simpul.yaml"]));
  });

  it("a demo goes by its own flags alone, and the instance stays as it was, to the byte", async () => {
    const { status, stdout } = await simpul("demo", "--once", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ exchanges: { length: 5 } });
    expect(fingerprint()).toEqual(before);
  });

  it("a trial of a contract leaves it alone, too", async () => {
    const contract = join(projectFolder, "services/bapenda/pajak/pbb/v1/openapi.yaml");
    expect(await simpul("try", "--once", contract)).toMatchObject({ status: 0 });
    expect(fingerprint()).toEqual(before);
  });

  it.each([
    ["--data", real],
    ["--registry", `sqlite:${real}`],
    ["--ledger", `sqlite:${real}`],
    ["--evidence-key", join(real, "evidence.key")],
  ])("a demo that is sent there by %s refuses, and writes nothing", async (flag, value) => {
    const { status, stdout, stderr } = await simpul("demo", "--once", flag, value);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(`${real} berisi data yang tidak dibuat demo`);
    expect(stderr).toContain(`${real} holds data that no demo made`);
    expect(fingerprint()).toEqual(before);
  });

  it("a demo takes no file of settings", async () => {
    expect(await simpul("demo", "--once", "--config", join(folder, "simpul.yaml"))).toMatchObject({ status: 2 });
    expect(fingerprint()).toEqual(before);
  });
});

describe("the providers' ports", () => {
  it("begin where they are told to, and stay where services were approved with them", () => {
    const data = join(folder, "ports");
    expect(Object.values(portsFor(data, false))).toEqual([4101, 4102, 4103, 4104, 4105, 4106, 4107]);
    const moved = portsFor(data, false, 5001);
    expect(Object.values(moved)).toEqual([5001, 5002, 5003, 5004, 5005, 5006, 5007]);
    keepPorts(data, new Map(Object.entries(moved).map(([service, port]) => [service, `http://127.0.0.1:${port}`])));
    expect(portsFor(data, false)).toEqual(moved);
    expect(portsFor(data, false, 5001)).toEqual(moved);
    expect(() => portsFor(data, false, 6001)).toThrow("approved with ports from 5001 on");
  });
});
