import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectFolder } from "../../src/base/project.ts";

/** Prints the packages whose files a process has loaded; `node:sqlite` counts as one. */
const hooks = `import { registerHooks } from "node:module";
import { writeSync } from "node:fs";
const packages = new Set();
registerHooks({ load(url, context, next) {
  const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? [];
  if (name !== undefined) packages.add(name);
  if (url === "node:sqlite") packages.add(url);
  return next(url, context);
} });
process.on("exit", () => writeSync(3, JSON.stringify([...packages].sort())));
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "simpul-loads-"));
  writeFileSync(join(folder, "hooks.mjs"), hooks);
});
afterAll(() => rmSync(folder, { recursive: true }));

function packagesOf(...args: readonly string[]): unknown {
  const command = ["--import", join(folder, "hooks.mjs"), join(projectFolder, "src/simpul.mjs"), ...args];
  const { output } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8", stdio: ["pipe", "pipe", "pipe", "pipe"] });
  return JSON.parse(output[3] ?? "");
}

/** What a verb loads is most of its time, and an officer calls dozens in a morning. */
describe("a verb loads what it uses", () => {
  test.each([
    ["grant", "list"],
    ["service", "show", "x"],
    ["token", "issue", "x"],
    ["why", "x"],
    ["call", "http://127.0.0.1:1/"],
    ["verify", "x"],
  ])("%s asks a gateway or checks a file, without its packages", (...args) => {
    expect(packagesOf(...args)).toEqual([]);
  });

  test("yaml is loaded if there is a simpul.yaml", () => {
    writeFileSync(join(folder, "simpul.yaml"), "data: ./data\n");
    expect(packagesOf("grant", "list")).toEqual(["yaml"]);
    rmSync(join(folder, "simpul.yaml"));
  });
});
