import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, it } from "vitest";
import { projectFolder } from "../../src/base/project.ts";
import { longest } from "./longest-first.ts";

it("every name in the order of the files is a folder or begins the name of a file", () => {
  const isThere = (name: string): boolean =>
    name.endsWith("/")
      ? existsSync(join(projectFolder, name))
      : readdirSync(join(projectFolder, dirname(name))).some((file) => file.startsWith(basename(name)));
  expect(longest.filter((name) => !isThere(name))).toEqual([]);
});
