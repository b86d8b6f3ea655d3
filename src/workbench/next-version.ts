import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isScalar, parseDocument, type Document } from "yaml";
import { FileFault } from "../source/file-fault.ts";
import { messages } from "./messages.ts";
import type { ServicePlace } from "./new-service.ts";
import type { serviceQuestions } from "./questions.ts";

type QuestionName = keyof typeof serviceQuestions;

/** Answers that replace what the earlier version says. */
export type ChangedAnswers = Readonly<Partial<Record<QuestionName, string>>>;

const folderOf = ({ member, subsystem, code, version }: ServicePlace): string => `${member}/${subsystem}/${code}/${version}`;

/** The place of the newest version before this one that has a contract; `undefined` if there is none. */
export function earlierVersion(services: string, place: ServicePlace): ServicePlace | undefined {
  for (let major = Number(place.version.slice(1)) - 1; major >= 0; major--) {
    const earlier = { ...place, version: `v${major}` };
    const folder = join(services, folderOf(earlier));
    if (["service.yaml", "openapi.yaml"].every((name) => existsSync(join(folder, name)))) return earlier;
  }
  return undefined;
}

/** Where an answer goes in a contract. */
const contractPaths: Readonly<Partial<Record<QuestionName, readonly string[]>>> = {
  title: ["info", "title"],
  description: ["info", "description"],
  kind: ["info", "x-jenis"],
  contact: ["info", "contact", "name"],
  email: ["info", "contact", "email"],
};

/**
 * Writes the next version of a service: manifest, contract and examples of the earlier one, with a version of its own and the answers
 * that were given. Every other byte of the contract stays. Gives the paths, the contract last; throws if a file exists already.
 */
export function writeNextVersion(services: string, place: ServicePlace, earlier: ServicePlace, given: ChangedAnswers): readonly string[] {
  const [from, to] = [join(services, folderOf(earlier)), join(services, folderOf(place))];
  const manifest = parsed(join(from, "service.yaml"));
  for (const name of ["title", "description", "classification", "upstream"] as const)
    if (given[name] !== undefined) manifest.set(name, given[name]);
  // Where the earlier version stands, and below which path it is served, is not so of this one.
  for (const name of ["state", "basePath"]) manifest.delete(name);
  const changes = Object.entries(contractPaths).flatMap(([name, path]) => {
    const answer = given[name as QuestionName];
    // YAML reads a JSON string as it is.
    return answer === undefined ? [] : [[path, JSON.stringify(answer)] as const];
  });
  const version = [["info", "version"], `${place.version.slice(1)}.0.0`] as const;
  const contract = replaced(join(from, "openapi.yaml"), [version, ...changes]);
  mkdirSync(to, { recursive: true });
  // Examples, and files to which the contract's references lead.
  for (const name of readdirSync(from).filter((one) => one !== "service.yaml" && one !== "openapi.yaml"))
    cpSync(join(from, name), join(to, name), { recursive: true, errorOnExist: true });
  return [
    ["service.yaml", manifest.toString({ lineWidth: 0 })],
    ["openapi.yaml", contract],
  ].map(([name, content]) => {
    const file = join(to, name!);
    writeFileSync(file, content!, { flag: "wx" });
    return file;
  });
}

/** The text of a YAML file in which the scalars at some paths are written otherwise; a path that leads to no scalar changes nothing. */
function replaced(file: string, changes: readonly (readonly [path: readonly string[], written: string])[]): string {
  const document = parsed(file);
  const places = changes.flatMap(([path, written]) => {
    const node = document.getIn(path, true);
    return isScalar(node) && node.range ? [{ begin: node.range[0], end: node.range[1], written }] : [];
  });
  places.sort((a, b) => b.begin - a.begin);
  return places.reduce(
    (changed, { begin, end, written }) => changed.slice(0, begin) + written + changed.slice(end),
    readFileSync(file, "utf8"),
  );
}

function parsed(file: string): Document.Parsed {
  const document = parseDocument(readFileSync(file, "utf8"));
  if (document.errors.length > 0) throw new FileFault(messages.notYaml(file));
  return document;
}
