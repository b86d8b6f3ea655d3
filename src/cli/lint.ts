import { policiesFolder } from "../base/project.ts";
import { inline, prefixed, stacked } from "../base/text.ts";
import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { answerTo, type Profile } from "../policy/profile/profile.ts";
import { loadProfiles } from "../policy/profile/load-profiles.ts";
import { treeLimits } from "../source/limits.ts";
import { readTextFile } from "../source/tree.ts";
import { lint, wakeWorker } from "../standard/lint.ts";
import { loadStandards, standardsFor } from "../standard/load-standards.ts";
import { lintHtml } from "../standard/report/html.ts";
import { lintJson } from "../standard/report/json.ts";
import { lintSarif } from "../standard/report/sarif.ts";
import { outcome } from "../standard/report/summary.ts";
import { lintText } from "../standard/report/text.ts";
import type { Standard } from "../standard/standard.ts";
import { CannotValidate } from "../standard/cannot-validate.ts";
import { explain } from "./explain.ts";
import { faultList } from "./fault-list.ts";
import { messages } from "./messages.ts";
import { UsageFault, type Verb, type VerbOptions } from "./verb.ts";

const options = {
  profile: {
    type: "string",
    value: "ID",
    means: { id: "profil peraturan daerah (lihat `profiles`)", en: "the region's profile (see `profiles`)" },
  },
  standard: {
    type: "string",
    value: "ID@VERSI",
    means: {
      id: "bawaan: versi terbaru yang berlaku hari ini bagi penetap standar menurut profil",
      en: "by default the newest version in force today for whom the profile names as its setter",
    },
  },
  previous: {
    type: "string",
    value: "FILE",
    means: {
      id: "kontrak yang sedang berlaku, untuk mencari perubahan yang merusak konsumen",
      en: "the contract in force, to find changes that break consumers",
    },
  },
  json: { type: "boolean", means: { id: "laporannya sebagai JSON", en: "the report as JSON" } },
  sarif: { type: "boolean", means: { id: "laporannya sebagai SARIF, untuk editor", en: "the report as SARIF, for editors" } },
  html: { type: "string", value: "FILE", means: { id: "menulis laporannya sebagai HTML", en: "writes the report as HTML" } },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "developer",
  usage: "lint FILE --profile ID [--standard ID@VERSI] [--previous FILE] [--json | --sarif | --html FILE]",
  summary: {
    id: "Menilai kontrak OpenAPI menurut standar interoperabilitas, tanpa instansi",
    en: "Judges an OpenAPI contract by the interoperability standard, without an instance",
  },
  options,
  exit: {
    0: { id: "memenuhi standar", en: "it passes" },
    1: { id: "ada yang salah", en: "there is an error" },
    2: { id: "bukan dokumen yang dapat dinilai", en: "it is no document that can be judged" },
  },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new UsageFault(messages.nameOneFile);
    const forms = [values.json, values.sarif, values.html].filter((form) => form !== undefined);
    if (forms.length > 1) throw new UsageFault(messages.oneReportForm);
    wakeWorker();
    try {
      const profile = profileOf(values.profile);
      const standard = standardOf(values.standard, profile);
      const before = values.previous;
      const previous = before === undefined ? {} : { previous: read(before), previousFolder: dirname(before) };
      const text = read(file);
      const report = await lint({ file, text }, standard, { ...previous, folder: dirname(file) });
      const setBy = answerTo(profile, "standard.setter");
      if (values.json === true) console.log(lintJson(report));
      else if (values.sarif === true) console.log(lintSarif(report, standard));
      else if (values.html !== undefined) {
        writeFileSync(values.html, lintHtml(report, standard, setBy, text));
        console.log(`${stacked(prefixed(`${file}: `, outcome(report)))}\n${inline(messages.reportWritten(values.html))}`);
      } else console.log(lintText(report, setBy));
      return report.passed ? 0 : 1;
    } catch (error) {
      if (error instanceof UsageFault) throw error;
      // Status 1 means that the document was judged and has faults; a document that cannot be judged is 2.
      console.error(explain(error, this.usage).lines);
      return 2;
    }
  },
};

function profileOf(id: string | undefined): Profile {
  const { profiles, faults } = loadProfiles(policiesFolder, id);
  refuseFaults(faults);
  const profile = id === undefined ? undefined : profiles.get(id);
  if (profile !== undefined) return profile;
  const known = [...loadProfiles(policiesFolder).profiles.keys()].join(", ");
  throw new UsageFault(id === undefined ? messages.nameProfile(known) : messages.noSuchProfile(id, known));
}

function standardOf(name: string | undefined, profile: Profile): Standard {
  const { standards, faults } = loadStandards(policiesFolder);
  refuseFaults(faults);
  const known = [...standards.keys()].join(", ") || "–";
  if (name !== undefined) {
    const named = standards.get(name);
    if (named === undefined) throw new UsageFault(messages.noSuchStandard(name, known));
    return named;
  }
  const today = new Date().toISOString().slice(0, 10);
  const [newest] = standardsFor(standards.values(), answerTo(profile, "standard.setter").value, today);
  if (newest === undefined) throw new CannotValidate(messages.noStandardInForce(known));
  return newest;
}

function refuseFaults(faults: Parameters<typeof faultList>[0]): void {
  if (faults.length > 0) throw new CannotValidate(faultList(faults.slice(0, 1)));
}

function read(file: string): string {
  const { text, fault } = readTextFile(file, treeLimits.contractBytes, file);
  if (fault !== undefined) throw new CannotValidate(fault.detail, fault);
  return text;
}
