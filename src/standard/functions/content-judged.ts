import { isObject } from "../../base/is-object.ts";
import { mayBeJson } from "../../contract/media-type.ts";
import { lintFunction, noOptions } from "../function.ts";

/** Content with a schema is JSON: of all other, the gateway judges type, size and digest alone. Target: a `content`. */
export const contentJudged = lintFunction(noOptions, function* ({ value, steps }, _, { seen }) {
  if (!isObject(value) || seen.has(value)) return;
  seen.add(value);
  for (const type of Object.keys(value)) if (!mayBeJson(type)) yield { steps: [...steps, type], named: true, property: type.slice(0, 64) };
});
