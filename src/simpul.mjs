// Plain JavaScript, so that an older node gets as far as this line of advice.
const [major] = process.versions.node.split(".");
if (Number(major) < 24) {
  console.error(
    `Simpul memerlukan Node 24 atau lebih baru, ini ${process.version}. ` +
      "Jalankan lewat npm (npm start, npm run -s simpul -- …): npm ci membawa Node yang tepat.",
  );
  console.error(`(Simpul needs Node 24 or newer, this is ${process.version}. Run it through npm: npm ci brings the right Node.)`);
  process.exit(1);
}
// Compiled code is cached between runs, which halves the time to start. The cache is in the project and not in the shared /tmp, since
// a user who can write to it could run code as this one.
const { enableCompileCache } = await import("node:module");
enableCompileCache(`${import.meta.dirname}/../node_modules/.cache/simpul`);
// A reader such as `head` may close the pipe early; that is no fault.
process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 1));
const { main } = await import("./cli/cli.ts");
process.exitCode = await main(process.argv.slice(2));
