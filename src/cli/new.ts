import { commandLine } from "../base/command-line.ts";
import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { inline, joined, stacked, type Text } from "../base/text.ts";
import { instanceForm, memberForm } from "../base/names.ts";
import { policiesFolder } from "../base/project.ts";
import { readConfig } from "../config/config.ts";
import { manifestAt } from "../workbench/manifest-at.ts";
import { instanceManifest, memberManifest, subsystemManifest, writeNewFiles } from "../workbench/new-manifests.ts";
import {
  memberClassIn,
  existingFiles,
  instanceIdIn,
  isNewIn,
  otherSpelling,
  parseServicePlace,
  regionIn,
  writeService,
  writeServiceOf,
} from "../workbench/new-service.ts";
import { earlierVersion, writeNextVersion, type ChangedAnswers } from "../workbench/next-version.ts";
import {
  contractQuestions,
  gatherAnswers,
  instanceQuestions,
  memberQuestions,
  serviceQuestions,
  subsystemQuestions,
  type AnswersTo,
  type Question,
  type Questions,
} from "../workbench/questions.ts";
import { readTrialOrRefuse } from "./read-trial.ts";
import { messages as shared } from "./messages.ts";
import { messages } from "./new-messages.ts";
import { openTerminal } from "./terminal.ts";
import { CommandFault, UsageFault, type Verb, type VerbOptions } from "./verb.ts";

type Given = Readonly<Record<string, string | undefined>>;

/** What has been written, and the commands that come next. */
interface Made {
  readonly written: readonly string[];
  readonly next: readonly (readonly string[])[];
}

/** One kind of manifest that can be made. */
interface Kind {
  /** How its place is written. */
  readonly place: string;
  readonly questions: Questions;
  /** Options that answer no question. */
  readonly options?: VerbOptions;
  /** Throws a `UsageFault` for a place that is none. `shown`: a path as the user would write it. */
  make(services: string, place: string, given: Given, shown: (path: string) => string): Promise<Made>;
}

const regulations = join(policiesFolder, "regulations");

/** The ids of the policy profiles. */
const profiles = readdirSync(regulations).flatMap((name) => /^(?!base\.)(.+)\.yaml$/.exec(name)?.[1] ?? []);

/** The profile of the region that an instance's id names, if there is one. */
const profileOf = (instance: string): string | undefined =>
  profiles.find((name) => manifestAt(join(regulations, `${name}.yaml`))["region"] === regionIn(instance));

