/**
 * Makes the data of an earlier release for `test/store/formats.test.ts`: `node scripts/old-data.ts v0.1.0`. The demo of that tag runs in a
 * worktree of its own until its five exchanges are there; what it leaves is packed into one file. Its keys are of no use elsewhere.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [tag = ""] = process.argv.slice(2);
const root = join(import.meta.dirname, "..");
const names = ["registry.sqlite", "ledger.sqlite", "log.key", "evidence.key", "instance.json", "logs.note"];

const place = mkdtempSync(join(tmpdir(), "simpul-old-data-"));
const [source, data] = [join(place, "source"), join(place, "data")];
execFileSync("git", ["worktree", "add", "--detach", source, tag], { cwd: root, stdio: "inherit" });
try {
  symlinkSync(join(root, "node_modules"), join(source, "node_modules"));
  const ports = ["--public-port", "18771", "--control-port", "18772"];
  const demo = spawn(process.execPath, ["src/simpul.mjs", "demo", "--data", data, ...ports], {
    cwd: source,
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of demo.stdout) if (String(chunk).includes("Ctrl-C")) break;
  demo.kill("SIGTERM");
  await once(demo, "exit");
  const files = names.map((name) => ({ name, bytes: readFileSync(join(data, name)) }));
  // A line that says how the rest is to be cut, then the files one after the other.
  const cuts = JSON.stringify(files.map(({ name, bytes }) => [name, bytes.length]));
  const packed = Buffer.concat([Buffer.from(`${cuts}\n`), ...files.map(({ bytes }) => bytes)]);
  writeFileSync(
    join(root, `test/store/data-${tag.slice(1)}.br`),
    brotliCompressSync(packed, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }),
  );
} finally {
  execFileSync("git", ["worktree", "remove", "--force", source], { cwd: root, stdio: "inherit" });
  rmSync(place, { recursive: true });
}
