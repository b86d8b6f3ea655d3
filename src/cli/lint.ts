import { policiesFolder } from "../base/project.ts";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { answerTo, type Profile } from "../policy/profile/profile.ts";
import { loadProfiles } from "../policy/profile/load-profiles.ts";
import { textOf } from "../standard/document.ts";
import { lint } from "../standard/lint.ts";
import { lintLimits } from "../standard/limits.ts";
import { loadStandards, standardsFor } from "../standard/load-standards.ts";
import { lintHtml } from "../standard/report/html.ts";
import { lintJson } from "../standard/report/json.ts";
import { lintSarif } from "../standard/report/sarif.ts";
import { lintText } from "../standard/report/text.ts";
import type { Standard } from "../standard/standard.ts";
import { CannotValidate } from "../standard/cannot-validate.ts";
import { explain } from "./explain.ts";
import { UsageFault, type Verb } from "./verb.ts";

const options = {
  profile: { type: "string" },
  standard: { type: "string" },
  previous: { type: "string" },
  json: { type: "boolean" },
  sarif: { type: "boolean" },
  html: { type: "string" },
} as const;

export const verb: Verb = {
  usage: "lint FILE --profile ID [--standard ID@VERSI] [--previous FILE] [--json | --sarif | --html FILE]",
  summary: {
    id: "Menilai kontrak OpenAPI menurut standar interoperabilitas, tanpa instansi",
    en: "Judges an OpenAPI contract by the interoperability standard, without an instance",
  },
  help: [
    {
      id: "Tanpa --standard dipakai versi terbaru yang berlaku hari ini bagi penetap standar menurut profil. --previous: kontrak yang sedang berlaku, untuk mencari perubahan yang merusak konsumen.",
      en: "Without --standard it is the newest version in force today for whom the profile names as its setter. --previous: the contract in force, to find changes that break consumers.",
    },
    {
      id: "Status keluar: 0 memenuhi standar, 1 ada yang salah, 2 bukan dokumen yang dapat dinilai.",
      en: "Exit status: 0 it passes, 1 there is an error, 2 it is no document that can be judged.",
    },
  ],
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new UsageFault({ id: "Sebutkan satu berkas.", en: "Name one file." });
    const forms = [values.json, values.sarif, values.html].filter((form) => form !== undefined);
    if (forms.length > 1)
      throw new UsageFault({ id: "Pilih salah satu: --json, --sarif, atau --html.", en: "Choose one of --json, --sarif and --html." });
    try {
      const profile = profileOf(values.profile);
      const standard = standardOf(values.standard, profile);
      const previous = values.previous === undefined ? {} : { previous: read(values.previous) };
      const text = read(file);
      const report = await lint({ file, text }, standard, previous);
      const setBy = answerTo(profile, "standard.setter");
      if (values.json === true) console.log(lintJson(report));
      else if (values.sarif === true) console.log(lintSarif(report, standard));
      else if (values.html !== undefined) writeFileSync(values.html, lintHtml(report, standard, setBy, text));
      else console.log(lintText(report, setBy));
      return report.passed ? 0 : 1;
    } catch (error) {
      if (error instanceof UsageFault) throw error;
      // 1 says that the document was judged and has faults; whatever kept it from being judged is 2.
      console.error(explain(error, this.usage).lines);
      return 2;
    }
  },
};

function profileOf(id: string | undefined): Profile {
  const { profiles, faults } = loadProfiles(policiesFolder);
  refuseFaults(faults);
  const known = [...profiles.keys()].join(", ");
  if (id === undefined) throw new UsageFault({ id: `Sebutkan --profile; yang ada: ${known}.`, en: `Name --profile; there is: ${known}.` });
  const profile = profiles.get(id);
  if (profile === undefined)
    throw new UsageFault({ id: `Profil ${id} tidak ada; yang ada: ${known}.`, en: `There is no profile ${id}; there is: ${known}.` });
  return profile;
}

function standardOf(name: string | undefined, profile: Profile): Standard {
  const { standards, faults } = loadStandards(policiesFolder);
  refuseFaults(faults);
  const known = [...standards.keys()].join(", ") || "–";
  if (name !== undefined) {
    const named = standards.get(name);
    if (named === undefined)
      throw new UsageFault({
        id: `Standar ${name} tidak ada; yang ada: ${known}.`,
        en: `There is no standard ${name}; there is: ${known}.`,
      });
    return named;
  }
  const today = new Date().toISOString().slice(0, 10);
  const [newest] = standardsFor(standards.values(), answerTo(profile, "standard.setter").value, today);
  if (newest === undefined)
    throw new CannotValidate({
      id: `Tidak ada standar yang berlaku hari ini bagi profil ini; yang ada: ${known}.`,
      en: `No standard is in force today for this profile; there is: ${known}.`,
    });
  return newest;
}

function refuseFaults(
  faults: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly detail: { readonly id: string; readonly en: string };
  }[],
): void {
  const [fault] = faults;
  if (fault === undefined) return;
  const place = `${fault.file}:${fault.line}:${fault.column}`;
  throw new CannotValidate({ id: `${place} ${fault.detail.id}`, en: `${place} ${fault.detail.en}` });
}

/** A file too large is not even read. */
function read(file: string): string {
  const size = statSync(file).size;
  return textOf(size > lintLimits.documentBytes ? Buffer.alloc(lintLimits.documentBytes + 1) : readFileSync(file));
}