const kinds: Readonly<Record<string, Kind>> = {
  instance: {
    place: "ID-35.14",
    questions: instanceQuestions(profiles, undefined),
    async make(services, id, given) {
      if (!instanceForm.test(id)) throw new UsageFault(messages.nameInstance);
      refuseExisting(services, "instance.yaml");
      const answers = await answersTo(instanceQuestions(profiles, profileOf(id)), given);
      const written = writeNewFiles(services, new Map([["instance.yaml", instanceManifest(id, answers)]]));
      return { written, next: [["new", "member", "diskominfo"]] };
    },
  },
  member: {
    place: "MEMBER",
    questions: memberQuestions,
    async make(services, code, given) {
      if (!memberForm.test(code)) throw new UsageFault(messages.nameMemberPlace);
      refuseForeignTree(services, code);
      refuseExisting(services, `${code}/member.yaml`);
      const answers = await answersTo(memberQuestions, given);
      const written = writeNewFiles(services, new Map([[`${code}/member.yaml`, memberManifest(answers)]]));
      return { written, next: [["new", "subsystem", `${code}/aplikasi`]] };
    },
  },
  subsystem: {
    place: "MEMBER/SUBSYSTEM",
    questions: subsystemQuestions,
    async make(services, place, given, shown) {
      const [member = "", subsystem = "", ...rest] = place.replace(/\/$/, "").split("/");
      if (rest.length > 0 || !memberForm.test(member) || !memberForm.test(subsystem)) throw new UsageFault(messages.nameSubsystemPlace);
      refuseForeignTree(services, `${member}/${subsystem}`);
      if (!existsSync(join(services, member, "member.yaml"))) throw new CommandFault(messages.noMember(member));
      const file = `${member}/${subsystem}/subsystem.yaml`;
      refuseExisting(services, file);
      const id = `${instanceIdIn(services)}/${memberClassIn(services, member)}/${member}/${subsystem}`;
      const written = writeNewFiles(services, new Map([[file, subsystemManifest(id, await answersTo(subsystemQuestions, given))]]));
      const keys = shown(join(services, member, subsystem, "keys"));
      console.log(stacked(messages.keyGoesTo(keys)));
      return { written, next: [["keygen", "--subsystem", id, "--alg", "ES256", "--out", "rahasia"]] };
    },
  },
  service: {
    place: "MEMBER/SUBSYSTEM/SERVICE/v1",
    questions: serviceQuestions,
    options: {
      contract: {
        type: "string",
        value: "FILE",
        means: messages.contractThere,
      },
    },
    async make(services, path, given, shown) {
      const place = parseServicePlace(path);
      if (place === undefined) throw new UsageFault(messages.nameServicePlace);
      refuseForeignTree(services, path);
      const [there] = existingFiles(services, place);
      if (there !== undefined) throw new CommandFault(messages.nothingWritten(join(services, there)));
      const trial = given["contract"] === undefined ? undefined : readTrialOrRefuse(given["contract"]);
      const earlier = trial === undefined ? earlierVersion(services, place) : undefined;
      const isNew = isNewIn(services, place);
      const written =
        trial !== undefined
          ? writeServiceOf(trial, services, place, await answersTo(contractQuestions(trial.document), given, isNew))
          : earlier === undefined
            ? writeService(services, place, await answersTo(serviceQuestions, given, isNew))
            : writeNextVersion(services, place, earlier, await changesIn(given, isNew));
      if (trial?.serverPath !== undefined) console.log(`${stacked(messages.basePathTaken(trial.serverPath))}\n`);
      if (earlier !== undefined) console.log(`${stacked(messages.begunFrom(earlier.version))}.\n`);
      return {
        written,
        next: [
          ["try", shown(written.at(-1)!)],
          ["apply", "--dry-run", "--services", shown(services)],
        ],
      };
    },
  },
};

const valueOf = ({ words }: Question): string => words?.join("|") ?? "…";

/** Every question of every kind; of a name that several kinds have, the meaning in each. */
const asked: VerbOptions = Object.fromEntries(
  [
    ...Map.groupBy(
      Object.values(kinds).flatMap(({ questions }) => Object.entries<Question>(questions)),
      ([name]) => name,
    ),
  ].map(([name, rows]) => {
    const meanings = (language: keyof Text): string => [...new Set(rows.map(([, { asks }]) => asks[language]))].join("; ");
    const means = { id: meanings("id"), en: meanings("en") };
    return [name, { type: "string", value: valueOf(rows[0]![1]), means } as const];
  }),
);

const options: VerbOptions = {
  services: { type: "string", value: "FOLDER", means: { id: "folder manifes", en: "folder of manifests" } },
  config: { type: "string", value: "FILE", means: { id: "berkas konfigurasi yang menyebutnya", en: "configuration file that names it" } },
  ...asked,
  ...Object.fromEntries(Object.values(kinds).flatMap((kind) => Object.entries(kind.options ?? {}))),
};

