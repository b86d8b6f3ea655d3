import { existsSync } from "node:fs";
import { join } from "node:path";
import { isReferenceList } from "../contract/formats/reference-list.ts";
import { treeLimits } from "../source/limits.ts";
import { faultAt } from "../source/fault.ts";
import { openTree, fileStart } from "../source/tree.ts";
import { readStandard } from "./read-standard.ts";
import type { StandardFault } from "./standard-fault.ts";
import { inForce, standardName, type Standard } from "./standard.ts";

/**
 * The standards in a folder of policies, by `id@version`, and every fault: with one, no document may be judged. Throws
 * only if the folder cannot be read at all.
 */
export function loadStandards(folder: string): {
  readonly standards: ReadonlyMap<string, Standard>;
  readonly faults: readonly StandardFault[];
} {
  const tree = openTree(folder, "policies");
  const standards = new Map<string, Standard>();
  const faults: StandardFault[] = [];
  const lists = existsSync(join(folder, "reference"))
    ? tree
        .list("reference")
        .flatMap(({ name }) => (isReferenceList(`reference/${name}`) ? (tree.read(`reference/${name}`, treeLimits.policyBytes) ?? []) : []))
    : [];
  for (const { name } of existsSync(join(folder, "standards")) ? tree.list("standards") : []) {
    const file = `policies/standards/${name}`;
    if (!name.endsWith(".yaml")) faults.push(faultAt(fileStart(file), "file-unknown", "*.yaml"));
    const text = name.endsWith(".yaml") ? tree.read(`standards/${name}`, treeLimits.policyBytes) : undefined;
    if (text === undefined) continue;
    const read = readStandard(file, text);
    faults.push(...read.faults);
    if (read.standard !== undefined) standards.set(standardName(read.standard), { ...read.standard, lists });
  }
  return { standards, faults: [...tree.faults, ...faults] };
}

/** Where a regulation names no setter, the national standard holds, as the profiles themselves say. */
const nationalSetter = "menkominfo";

const newestFirst = (a: Standard, b: Standard): number => b.version.localeCompare(a.version, "en", { numeric: true });

/** The standards of `setter` that are in force on a day, the newest version of each first. */
export function standardsFor(standards: Iterable<Standard>, setter: string | null, day: string): readonly Standard[] {
  return [...standards]
    .filter((standard) => standard.setters.includes(setter ?? nationalSetter) && inForce(standard, day))
    .sort(newestFirst);
}
