import type { ErrorObject } from "ajv";
import type { Text } from "../../base/text.ts";
import { findFormat } from "../formats/formats.ts";

type Params = Readonly<Record<string, unknown>>;

const typeNames: Readonly<Record<string, Text>> = {
  string: { id: "teks", en: "a string" },
  number: { id: "bilangan", en: "a number" },
  integer: { id: "bilangan bulat", en: "an integer" },
  boolean: { id: "true atau false", en: "true or false" },
  array: { id: "larik", en: "an array" },
  object: { id: "objek", en: "an object" },
  null: { id: "null", en: "null" },
};

const comparisons: Readonly<Record<string, Text>> = {
  ">=": { id: "paling sedikit", en: "at least" },
  "<=": { id: "paling banyak", en: "at most" },
  ">": { id: "lebih dari", en: "more than" },
  "<": { id: "kurang dari", en: "less than" },
};

/** A number, a name or a short JSON text out of the schema; never out of the data. */
const written = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 200);
const listed = (values: readonly unknown[]): string => values.slice(0, 20).map((value) => JSON.stringify(value)).join(", ") + (values.length > 20 ? ", …" : "");

const same = (id: string, en: string) => (): Text => ({ id, en });
const limited = (what: Text) => (params: Params): Text => ({
  id: `${what.id} harus paling ${params["least"] === true ? "sedikit" : "banyak"} ${written(params["limit"])}`,
  en: `${what.en} must be at ${params["least"] === true ? "least" : "most"} ${written(params["limit"])}`,
});
const atLeast = (id: string, en: string) => (params: Params): Text => limited({ id, en })({ ...params, least: true });
const atMost = (id: string, en: string) => (params: Params): Text => limited({ id, en })(params);
const compared = (params: Params): Text => {
  const comparison = comparisons[written(params["comparison"])] ?? { id: "tepat", en: "exactly" };
  return { id: `harus ${comparison.id} ${written(params["limit"])}`, en: `must be ${comparison.en} ${written(params["limit"])}` };
};
const unknownMember = (_: Params, error: ErrorObject): Text => {
  const names = Object.keys((error.parentSchema?.["properties"] as object | undefined) ?? {});
  return {
    id: `ada anggota yang tidak dikenal kontrak; yang dikenal: ${listed(names) || "tidak ada"}`,
    en: `there is a member that the contract does not know; it knows: ${listed(names) || "none"}`,
  };
};

/** What each keyword of JSON Schema 2020-12 asks for, in words. Only the schema speaks here: no value of the data is ever repeated. */
const rules: Readonly<Record<string, (params: Params, error: ErrorObject) => Text>> = {
  type: (params) => {
    const types = [params["type"]].flat().map((type) => typeNames[written(type)] ?? { id: written(type), en: written(type) });
    return { id: `harus ${types.map((type) => type.id).join(" atau ")}`, en: `must be ${types.map((type) => type.en).join(" or ")}` };
  },
  required: (params) => ({ id: `anggota “${written(params["missingProperty"])}” wajib ada`, en: `the member “${written(params["missingProperty"])}” is required` }),
  dependentRequired: (params) => ({ id: `anggota “${written(params["missingProperty"])}” wajib ada di samping yang lain`, en: `the member “${written(params["missingProperty"])}” is required beside the others` }),
  additionalProperties: unknownMember,
  unevaluatedProperties: unknownMember,
  propertyNames: same("ada nama anggota yang tidak diizinkan", "there is a member name that is not allowed"),
  enum: (params) => ({ id: `harus salah satu dari ${listed(params["allowedValues"] as unknown[])}`, en: `must be one of ${listed(params["allowedValues"] as unknown[])}` }),
  const: (params) => ({ id: `harus ${JSON.stringify(params["allowedValue"])}`, en: `must be ${JSON.stringify(params["allowedValue"])}` }),
  format: (params, error) => {
    const format = findFormat(written(params["format"]));
    const judged = format?.type === "string" ? format.judge(String(error.data)) : format?.judge(Number(error.data));
    return judged ?? { id: `harus berformat ${written(params["format"])}`, en: `must be of the format ${written(params["format"])}` };
  },
  pattern: (params) => ({ id: `harus cocok dengan pola ${written(params["pattern"])}`, en: `must match the pattern ${written(params["pattern"])}` }),
  minLength: atLeast("banyaknya huruf", "the number of characters"),
  maxLength: atMost("banyaknya huruf", "the number of characters"),
  minItems: atLeast("banyaknya unsur", "the number of items"),
  maxItems: atMost("banyaknya unsur", "the number of items"),
  items: same("ada unsur yang berlebih", "there are items too many"),
  unevaluatedItems: same("ada unsur yang berlebih", "there are items too many"),
  minProperties: atLeast("banyaknya anggota", "the number of members"),
  maxProperties: atMost("banyaknya anggota", "the number of members"),
  minimum: compared,
  maximum: compared,
  exclusiveMinimum: compared,
  exclusiveMaximum: compared,
  multipleOf: (params) => ({ id: `harus kelipatan ${written(params["multipleOf"])}`, en: `must be a multiple of ${written(params["multipleOf"])}` }),
  uniqueItems: same("tidak boleh ada unsur yang sama dua kali", "no item may occur twice"),
  contains: same("unsur yang diminta kontrak tidak ada atau terlalu banyak", "the items that the contract asks for are missing or too many"),
  anyOf: same("harus memenuhi sedikitnya satu dari bentuk yang diizinkan", "must be of at least one of the allowed forms"),
  oneOf: same("harus memenuhi tepat satu dari bentuk yang diizinkan", "must be of exactly one of the allowed forms"),
  not: same("bentuk ini dilarang kontrak", "the contract forbids this form"),
  if: same("tidak memenuhi syarat bersyarat dari kontrak", "does not meet a conditional rule of the contract"),
  "false schema": same("kontrak tidak mengizinkan apa pun di sini", "the contract allows nothing here"),
};

/** An error of ajv (compiled with `verbose`) as a sentence for the developer who has to mend the message. */
export function explainRule(error: ErrorObject): Text {
  return rules[error.keyword]?.(error.params as Params, error) ?? { id: `tidak memenuhi aturan ${error.keyword}`, en: `breaks the rule ${error.keyword}` };
}
