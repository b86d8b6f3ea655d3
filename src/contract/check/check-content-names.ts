import { faultIn, type LocatedFault } from "../../source/fault.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { nodeAt, tokensBelow } from "../document.ts";
import { readMediaType, tellingParameters, typeOrRange } from "../media-type.ts";

/** The names of a `content`: each is a media type or a range (OpenAPI 3.1.1 §4.8.14), and no two are the same one. */
export function* checkContentNames(document: unknown, contents: PointerTokens): Generator<LocatedFault> {
  const seen = new Map<string, string>();
  for (const name of tokensBelow(nodeAt(document, contents))) {
    const steps = [...contents, name];
    const type = typeOrRange(name);
    if (type === undefined) {
      yield faultIn(steps, "name", "media-type");
      continue;
    }
    const same = JSON.stringify([type, [...tellingParameters(readMediaType(name)!)].sort()]);
    const other = seen.get(same);
    if (other !== undefined) yield faultIn(steps, "name", "media-type-duplicate", other);
    seen.set(same, name);
  }
}
