import { pointerOf } from "../../contract/document.ts";
import { lintFunction } from "../function.ts";
import { messages } from "./messages.ts";
import { schemaUses, typesOf } from "../schema-uses.ts";
import { regularExpression } from "../regular-expression.ts";
import { wordsOf } from "../split-name.ts";
import { resolve } from "../document.ts";

interface Row {
  /** A pattern of the words of the name: `nomor kk`. */
  readonly words: string;
  /** The formats of which the schema must have one. */
  readonly formats: readonly string[];
  readonly type: "string" | "integer";
}
interface Given {
  readonly names: readonly Row[];
  /** A pattern of names that only mention the word, such as counts and states. */
  readonly except?: string;
  /** Formats that say that it is something else, whatever its name. */
  readonly otherwise?: readonly string[];
}

const row = {
  type: "object",
  additionalProperties: false,
  required: ["words", "formats", "type"],
  properties: {
    words: { type: "string", format: "regular-expression" },
    formats: { type: "array", minItems: 1, items: { type: "string", format: "known-format" } },
    type: { enum: ["string", "integer"] },
  },
};

const numeric = (type: string): boolean => type === "integer" || type === "number";

/**
 * A property or parameter of a known name has the type and a format of its values. Target: a schema; or a parameter, by
 * its `schema`.
 */
export const nameFormat = lintFunction<Given>(
  {
    properties: {
      names: { type: "array", minItems: 1, items: row },
      except: { type: "string", format: "regular-expression" },
      otherwise: row.properties.formats,
    },
    required: ["names"],
  },
  function* (target, { names, except, otherwise = [] }, { document, seen }) {
    const holder = target.steps.at(-1) === "schema" ? resolve(document, target.steps.slice(0, -1))?.node : undefined;
    const parameter = typeof holder?.["in"] === "string" ? String(holder["name"]) : undefined;
    for (const { schema, site, name } of schemaUses(document, target, seen, parameter)) {
      const words = name === undefined ? "" : wordsOf(name);
      const known =
        words === "" || (except !== undefined && regularExpression(except).test(words))
          ? undefined
          : names.find((one) => regularExpression(one.words).test(words));
      const types = typesOf(schema);
      if (
        known === undefined ||
        otherwise.includes(schema["format"] as string) ||
        schema["enum"] !== undefined ||
        schema["const"] !== undefined ||
        !types.some((type) => type === "string" || numeric(type))
      )
        continue;
      const place = pointerOf(site);
      if (seen.has(place)) continue;
      seen.add(place);
      const fits = types.every((type) => type === known.type) && known.formats.includes(schema["format"] as string);
      const right = `type: ${known.type}, format: ${known.formats.join(" | ")}`;
      if (!fits) yield { steps: site, named: true, property: name!, error: messages.mustHave(right) };
    }
  },
);
