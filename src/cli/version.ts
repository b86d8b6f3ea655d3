import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../base/project.ts";

/** `Simpul 0.1.0 · Node v26.10.0 · commit 2f777fe`; without the last where this is no clone of the repository. */
export function versionLine(): string {
  const { version } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as { readonly version: string };
  const { status, stdout } = spawnSync("git", ["-C", projectFolder, "rev-parse", "--short", "--show-prefix", "HEAD"], { encoding: "utf8" });
  // The prefix is empty in the repository's own folder; a copy of the project inside another repository has a prefix.
  const [prefix, commit] = status === 0 ? stdout.split("\n") : [];
  const parts = [`Simpul ${version}`, `Node ${process.version}`];
  return [...parts, ...(prefix === "" && commit !== undefined && commit !== "" ? [`commit ${commit}`] : [])].join(" · ");
}
