import { isObject } from "../../base/is-object.ts";
import { tokensBelow } from "../../contract/document.ts";
import { isJsonName } from "../../contract/media-type.ts";
import { resolve, type LintDocument, type Members } from "../document.ts";
import { lintFunction, noOptions } from "../function.ts";

const hasExample = ({ example, examples }: Members): boolean => example !== undefined || tokensBelow(examples).length > 0;

/** Whether a JSON media type, or the schema that it names, shows an example. */
function shows(document: LintDocument, media: Members, steps: readonly string[]): boolean {
  if (hasExample(media)) return true;
  const schema = resolve(document, [...steps, "schema"])?.node;
  return schema !== undefined && (hasExample(schema) || schema["const"] !== undefined);
}

/** Each JSON content shows an example. Target: a `content`. */
export const examplePresent = lintFunction(noOptions, function* ({ value, steps }, _, { document, seen }) {
  if (!isObject(value) || seen.has(value)) return;
  seen.add(value);
  for (const [type, media] of Object.entries(value)) {
    if (isJsonName(type) && isObject(media) && !shows(document, media, [...steps, type])) yield { steps: [...steps, type], named: true };
  }
});
