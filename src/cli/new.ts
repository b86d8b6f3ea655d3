import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { inline, joined, stacked, type Text } from "../base/text.ts";
import { readConfig } from "../config/config.ts";
import { isNewIn, parseServicePlace, existingFiles, otherSpelling, writeService } from "../workbench/new-service.ts";
import { earlierVersion, writeNextVersion, type ChangedAnswers } from "../workbench/next-version.ts";
import { gatherAnswers, questions, type Question, type QuestionAnswers, type QuestionName } from "../workbench/questions.ts";
import { messages } from "./messages.ts";
import { CommandFault, UsageFault, type Verb, type VerbOptions } from "./verb.ts";

const options: VerbOptions = {
  services: { type: "string", value: "FOLDER", means: { id: "folder manifes", en: "folder of manifests" } },
  config: { type: "string", value: "FILE", means: { id: "berkas konfigurasi yang menyebutnya", en: "configuration file that names it" } },
  ...Object.fromEntries(
    Object.entries<Question>(questions).map(([name, { asks }]) => [name, { type: "string", value: "…", means: asks } as const]),
  ),
};

export const verb: Verb = {
  audience: "developer",
  usage: "new service MEMBER/SUBSYSTEM/SERVICE/v1 [--services FOLDER] [--title T] [--description D] [--email E] …",
  summary: {
    id: "Membuat manifes dan kerangka kontrak OpenAPI untuk layanan baru",
    en: "Makes the manifests and an OpenAPI skeleton of a new service",
  },
  help: [
    {
      id:
        "Apa yang tidak disebut ditanyakan di terminal. " +
        "Kerangkanya lolos `lint` dan `apply --dry-run`, dan langsung dapat dicoba dengan `try`. " +
        "Versi berikutnya (v2) berangkat dari kontrak versi sebelumnya. " +
        "Berkas yang sudah ada tidak pernah ditimpa.",
      en:
        "What is not given is asked for on a terminal. " +
        "The skeleton passes `lint` and `apply --dry-run`, and `try` can answer it at once. " +
        "A next version (v2) begins with the contract of the one before. " +
        "No file that exists is ever overwritten.",
    },
  ],
  options,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { services: folder, config: file, ...given } = values as Record<string, string | undefined>;
    const place = positionals.length === 2 && positionals[0] === "service" ? parseServicePlace(positionals[1] ?? "") : undefined;
    if (place === undefined) throw new UsageFault(messages.nameServicePlace);
    const { services } = readConfig({ flags: { services: folder, config: file } }).config;
    if (!existsSync(join(services, "instance.yaml"))) throw new CommandFault(messages.noManifests(services));
    const [there] = existingFiles(services, place);
    if (there !== undefined) throw new CommandFault(messages.nothingWritten(join(services, there)));

    const other = otherSpelling(services, place);
    if (other !== undefined) throw new CommandFault(messages.otherSpelling(other.given, other.there));

    const earlier = earlierVersion(services, place);
    const isNew = isNewIn(services, place);
    const written =
      earlier === undefined
        ? writeService(services, place, await answersFor(given, isNew))
        : writeNextVersion(services, place, earlier, await changesIn(given, isNew));
    const shown = (path: string): string => (relative(process.cwd(), path).startsWith("..") ? path : relative(process.cwd(), path));
    const contract = shown(written.at(-1)!);
    console.log(`${written.map((path) => `  + ${shown(path)}`).join("\n")}
${earlier === undefined ? "" : `\n${stacked(messages.begunFrom(earlier.version))}.\n`}
${inline(messages.skeletonReady)}:
  npm run -s simpul -- try ${contract}
  npm run -s simpul -- apply --dry-run --services ${shown(services)}`);
    return 0;
  },
};

/** What was given besides what the earlier version says. */
async function changesIn(given: ChangedAnswers, isNew: ReturnType<typeof isNewIn>): Promise<ChangedAnswers> {
  const { faults } = await gatherAnswers(given, isNew);
  const wrong = faults.filter(({ name }) => given[name] !== undefined);
  if (wrong.length > 0) throw new UsageFault(joined(wrong.map(({ detail }) => detail)));
  return given;
}

async function answersFor(
  given: Readonly<Partial<Record<QuestionName, string>>>,
  isNew: ReturnType<typeof isNewIn>,
): Promise<QuestionAnswers> {
  const terminal = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  const ask = async (question: Text, preset: string | undefined, wrong: Text | undefined): Promise<string> => {
    if (wrong !== undefined) console.log(`  ${inline(wrong)}`);
    return terminal!.question(`${inline(question)}${preset === undefined ? "" : ` [${preset}]`}: `);
  };
  try {
    const { answers, faults } = await gatherAnswers(given, isNew, terminal === undefined ? undefined : ask);
    if (faults.length > 0) throw new UsageFault(joined(faults.map(({ detail }) => detail)));
    return answers;
  } finally {
    terminal?.close();
  }
}
