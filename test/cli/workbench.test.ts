import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { here } from "../support/here.ts";
import { startSimpul } from "../support/simpul.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "simpul-workbench-"));
const services = join(folder, "services");
const contract = join(services, "perpustakaan/katalog/buku/v1/openapi.yaml");
beforeAll(() => cpSync(join(root, "services"), services, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const make = (...more: string[]) =>
  here([
    "new",
    "service",
    "perpustakaan/katalog/buku/v1",
    "--services",
    services,
    "--title",
    "Katalog buku",
    "--description",
    "Buku perpustakaan daerah",
    "--email",
    "tik@example.go.id",
    ...more,
  ]);

describe("simpul new and simpul try", () => {
  it("bring a service from nothing to an answered call: made, taken by apply, tried", async () => {
    const lacking = await make();
    expect(lacking.status).toBe(2);
    expect(lacking.stderr).toContain("--member-name wajib\n--subsystem-name wajib");
    expect(existsSync(contract)).toBe(false);

    const made = await make("--member-name", "Dinas Perpustakaan", "--subsystem-name", "Katalog");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.stdout).toContain(`./simpul try ${contract}`);

    const applied = await here(["apply", "--dry-run", "--services", services, "--data", join(folder, "data")]);
    expect(applied).toMatchObject({ status: 0, stderr: "" });
    expect(applied.stdout).toContain("+ service ID-16.03/GOV/perpustakaan/katalog/buku/v1\n");

    const tried = await here(["try", "--once", contract]);
    expect(tried).toMatchObject({ status: 0, stderr: "" });
    expect(tried.stdout.match(/HTTP 200 · tanda terima sah/g)).toHaveLength(3);

    const again = await make("--member-name", "X", "--subsystem-name", "Y");
    expect(again.status).toBe(1);
    expect(again.stderr).toContain("service.yaml exists already; nothing was written.");
  });

  it("make up what has no example yet, as in a generated contract, and say so", async () => {
    const file = join(folder, "openapi.yaml");
    writeFileSync(
      file,
      readFileSync(join(root, "services/dinsos/bansos/penerima/v1/openapi.yaml"), "utf8").replaceAll(
        /^ +example:.*\n(?: {14,}.*\n)*/gm,
        "",
      ),
    );
    const tried = await here(["try", "--once", file]);
    expect(tried.status).toBe(0);
    expect(tried.stdout).toMatch(/✓ \w+ {2}POST \/\S+\n {4}HTTP 20\d .*\n.*\n {4}tanpa contoh yang sesuai.*: requestBody, response/);
  });

  it("name what is wrong with a contract where it stands", async () => {
    const file = join(folder, "salah.yaml");
    writeFileSync(file, "openapi: 3.1.0\ninfo: { title: x, version: 1.0.0 }\npaths: { }\n");
    const tried = await here(["try", file]);
    expect(tried.status).toBe(1);
    expect(tried.stderr).toContain(`${file}:3:1`);
  });

  it("serve until they are stopped: the printed commands work as they stand, and nothing is left behind", async () => {
    const child = startSimpul(["try", contract], root);
    let printed = "";
    try {
      for await (const chunk of child.stdout!) {
        printed += String(chunk);
        if (printed.includes("Ctrl-C")) break;
      }
      const command = /lookupBuku {2}.*\n {2}\.\/simpul (call [^]*?'http[^']*')/.exec(printed)![1]!;
      const words = Array.from(command.replaceAll("\\\n", " ").matchAll(/'([^']*)'|(\S+)/g), ([, quoted, bare]) => quoted ?? bare!);
      const called = await here(words);
      expect(called.status).toBe(0);
      expect(called.stdout).toContain("HTTP 200");
      expect(called.stdout).toContain("A-001");
      const temporary = /--key '(\S*simpul-try-\w+)\//.exec(printed)![1]!;
      expect(readdirSync(temporary)).toContain("konsumen.pem");
      const status = once(child, "close");
      child.kill("SIGINT");
      expect((await status)[0]).toBe(0);
      expect(existsSync(temporary)).toBe(false);
    } finally {
      child.kill("SIGKILL");
    }
  });
});
