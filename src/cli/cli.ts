import { nearest } from "../config/nearest.ts";
import type { ActWord } from "./acts/act-labels.ts";
import { explain } from "./explain.ts";
import type { Verb } from "./verb.ts";

/** What officers do, one verb a kind; each is made from the table of actions. */
const acts = (word: ActWord) => async (): Promise<{ readonly verb: Verb }> => ({ verb: (await import("./acts.ts")).verbOf(word) });

/** Verbs load on use: `simpul verify` needs no gateway. */
export const verbs: Readonly<Record<string, () => Promise<{ readonly verb: Verb }>>> = {
  init: () => import("./init.ts"),
  serve: () => import("./serve.ts"),
  demo: () => import("./demo.ts"),
  apply: () => import("./apply.ts"),
  keygen: () => import("./keygen.ts"),
  call: () => import("./call.ts"),
  verify: () => import("./verify.ts"),
  audit: () => import("./audit.ts"),
  doctor: () => import("./doctor.ts"),
  "evidence-key": () => import("./evidence-key.ts"),
  profiles: () => import("./profiles.ts"),
  lint: () => import("./lint.ts"),
  new: () => import("./new.ts"),
  try: () => import("./try.ts"),
  instance: acts("instance"),
  service: acts("service"),
  opinion: acts("opinion"),
  evidence: () => import("./evidence.ts"),
  exemption: acts("exemption"),
  grant: acts("grant"),
  member: acts("member"),
  officer: acts("officer"),
  token: acts("token"),
  why: () => import("./why.ts"),
};

/** Runs one verb and gives the exit status of the process: 2 for a command line that cannot be understood. */
export async function main([name = "", ...args]: readonly string[]): Promise<number> {
  if (["", "help", "--help", "-h"].includes(name)) {
    await overview(name === "" ? console.error : console.log);
    return name === "" ? 2 : 0;
  }
  const load = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (load === undefined) {
    const meant = nearest(name, Object.keys(verbs)) ?? "--help";
    console.error(`Perintah \`${name}\` tidak dikenal; maksudnya \`${meant}\`? (Unknown verb; did you mean \`${meant}\`?)`);
    return 2;
  }
  const { verb } = await load();
  if (args.includes("--help") || args.includes("-h")) {
    console.log(helpOf(verb, args));
    return 0;
  }
  try {
    return await verb.run(args);
  } catch (error) {
    const { lines, status } = explain(error, verb.usage);
    console.error(lines);
    return status;
  }
}

async function overview(print: (line: string) => void): Promise<void> {
  print("Simpul, Sistem Penghubung Layanan\n\n  npm run -s simpul -- <perintah> [--help]\n");
  for (const load of Object.values(verbs)) {
    const { verb } = await load();
    print(`  ${verb.usage}\n      ${verb.summary.id}\n      ${verb.summary.en}`);
  }
}

function helpOf(verb: Verb, args: readonly string[]): string {
  const lines = [`npm run -s simpul -- ${verb.usage}`, "", verb.summary.id, `(${verb.summary.en})`];
  for (const { id, en } of verb.help ?? []) lines.push("", id, `(${en})`);
  if (verb.more !== undefined) lines.push("", ...verb.more(args));
  return lines.join("\n");
}