export const verb: Verb = {
  audience: "developer",
  usage: "new <instance|member|subsystem|service> PLACE [--services FOLDER] [--…]",
  summary: {
    id: "Membuat manifes: instansi, anggota, subsistem, atau layanan dengan kerangka kontraknya",
    en: "Makes manifests: of an instance, a member, a subsystem, or a service with a skeleton of its contract",
  },
  help: [
    {
      id:
        "Apa yang tidak disebut ditanyakan di terminal; berkasnya berisi keterangan dan langsung dapat dimuat. " +
        "Kerangka layanan lolos `lint` dan `apply --dry-run`, dan langsung dapat dicoba dengan `try`; " +
        "versi berikutnya berangkat dari kontrak versi sebelumnya. Berkas yang sudah ada tidak pernah ditimpa.",
      en:
        "What is not given is asked for on a terminal; the files are commented and load as they are. " +
        "The skeleton of a service passes `lint` and `apply --dry-run`, and `try` can answer it at once; " +
        "a later version begins with the contract of the one before. No file that exists is ever overwritten.",
    },
  ],
  more: ([kind]) =>
    Object.entries(kinds)
      .filter(([name]) => kind === undefined || !Object.hasOwn(kinds, kind) || name === kind)
      .flatMap(([name, { place, questions, options: own }]) => [
        `  new ${name} ${place}`,
        ...Object.entries<Question>(questions).map(([option, question]) => `      --${option} ${valueOf(question)}`),
        ...Object.entries(own ?? {}).map(([option, { value }]) => `      --${option} ${value}`),
      ]),
  options,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { services: folder, config: file, ...given } = values as Record<string, string | undefined>;
    const [name = "", place, ...surplus] = positionals;
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined || surplus.length > 0) throw new UsageFault(messages.nameNewKind(Object.keys(kinds).join(", ")));
    if (place === undefined) throw new UsageFault(messages.namePlace(`new ${name} ${kind.place}`));
    const stray = Object.keys(given).find((option) => !(option in kind.questions || option in (kind.options ?? {})));
    if (stray !== undefined) throw new UsageFault(shared.unknownOption(`--${stray}`));
    const { services } = readConfig({ flags: { services: folder, config: file } }).config;
    const shown = (path: string): string => (relative(process.cwd(), path).startsWith("..") ? path : relative(process.cwd(), path) || ".");
    const { written, next } = await kind.make(services, place, given, shown);
    const tree = relative(process.cwd(), services) === "services" ? [] : ["--services", shown(services)];
    console.log(`${written.map((path) => `  + ${shown(path)}`).join("\n")}

${inline(name === "service" && given["contract"] === undefined ? messages.skeletonReady : shared.next)}:
${next.map((words) => `  ${commandLine(...words, ...(words[0] === "new" ? tree : []))}`).join("\n")}`);
    return 0;
  },
};

function refuseForeignTree(services: string, path: string): void {
  if (!existsSync(join(services, "instance.yaml"))) throw new CommandFault(messages.noManifests(services));
  const other = otherSpelling(services, path);
  if (other !== undefined) throw new CommandFault(messages.otherSpelling(other.given, other.there));
}

function refuseExisting(services: string, file: string): void {
  if (existsSync(join(services, file))) throw new CommandFault(messages.nothingWritten(join(services, file)));
}

/** What was given besides what the earlier version says. */
async function changesIn(given: Given, isNew: Parameters<typeof gatherAnswers>[2]): Promise<ChangedAnswers> {
  const { faults } = await gatherAnswers(serviceQuestions, given, isNew);
  const wrong = faults.filter(({ name }) => given[name] !== undefined);
  if (wrong.length > 0) throw new UsageFault(joined(wrong.map(({ detail }) => detail)));
  return given;
}

async function answersTo<Asked extends Questions>(
  questions: Asked,
  given: Given,
  isNew: Parameters<typeof gatherAnswers>[2] = () => true,
): Promise<AnswersTo<Asked>> {
  const terminal = openTerminal();
  try {
    const { answers, faults } = await gatherAnswers(questions, given, isNew, terminal?.ask);
    if (faults.length > 0) throw new UsageFault(joined(faults.map(({ detail }) => detail)));
    return answers;
  } finally {
    terminal?.close();
  }
}
