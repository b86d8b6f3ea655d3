import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../src/base/project.ts";

/** A commit as it is named here, and in full. Throws for one that the repository does not have. */
export function resolveCommit(name: string): string {
  const { status, stdout } = spawnSync("git", ["rev-parse", "--verify", "--quiet", `${name}^{commit}`], {
    cwd: projectFolder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${name} is no commit of this repository`);
  return stdout.trim();
}

/** Puts a commit into a folder of its own, with its dependencies: ours where its lockfile is ours, else installed by `npm ci`. */
export function checkOut(commit: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync("git", ["archive", commit], { cwd: projectFolder, maxBuffer: 1 << 30 });
  execFileSync("tar", ["-x", "-C", folder], { input: archive });
  const lock = (checkout: string): string => readFileSync(join(checkout, "package-lock.json"), "utf8");
  if (lock(folder) === lock(projectFolder)) symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
  else execFileSync("npm", ["ci", "--omit=dev"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return folder;
}
