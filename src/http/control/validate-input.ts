import type { FastifySchemaCompiler } from "fastify";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { explainRule } from "../../contract/rule-text.ts";
import { addFormats } from "../../contract/formats/formats.ts";
import { Refusal } from "../../policy/refusal.ts";
import type { ObjectSchema } from "./route-schema.ts";

/** As many faults as anybody reads at once. */
const mostFaults = 50;

/** Judges the parts of a request by the schemas of its route, as they stand in the document: all faults, dates that exist, nothing converted but the query. */
export function inputValidator(): FastifySchemaCompiler<object> {
  const judge = (coerceTypes: boolean): Ajv2020 => {
    const ajv = new Ajv2020({
      strict: true,
      strictTypes: false,
      strictRequired: false,
      allErrors: true,
      verbose: true,
      logger: false,
      coerceTypes,
      useDefaults: coerceTypes,
    });
    addFormats(ajv);
    return ajv;
  };
  const [exact, fromText] = [judge(false), judge(true)];
  return ({ schema, httpPart }) => {
    if (httpPart === "querystring") return fromText.compile(schema);
    return exact.compile(httpPart === "headers" ? inLowerCase(schema as ObjectSchema) : schema);
  };
}

/** Field names come to us as Node folds them. */
const inLowerCase = ({ properties, ...schema }: ObjectSchema): object => ({
  ...schema,
  properties: Object.fromEntries(Object.entries(properties).map(([name, rule]) => [name.toLowerCase(), rule])),
});

/** What the judge found, each fault with the JSON Pointer (RFC 6901) of what is missing, too much or wrong. */
export function inputRefusal(found: readonly ErrorObject[], part: string): Refusal {
  const errors = found.slice(0, mostFaults).map((error) => ({ pointer: pointerOf(error), detail: explainRule(error) }));
  const { id, en } = parts[part] ?? parts["body"]!;
  return new Refusal(
    "input-invalid",
    { id: `Ada ${found.length} kesalahan dalam ${id}.`, en: `There are faults in ${en}: ${found.length}.` },
    { errors },
  );
}

const parts: Readonly<Record<string, { readonly id: string; readonly en: string }>> = {
  body: { id: "isi permintaan", en: "the content" },
  querystring: { id: "kueri", en: "the query" },
  headers: { id: "kepala permintaan", en: "the header" },
  params: { id: "jalur", en: "the path" },
};

function pointerOf({ instancePath, params, propertyName }: ErrorObject): string {
  const named: unknown =
    (params as Record<string, unknown>)["missingProperty"] ??
    (params as Record<string, unknown>)["additionalProperty"] ??
    (params as Record<string, unknown>)["propertyName"] ??
    propertyName;
  return typeof named === "string" ? `${instancePath}/${named.replaceAll("~", "~0").replaceAll("/", "~1")}` : instancePath;
}
