import { verb } from "./verify.ts";

/** `simpul verify` as a program of its own: the entry of the one file that is handed to whoever has nothing of the project. */

const usage = "node simpul-verify.mjs [--vkey VKEY | --logs FILE] [--exchange FILE] [--json] FILE";
const args = process.argv.slice(2);

try {
  process.exitCode = args.includes("--help") || args.includes("-h") ? help() : await verb.run(args);
} catch (error) {
  const { detail, message } = error as { readonly detail?: { readonly id: string; readonly en: string }; readonly message?: string };
  console.error(detail === undefined ? message : `${detail.id}\n(${detail.en})`);
  console.error(`\n  ${usage}`);
  // Never 2: that says consistent.
  process.exitCode = 1;
}

function help(): 0 {
  console.log(
    [usage, "", verb.summary.id, `(${verb.summary.en})`, ...(verb.help ?? []).flatMap(({ id, en }) => ["", id, `(${en})`])].join("\n"),
  );
  return 0;
}
