import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { choosePublicOrigin } from "../../src/cli/public-origin.ts";
import type { Ask } from "../../src/workbench/questions.ts";
import { here } from "../support/here.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "simpul-first-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("simpul init, asked for the public origin", () => {
  const data = (name: string): readonly string[] => ["--data", join(folder, name)];

  it("refuses to choose one itself, or one that no other machine reaches, and makes nothing", async () => {
    const unnamed = await here(["init", ...data("none")]);
    expect(unnamed).toMatchObject({ status: 2, stdout: "" });
    expect(unnamed.stderr).toMatch(/^Sebutkan --public-origin.*\n\(Name --public-origin.*--development to try it out/);
    for (const origin of ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080", "https://simpul.localhost"]) {
      const { status, stderr } = await here(["init", ...data("none"), "--public-origin", origin]);
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: expect.stringContaining(`${origin} hanya terjangkau dari mesin ini`) as string,
      });
      expect(stderr).toContain("add --development");
    }
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  it("makes one for this machine alone with --development", async () => {
    const made = await here(["init", ...data("alone"), "--development", "--public-port", "18080"]);
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.stdout).toContain("log    127.0.0.1:18080/log/log-1\n");
  });

  it("prints as the next commands what works as it stands: with the options that it was given", async () => {
    const given = [...data("data saya"), "--public-origin", "https://simpul.example.go.id"];
    const made = await here(["init", ...given]);
    const next = /next\): {2}(.*) && (.*)$/m.exec(made.stdout)!;
    const rest = `--data '${join(folder, "data saya")}' --public-origin https://simpul.example.go.id`;
    expect(next.slice(1)).toEqual([`./simpul apply ${rest}`, `./simpul serve ${rest}`]);
  });

  it("asks on a terminal until the answer can be used", async () => {
    const typed = ["simpul.example.go.id", "http://127.0.0.1:8080", " https://simpul.example.go.id "];
    const wrong: (string | undefined)[] = [];
    const ask: Ask = (_, __, fault) => {
      wrong.push(fault?.en);
      return Promise.resolve(typed.shift()!);
    };
    expect(await choosePublicOrigin({ given: undefined, development: false, ask })).toBe("https://simpul.example.go.id");
    expect(wrong).toEqual([undefined, expect.stringContaining("scheme, host"), expect.stringContaining("from this machine alone")]);
  });
});

describe("simpul --version", () => {
  it("names the version, the Node and, in a clone, the commit", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    const git = spawnSync("git", ["-C", root, "rev-parse", "--short", "HEAD"], { encoding: "utf8" });
    const commit = git.status === 0 ? ` · commit ${git.stdout.trim()}` : "";
    expect(await here(["--version"])).toEqual({
      status: 0,
      stdout: `Simpul ${version} · Node ${process.version}${commit}\n`,
      stderr: "",
    });
  });
});

describe("simpul through npm", () => {
  const npm = (...args: readonly string[]) =>
    spawnSync("npm", [...args], { cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: folder } });

  it("takes relative paths from where its user stands, and leaves nothing in its own folder", () => {
    const init = npm("--prefix", root, "run", "-s", "simpul", "--", "init", "--development", "--data", "data-relatif");
    expect({ status: init.status, stderr: init.stderr }).toEqual({ status: 0, stderr: "" });
    expect(existsSync(join(folder, "data-relatif/log.key"))).toBe(true);
    expect(existsSync(join(root, "data-relatif"))).toBe(false);
  });

  it("before npm ci, says that it comes first", () => {
    const clone = mkdtempSync(join(folder, "clone-"));
    cpSync(join(root, "src/simpul.mjs"), join(clone, "src/simpul.mjs"));
    cpSync(join(root, "package.json"), join(clone, "package.json"));
    for (const script of ["start", "test"]) {
      const { status, stderr } = npm("--prefix", clone, "run", "-s", script);
      expect({ script, status, stderr }).toEqual({ script, status: 1, stderr: "Jalankan dahulu: npm ci\n(Run first: npm ci)\n" });
    }
  });
});
