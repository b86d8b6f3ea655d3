import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { memberForm, versionForm } from "../base/names.ts";
import { contractSkeleton } from "./contract-skeleton.ts";
import { manifestAt } from "./manifest-at.ts";
import { memberManifest, subsystemManifest, writeNewFiles } from "./new-manifests.ts";
import type { AnswersTo, Question, serviceQuestions } from "./questions.ts";
import type { Trial } from "./trial.ts";

/** Where a new service version goes in a tree of manifests. */
export interface ServicePlace {
  readonly member: string;
  readonly subsystem: string;
  readonly code: string;
  readonly version: string;
}

/** `disdukcapil/siak/akta/v1`; `undefined` for anything else. */
export function parseServicePlace(path: string): ServicePlace | undefined {
  const [member, subsystem, code, version, ...rest] = path.replace(/\/$/, "").split("/");
  if (member === undefined || subsystem === undefined || code === undefined || version === undefined || rest.length > 0) return undefined;
  // `keys` is the folder of keys in every subsystem.
  const named = [member, subsystem, code].every((name) => memberForm.test(name)) && code !== "keys" && versionForm.test(version);
  return named ? { member, subsystem, code, version } : undefined;
}

const files = ({ member, subsystem, code, version }: ServicePlace): Record<"member" | "subsystem" | "service" | "contract", string> => ({
  member: `${member}/member.yaml`,
  subsystem: `${member}/${subsystem}/subsystem.yaml`,
  service: `${member}/${subsystem}/${code}/${version}/service.yaml`,
  contract: `${member}/${subsystem}/${code}/${version}/openapi.yaml`,
});

/** Whether a part of the tree does not exist yet. */
export const isNewIn =
  (services: string, place: ServicePlace) =>
  (what: NonNullable<Question["when"]>): boolean => {
    const { member, subsystem } = files(place);
    if (what === "no-upstream") return manifestAt(join(services, subsystem))["upstream"] === undefined;
    return !existsSync(join(services, what === "new-member" ? member : subsystem));
  };

/** The files of the version that exist already; the caller must not overwrite them. */
export const existingFiles = (services: string, place: ServicePlace): readonly string[] =>
  [files(place).service, files(place).contract].filter((file) => existsSync(join(services, file)));

/**
 * A folder on the way to this place that is there in another spelling: `Disdik` beside `disdik` would be another agency.
 * `undefined` if there is none. `path`: `disdik/ppdb`.
 */
export function otherSpelling(services: string, path: string): { given: string; there: string } | undefined {
  let folder = services;
  for (const given of path.split("/")) {
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const there = names.includes(given) ? undefined : names.find((name) => name.toLowerCase() === given.toLowerCase());
    if (there !== undefined) return { given, there };
    folder = join(folder, given);
  }
  return undefined;
}

type Manifests = Pick<
  AnswersTo<typeof serviceQuestions>,
  "title" | "description" | "classification" | "contact" | "email" | "member-name" | "subsystem-name" | "upstream"
>;

/** The manifests that are missing, by path below the folder; `more` are lines of the version's. */
function manifestsFor(
  services: string,
  place: ServicePlace,
  answers: Manifests,
  basePath?: string,
  more = "",
): Map<string, string | Buffer> {
  const { title, description, classification, contact, email, upstream } = answers;
  const isNew = isNewIn(services, place);
  const paths = files(place);
  const contents = new Map<string, string | Buffer>();
  if (isNew("new-member"))
    contents.set(paths.member, memberManifest({ name: answers["member-name"], class: "GOV", contact, email, phone: "", test: "tidak" }));
  if (isNew("new-subsystem")) {
    const id = `${instanceIdIn(services)}/GOV/${place.member}/${place.subsystem}`;
    contents.set(paths.subsystem, subsystemManifest(id, { name: answers["subsystem-name"], upstream }));
  }
  const ownUpstream = !isNew("new-subsystem") && isNew("no-upstream") ? { upstream } : {};
  const below = basePath === undefined ? {} : { basePath };
  contents.set(
    paths.service,
    `# Satu versi layanan; kontraknya openapi.yaml di sebelahnya. (One service version; its contract is openapi.yaml next to it.)
# Semua kolom (all fields): docs/manifests.md
${stringify({ title, description, classification, ...ownUpstream, ...below })}${more}`,
  );
  return contents;
}

/** Writes the files that are missing and gives their paths, the contract last. Throws if a file of the version exists. */
export function writeService(services: string, place: ServicePlace, answers: AnswersTo<typeof serviceQuestions>): readonly string[] {
  const major = Number(place.version.slice(1));
  return writeNewFiles(
    services,
    manifestsFor(services, place, answers).set(
      files(place).contract,
      contractSkeleton({ ...answers, code: place.code, major, region: regionOf(services) }),
    ),
  );
}

const countFirst = `# Jawaban yang melanggar kontrak ditolak. Untuk menghitungnya saja dahulu:
# (Answers that break the contract are refused. To count them only, at first:)
# validation: { responses: report }
`;

/** The same with a contract that is there already, of which no byte changes; the one path of its servers becomes `basePath`. */
export function writeServiceOf(trial: Trial, services: string, place: ServicePlace, answers: Manifests): readonly string[] {
  const contents = manifestsFor(services, place, answers, trial.serverPath, countFirst);
  const { contract } = files(place);
  for (const [path, text] of trial.files) contents.set(join(dirname(contract), path), text);
  for (const [name, bytes] of trial.examples) contents.set(join(dirname(contract), "examples", name), bytes);
  return writeNewFiles(services, contents.set(contract, trial.contract));
}

/** The id of the instance, `ID-16.03`. */
export const instanceIdIn = (services: string): string => {
  const { instance } = manifestAt(join(services, "instance.yaml"));
  return typeof instance === "string" ? instance : "";
};

/** The class of a member, `GOV`. */
export const memberClassIn = (services: string, member: string): string => {
  const memberClass = manifestAt(join(services, member, "member.yaml"))["class"];
  return typeof memberClass === "string" ? memberClass : "GOV";
};

/** The code of the kabupaten or kota that an instance's id names. */
export const regionIn = (instance: string): string | undefined => /^ID-(\d\d\.\d\d)$/.exec(instance)?.[1];

/** The code of this instance's region, for the examples; that of the demo if the instance's name has none. */
const regionOf = (services: string): string => regionIn(instanceIdIn(services)) ?? "16.03";
