import { commandLine, startedBy, startedWith, type Start } from "../base/command-line.ts";
import { inline } from "../base/text.ts";
import type { ActWord } from "./acts/act-labels.ts";
import type { Verb } from "./verb.ts";
import { messages } from "./messages.ts";
import { versionLine } from "./version.ts";

/** The verbs of the officers' acts, one for each kind of entry, are made from the table of actions. */
const acts = (word: ActWord) => async (): Promise<{ readonly verb: Verb }> => ({ verb: (await import("./acts/verb.ts")).verbOf(word) });

/** A verb is loaded when it is used, and so is what explains it: loading is most of the time that a verb takes. */
export const verbs: Readonly<Record<string, () => Promise<{ readonly verb: Verb }>>> = {
  init: () => import("./init.ts"),
  serve: () => import("./serve.ts"),
  demo: () => import("./demo.ts"),
  apply: () => import("./apply.ts"),
  keygen: () => import("./keygen.ts"),
  call: () => import("./call.ts"),
  verify: () => import("./verify/verb.ts"),
  audit: () => import("./audit/verb.ts"),
  doctor: () => import("./doctor/verb.ts"),
  backup: () => import("./backup/verb.ts"),
  log: () => import("./log.ts"),
  restore: () => import("./restore/verb.ts"),
  "evidence-key": () => import("./evidence-key.ts"),
  profiles: () => import("./profiles.ts"),
  lint: () => import("./lint.ts"),
  contract: () => import("./contract.ts"),
  new: () => import("./new.ts"),
  try: () => import("./try.ts"),
  instance: acts("instance"),
  service: acts("service"),
  opinion: acts("opinion"),
  evidence: () => import("./evidence.ts"),
  exemption: acts("exemption"),
  grant: acts("grant"),
  key: acts("key"),
  member: acts("member"),
  subsystem: acts("subsystem"),
  officer: acts("officer"),
  token: acts("token"),
  due: () => import("./due.ts"),
  why: () => import("./why.ts"),
};

/**
 * Runs one verb and gives the exit status of the process: 2 for a command line that cannot be understood. `start`: what the commands
 * that are printed begin with.
 */
export async function main([name = "", ...args]: readonly string[], start?: Start): Promise<number> {
  if (start !== undefined) startedBy(start);
  if (["", "help", "--help", "-h"].includes(name)) {
    await overview(name === "" ? console.error : console.log);
    return name === "" ? 2 : 0;
  }
  if (name === "--version" || name === "-V") {
    console.log(versionLine());
    return 0;
  }
  const load = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (load === undefined) {
    const { nearest } = await import("../config/nearest.ts");
    const meant = nearest(name, Object.keys(verbs)) ?? "--help";
    console.error(inline(messages.unknownVerb(name, meant)));
    return 2;
  }
  const { verb } = await load();
  if (args.includes("--help") || args.includes("-h")) {
    const { helpOf } = await import("./help/terminal.ts");
    console.log(helpOf(verb, `${commandLine()} ${verb.usage}`, args));
    return 0;
  }
  if (verb.settings === true) startedWith((await import("../config/config.ts")).settingsIn(args));
  try {
    return await verb.run(args);
  } catch (error) {
    const { explain } = await import("./explain.ts");
    const { lines, status } = explain(error, verb.usage);
    console.error(lines);
    return status;
  }
}

async function overview(print: (line: string) => void): Promise<void> {
  print(`Simpul, Sistem Penghubung Layanan\n\n  ${commandLine()} <perintah> [--help] | --version\n`);
  for (const load of Object.values(verbs)) {
    const { verb } = await load();
    print(`  ${verb.usage}\n      ${verb.summary.id}\n      ${verb.summary.en}`);
  }
}
