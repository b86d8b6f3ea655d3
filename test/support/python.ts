import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "vitest";

/** Python itself. What the path names may be a script that looks for it at each start, which takes longer than Python does. */
export const python3 = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).stdout?.trim() || "python3";

/** What a program of `test/independent` printed and how it ended. */
export function python(
  program: string,
  parameters: readonly string[],
  input = "",
): { status: number | null; stdout: string; stderr: string } {
  const file = fileURLToPath(new URL(`../independent/${program}`, import.meta.url));
  return spawnSync(python3, ["-B", file, ...parameters], { input, encoding: "utf8", maxBuffer: 1 << 26 });
}

/** What is missing for Python programs to run here. */
export const absent = ["python3", "openssl"].find((name) => spawnSync(name, ["version"], { stdio: "ignore" }).error !== undefined);

/** A test that needs Python and openssl; skipped where one is absent. */
export const testWithPython = test.skipIf(absent !== undefined);
