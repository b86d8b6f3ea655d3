import { isReferenceList, type ReferenceList } from "../../contract/formats/reference-list.ts";
import { faultAt, type ManifestFault } from "../../source/fault.ts";
import type { Source } from "../../source/source.ts";

/**
 * What the schema of reference lists cannot express: each code is below one that is listed, every code that is named is
 * listed, and no two files have the same list.
 */
export const checkLists = (sources: ReadonlyMap<string, Source>): readonly ManifestFault[] => [...faultsOf(sources)];

function* faultsOf(sources: ReadonlyMap<string, Source>): Generator<ManifestFault> {
  const files = new Map<string, string>();
  for (const [path, source] of sources) {
    if (!isReferenceList(path)) continue;
    const { list, codes, former = {}, complete } = source.value as ReferenceList;
    const other = files.get(list);
    if (other !== undefined) yield faultAt(source.at(["list"]), "list-duplicate", other);
    files.set(list, source.file);
    const known = (code: string): boolean => Object.hasOwn(codes, code);
    for (const code of Object.keys(codes)) {
      const above = code.slice(0, code.lastIndexOf("."));
      if (code.includes(".") && /\d$/.test(above) && !known(above)) yield faultAt(source.atName(["codes", code]), "code-unlisted", above);
    }
    for (const [code, successor] of Object.entries(former)) {
      if (known(code)) yield faultAt(source.atName(["former", code]), "code-in-force");
      if (!known(successor)) yield faultAt(source.at(["former", code]), "code-unlisted", successor);
    }
    for (const [index, code] of (complete.below ?? []).entries())
      if (!known(code)) yield faultAt(source.at(["complete", "below", String(index)]), "code-unlisted", code);
  }
}
