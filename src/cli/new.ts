import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import type { Text } from "../base/text.ts";
import { readConfig } from "../config/config.ts";
import { isNewIn, parseServicePlace, existingFiles, writeService } from "../workbench/new-service.ts";
import { gatherAnswers, questions, type QuestionAnswers, type QuestionName } from "../workbench/questions.ts";
import { CommandFault, UsageFault, type Verb } from "./verb.ts";

export const verb: Verb = {
  usage: "new service MEMBER/SUBSYSTEM/SERVICE/v1 [--services FOLDER] [--title T] [--description D] [--email E] …",
  summary: {
    id: "Membuat manifes dan kerangka kontrak OpenAPI untuk layanan baru",
    en: "Makes the manifests and an OpenAPI skeleton of a new service",
  },
  help: [
    {
      id: `Apa yang tidak disebut ditanyakan di terminal: ${Object.keys(questions)
        .map((name) => `--${name}`)
        .join(
          ", ",
        )}. Kerangkanya lolos \`lint\` dan \`apply --dry-run\`, dan langsung dapat dicoba dengan \`try\`. Berkas yang sudah ada tidak pernah ditimpa.`,
      en: "What is not given is asked for on a terminal. The skeleton passes `lint` and `apply --dry-run`, and `try` can answer it at once. No file that exists is ever overwritten.",
    },
  ],
  async run(args) {
    const options = Object.fromEntries(
      ["services", "config", ...Object.keys(questions)].map((name) => [name, { type: "string" }] as const),
    );
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { services: folder, config: file, ...given } = values as Record<string, string | undefined>;
    const place = positionals.length === 2 && positionals[0] === "service" ? parseServicePlace(positionals[1] ?? "") : undefined;
    if (place === undefined)
      throw new UsageFault({
        id: "Sebutkan service dan tempatnya: anggota/subsistem/layanan/v1, masing-masing 2–32 huruf atau angka.",
        en: "Name service and its place: member/subsystem/service/v1, each of 2 to 32 letters or digits.",
      });
    const { services } = readConfig({ flags: { services: folder, config: file } }).config;
    if (!existsSync(join(services, "instance.yaml")))
      throw new CommandFault({
        id: `${services} bukan folder manifes: instance.yaml tidak ada.`,
        en: `${services} is no folder of manifests: there is no instance.yaml.`,
      });
    const [there] = existingFiles(services, place);
    if (there !== undefined)
      throw new CommandFault({
        id: `${join(services, there)} sudah ada; tidak ada yang ditulis.`,
        en: `${join(services, there)} exists already; nothing was written.`,
      });

    const written = writeService(services, place, await answersFor(given, isNewIn(services, place)));
    const shown = (path: string): string => (relative(process.cwd(), path).startsWith("..") ? path : relative(process.cwd(), path));
    const contract = shown(written.at(-1)!);
    console.log(`${written.map((path) => `  + ${shown(path)}`).join("\n")}

Kerangka siap disunting. Berikutnya (next):
  npm run -s simpul -- try ${contract}
  npm run -s simpul -- apply --dry-run --services ${shown(services)}`);
    return 0;
  },
};

async function answersFor(
  given: Readonly<Partial<Record<QuestionName, string>>>,
  isNew: ReturnType<typeof isNewIn>,
): Promise<QuestionAnswers> {
  const terminal = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  const ask = async ({ id, en }: Text, preset: string | undefined, wrong: Text | undefined): Promise<string> => {
    if (wrong !== undefined) console.log(`  ${wrong.id} (${wrong.en})`);
    return terminal!.question(`${id} (${en})${preset === undefined ? "" : ` [${preset}]`}: `);
  };
  try {
    const { answers, faults } = await gatherAnswers(given, isNew, terminal === undefined ? undefined : ask);
    if (faults.length > 0)
      throw new UsageFault({ id: faults.map(({ detail }) => detail.id).join("\n"), en: faults.map(({ detail }) => detail.en).join("\n") });
    return answers;
  } finally {
    terminal?.close();
  }
}
