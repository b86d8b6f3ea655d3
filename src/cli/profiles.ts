import { policiesFolder } from "../base/project.ts";
import { parseArgs } from "node:util";
import { inline, stacked } from "../base/text.ts";
import { differences } from "../policy/profile/profile-diff.ts";
import type { ProfileAnswer, Profile } from "../policy/profile/profile.ts";
import { loadProfiles } from "../policy/profile/load-profiles.ts";
import { messages } from "./messages.ts";
import { UsageFault, type Verb, type VerbOptions } from "./verb.ts";

const options = {
  all: {
    type: "boolean",
    means: { id: "setiap pertanyaan dengan jawaban semua profil", en: "every question with the answers of all profiles" },
  },
  json: { type: "boolean", means: { id: "jawaban profil sebagai JSON", en: "the profiles' answers as JSON" } },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "everybody",
  usage: "profiles [show ID | diff ID ID | --all] [--json]",
  summary: {
    id: "Menampilkan profil peraturan daerah dengan pasalnya, atau perbedaan dua profil",
    en: "Shows the regulations as profiles with their pasal, or where two profiles differ",
  },
  help: [
    {
      id:
        "Tanpa ID: daftar profil; dengan --all setiap pertanyaan dengan jawaban semuanya. " +
        "Dengan show ID: satu profil lengkap dengan penjelasan dan cara bacanya. " +
        "“–” berarti peraturan diam; dalam kurung, dasar di luar peraturan daerah.",
      en:
        "Without ID: the profiles there are; with --all every question with the answers of all of them. " +
        "With show ID: one profile in full, explained, with the readings of unclear sentences. " +
        "“–” means that the regulation is silent; in parentheses stands a basis outside of it.",
    },
  ],
  options,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { profiles, faults } = loadProfiles(policiesFolder);
    for (const { file, line, column, code, detail } of faults)
      console.error(`${file}:${line}:${column} ${code}: ${stacked(detail, "    ")}`);
    if (faults.length > 0) return 1;
    const find = (id: string): Profile => {
      const known = [...profiles.keys()].join(", ");
      const profile = profiles.get(id);
      if (profile === undefined) throw new UsageFault(messages.noSuchProfile(id, known));
      return profile;
    };
    const [first, a, b, ...more] = positionals;
    if (first === "diff") {
      if (a === undefined || b === undefined || more.length > 0 || values.json === true) throw new UsageFault(messages.nameTwoProfiles);
      printDifferences(find(a), find(b));
      return 0;
    }
    const [id, ...surplus] = first === "show" ? positionals.slice(1) : positionals;
    if (surplus.length > 0 || (first === "show" && id === undefined)) throw new UsageFault(messages.oneProfile);
    const chosen = id === undefined ? [...profiles.values()] : [find(id)];
    if (values.json === true) console.log(JSON.stringify({ profiles: chosen.map(asJson) }));
    else if (id !== undefined) printProfile(find(id));
    else if (values.all === true) printComparison(chosen);
    else printList(chosen);
    return 0;
  },
};

function asJson({ id, version, region, digest, answers }: Profile): object {
  const plain = [...answers].map(([key, { value, cite, basis, id: said, en }]) => [key, { value, cite, basis, id: said, en }]);
  return { id, version, region, digest, answers: Object.fromEntries(plain) as object };
}

const shown = ({ value }: Pick<ProfileAnswer, "value">): string => (value === null ? "–" : [value].flat().join(", "));
const ground = ({ cite, basis }: ProfileAnswer): string => cite ?? `(${basis})`;

function printTitle({ id, version, region, regulation, digest }: Profile): void {
  console.log(`${id}  ${region}  ${regulation.short} (${regulation.enacted})  v${version}  ${digest}`);
}

/** A line for each profile, and how to see more. */
function printList(profiles: readonly Profile[]): void {
  const width = Math.max(...profiles.map(({ id }) => id.length));
  for (const { id, region, regulation } of profiles) console.log(`${id.padEnd(width)}  ${region}  ${regulation.short}`);
  console.log(`\n${stacked(messages.moreOfProfiles)}`);
}

/** Calls `print` for each key, and prints the question of each row above its keys. */
function eachKey(answers: Iterable<readonly [string, ProfileAnswer]>, print: (key: string, answer: ProfileAnswer) => void): void {
  let row: number | undefined;
  for (const [key, answer] of answers) {
    const { row: next, question } = answer.definition;
    if (next !== row) console.log(`\n${next}  ${stacked(question, "    ")}`);
    row = next;
    print(key, answer);
  }
}

/** Profiles with the same answer share a line, so that families of regulations can be seen. */
function printComparison(profiles: readonly Profile[]): void {
  profiles.forEach(printTitle);
  eachKey(profiles[0]?.answers ?? [], (key) => {
    console.log(`    ${key}`);
    const alike = Map.groupBy(profiles, ({ answers }) => shown(answers.get(key)!));
    for (const [value, group] of alike)
      console.log(`      ${value.padEnd(12)}  ${group.map(({ id, answers }) => `${id} ${ground(answers.get(key)!)}`).join(" · ")}`);
  });
}

function printProfile(profile: Profile): void {
  printTitle(profile);
  console.log(stacked(profile.regulation.title));
  eachKey(profile.answers, (key, answer) =>
    console.log(`    ${key}: ${shown(answer)}  ${ground(answer)}\n      ${stacked(answer, "      ")}`),
  );
  console.log(`\n${inline(messages.readings)}`);
  for (const { cite, ...reading } of profile.readings) console.log(`    ${cite}\n      ${stacked(reading, "      ")}`);
}

function printDifferences(a: Profile, b: Profile): void {
  [a, b].forEach(printTitle);
  const found = new Map(differences(a, b).map(({ key, ...pair }) => [key, pair]));
  const width = Math.max(a.id.length, b.id.length);
  eachKey(
    [...found].map(([key, pair]) => [key, pair.a]),
    (key) => {
      const pair = found.get(key)!;
      console.log(`    ${key}`);
      for (const [{ id }, answer] of [
        [a, pair.a],
        [b, pair.b],
      ] as const)
        console.log(`      ${id.padEnd(width)}  ${shown(answer)}  ${ground(answer)}`);
    },
  );
  console.log(`\n${inline(messages.differences(found.size))}`);
}
