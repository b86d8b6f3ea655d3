import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { memberForm, versionForm, type ServiceId } from "../base/names.ts";
import type { ContractDocument } from "../contract/document.ts";
import { readContract } from "../contract/check/read-contract.ts";
import { serverPath } from "../contract/server-path.ts";
import { openFolder } from "../contract/reading/open-folder.ts";
import type { ManifestFault } from "../source/fault.ts";
import type { SchemaCheck } from "../contract/check/schema-check.ts";
import { readSource } from "../source/source.ts";
import { manifestAt } from "./manifest-at.ts";
import { samplesOf, type ExampleFiles, type Sample } from "./samples.ts";

/** A contract under trial. `service` is the name that its service has in a tree of manifests, or might get. */
export interface Trial {
  readonly service: ServiceId;
  readonly contract: Buffer;
  /** As the gateway reads it. */
  readonly document: ContractDocument;
  /** The path below which its servers serve, `/api`; `undefined` where they name none, or several. */
  readonly serverPath: string | undefined;
  /** From the folder `examples/` next to the contract. */
  readonly examples: ExampleFiles;
  /** The files beside the contract to which its references lead, by their paths. */
  readonly files: ReadonlyMap<string, string>;
  readonly samples: readonly Sample[];
}

/**
 * Reads an OpenAPI document as the registry would, or gives every fault with its place. In a tree of manifests the service keeps its
 * name, so that a call tried here works unchanged later.
 */
export function readTrial(
  file: string,
  check: SchemaCheck,
): { readonly trial: Trial; readonly faults: readonly [] } | { readonly trial: undefined; readonly faults: readonly ManifestFault[] } {
  const contract = readFileSync(file);
  const { source, faults } = readSource(file, contract.toString());
  if (source === undefined) return { trial: undefined, faults };
  const folder = dirname(resolve(file));
  const examples = readExamples(join(folder, "examples"));
  const exampleFiles = Array.from(examples, ([name, bytes]) => ({
    file: join(dirname(file), "examples", name),
    name,
    text: bytes.toString(),
  }));
  const { reading, faults: wrong } = readContract(source, check, { examples: exampleFiles, folder: openFolder(folder) });
  if (reading === undefined || wrong.length > 0) return { trial: undefined, faults: wrong };
  const { document } = reading;
  return {
    trial: {
      service: nameInTree(folder) ?? nameFor(document),
      contract,
      document,
      serverPath: serverPath(document),
      examples,
      files: reading.files,
      samples: samplesOf(document, examples),
    },
    faults: [],
  };
}

function readExamples(folder: string): ExampleFiles {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** The name of the service whose folder this is in a tree of manifests. */
function nameInTree(folder: string): ServiceId | undefined {
  const folders = [join(folder, "../../.."), join(folder, "../.."), dirname(folder), folder] as const;
  const [member, subsystem, service, version] = folders.map((path) => basename(path)) as [string, string, string, string];
  const { class: memberClass } = manifestAt(join(folders[0], "member.yaml"));
  const { instance } = manifestAt(join(folders[0], "../instance.yaml"));
  const named = [member, subsystem, service].every((code) => memberForm.test(code)) && versionForm.test(version);
  return named && typeof memberClass === "string" && typeof instance === "string"
    ? `${instance}/${memberClass}/${member}/${subsystem}/${service}/${version}`
    : undefined;
}

/** A name for a contract outside a tree of manifests, from its title and version. */
function nameFor({ info }: ContractDocument): ServiceId {
  const code = info.title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .slice(0, 32);
  const major = /^\d{1,5}/.exec(info.version)?.[0] ?? "1";
  return `ID-COBA/GOV/penyedia/coba/${memberForm.test(code) ? code : "layanan"}/v${Number(major)}`;
}
