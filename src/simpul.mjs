// Plain JavaScript, so that an older node gets as far as these lines of advice.
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// `import.meta.dirname` is newer than some nodes that get here.
const project = join(dirname(fileURLToPath(import.meta.url)), "..");
const refuse = (id, en) => {
  console.error(`${id}\n(${en})`);
  process.exit(1);
};
if (!existsSync(join(project, "node_modules"))) refuse("Jalankan dahulu: npm ci", "Run first: npm ci");
const [major] = process.versions.node.split(".");
if (Number(major) < 24)
  refuse(
    `Simpul memerlukan Node 24 atau lebih baru, ini ${process.version}. ` +
      "Jalankan dengan ./simpul atau npm start: npm ci membawa Node yang tepat.",
    `Simpul needs Node 24 or newer, this is ${process.version}. Run it by ./simpul or npm start: npm ci brings the right Node.`,
  );
// npm runs a script in the project's folder; relative paths begin where the user stands.
const { INIT_CWD: standing, npm_package_json: started, npm_lifecycle_event: script, simpul_typed: typed } = process.env;
const ours = Boolean(started) && realpathSync(started) === join(project, "package.json");
if (standing && ours && process.cwd() === project) process.chdir(standing);
// Compiled code is cached between runs, which halves the time to start. The cache is in the project and not in the shared /tmp, since
// a user who can write to it could run code as this one.
const { enableCompileCache } = await import("node:module");
enableCompileCache(join(project, "node_modules/.cache/simpul"));
// A reader such as `head` may close the pipe early; that is no fault.
process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 1));
const { main } = await import("./cli/cli.ts");
process.exitCode = await main(process.argv.slice(2), {
  launcher: typed,
  script: ours ? script : undefined,
  cwd: process.cwd(),
  project,
  platform: process.platform,
});
