import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeFlagsOf } from "../../bench/subjects/flags.ts";
import { programOf } from "../../src/base/command-line.ts";
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

test("an install ends with the project's Node linked, also where npm 10 has removed it again", () => {
  const project = join(elsewhere, "installed");
  const bring = join(project, "node_modules/node-here");
  mkdirSync(join(bring, "bin"), { recursive: true });
  const { scripts } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const named = { name: "installed", version: "1.0.0", optionalDependencies: { "node-here": "1.0.0" } };
  writeFileSync(join(project, "package.json"), JSON.stringify({ ...named, scripts: { postinstall: scripts["postinstall"] } }));
  writeFileSync(join(bring, "package.json"), '{ "name": "node-here", "version": "1.0.0", "bin": { "node": "bin/node" } }');
  writeFileSync(join(bring, "bin/node"), "#!/bin/sh\necho here\n", { mode: 0o755 });
  const env = { PATH: process.env["PATH"], HOME: elsewhere, npm_config_offline: "true", npm_config_update_notifier: "false" };
  expect(spawnSync("npm", ["run", "-s", "postinstall"], { cwd: project, env, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  expect(spawnSync(join(project, "node_modules/.bin/node"), { encoding: "utf8" }).stdout).toBe("here\n");
});

test("npm and the launcher start a gateway with the same flags", () => {
  const { scripts } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const [, flags] = /^serve \| demo\) exec "\$node" (.*) "\$project\/src\/simpul\.mjs"/m.exec(readFileSync(launcher, "utf8"))!;
  expect(flags!.split(" ")).toEqual(nodeFlagsOf(scripts["simpul"]!));
});

describe("a command that is printed can be pasted where the user stands", () => {
  // Only what a shell has, and what npm needs: how these tests were started says nothing.
  const env = (): NodeJS.ProcessEnv => ({ PATH: process.env["PATH"], HOME: elsewhere, npm_config_update_notifier: "false" });
  const typed = (line: string, cwd: string) => spawnSync("sh", ["-c", line], { cwd, env: env(), encoding: "utf8" });

  test.each<readonly [started: string, where: () => string, printed: () => string]>([
    ["./simpul", () => projectFolder, () => "./simpul"],
    [launcher, () => elsewhere, () => launcher],
    ["'./tautan saya/spl'", () => elsewhere, () => "'./tautan saya/spl'"],
    ["spl", () => elsewhere, () => `'${elsewhere}/tautan saya/spl'`],
    ["npm run -s simpul --", () => projectFolder, () => "npm run -s simpul --"],
    ["npm run -s simpul --", () => join(projectFolder, "docs"), () => "npm run -s simpul --"],
    [`npm --prefix ${projectFolder} run -s simpul --`, () => elsewhere, () => `npm --prefix ${projectFolder} run -s simpul --`],
    [`${process.execPath} ${projectFolder}/src/simpul.mjs`, () => elsewhere, () => `${projectFolder}/simpul`],
    ["npm start -s --", () => projectFolder, () => "./simpul"],
  ])("started by %s", (started, where, printed) => {
    const links = join(realpathSync(elsewhere), "tautan saya");
    mkdirSync(links, { recursive: true });
    rmSync(join(links, "spl"), { force: true });
    symlinkSync(launcher, join(links, "spl"));
    const path = started === "spl" ? `PATH='${links}':$PATH; ` : "";
    const verb = started.startsWith("npm start") ? "" : "keygen";
    const { stdout, stderr } = typed(`${path}${started} ${verb} --help`, where());
    expect(stderr).toBe("");
    const [usage] = stdout.split("\n");
    const name = verb || "demo";
    expect(usage!.slice(0, usage!.indexOf(` ${name} `))).toBe(printed());
    expect(typed(`${printed()} keygen --help`, where())).toMatchObject({ status: 0, stdout: expect.stringContaining("keygen") as string });
  });

  test("on Windows it is npm's, since a shell script does not run there", () => {
    const project = String.raw`C:\Simpul`;
    const at = (cwd: string): string => programOf({ cwd, project, platform: "win32" });
    expect([project, String.raw`C:\Simpul\docs`].map(at)).toEqual(["npm run -s simpul --", "npm run -s simpul --"]);
    expect([String.raw`C:\Simpul2`, String.raw`D:\Data`].map(at)).toEqual(
      Array(2).fill(String.raw`npm --prefix "C:\Simpul" run -s simpul --`),
    );
  });

  test("and it repeats the settings of the command that printed it", () => {
    const { status, stderr } = typed(`${launcher} serve --data 'data saya' --config=simpul.yaml --public-port 0`, elsewhere);
    expect(status).toBe(2);
    expect(stderr).toContain("simpul.yaml");
    writeFileSync(join(elsewhere, "simpul.yaml"), "control-port: 0\n");
    const again = typed(`${launcher} serve --data 'data saya' --config=simpul.yaml --public-port 0`, elsewhere);
    expect(again).toMatchObject({ status: 1, stdout: "" });
    expect(again.stderr).toContain(`: ${launcher} init --data 'data saya' --config simpul.yaml --public-port 0\n`);
  });
});
