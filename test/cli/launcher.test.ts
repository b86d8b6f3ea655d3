import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeFlagsOf } from "../../bench/subjects/flags.ts";
import { projectFolder } from "../../src/base/project.ts";

let elsewhere: string;
beforeAll(() => {
  elsewhere = mkdtempSync(join(tmpdir(), "simpul-launcher-"));
});
afterAll(() => rmSync(elsewhere, { recursive: true }));

const launcher = join(projectFolder, "simpul");

test("the launcher runs a verb from any folder and through a link, and gives its exit status", () => {
  const link = join(elsewhere, "simpul");
  symlinkSync(launcher, link);
  expect(spawnSync(link, ["keygen", "--help"], { cwd: elsewhere, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  expect(spawnSync(link, ["--nothing"], { cwd: elsewhere }).status).toBe(2);
});

test("the process that was started is the one that works: a signal reaches it", () => {
  const shown = join(elsewhere, "pid.mjs");
  writeFileSync(shown, 'import { writeSync } from "node:fs"; writeSync(1, `${process.pid}\\n`);\n');
  const { pid, stdout } = spawnSync(launcher, ["keygen", "--help"], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: `--import ${shown}` },
  });
  expect(stdout.split("\n")[0]).toBe(String(pid));
});

test("in a clone without npm ci it says what to run first", () => {
  const copy = join(elsewhere, "copied");
  writeFileSync(copy, readFileSync(launcher), { mode: 0o755 });
  const { status, stderr } = spawnSync(copy, ["help"], { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toBe(`Jalankan dahulu npm ci di ${elsewhere}\n(Run npm ci in ${elsewhere} first)\n`);
});

test("npm and the launcher start a gateway with the same flags", () => {
  const { scripts } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const [, flags] = /^serve \| demo\) exec "\$node" (.*) "\$project\/src\/simpul\.mjs"/m.exec(readFileSync(launcher, "utf8"))!;
  expect(flags!.split(" ")).toEqual(nodeFlagsOf(scripts["simpul"]!));
});
