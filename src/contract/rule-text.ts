import type { ErrorObject } from "ajv";
import type { Text } from "../base/text.ts";
import { findFormat } from "./formats/formats.ts";
import { formWords } from "./form-words.ts";
import { contentLimits } from "./limits.ts";
import { hasList } from "./formats/reference-list.ts";

type Params = Readonly<Record<string, unknown>>;

const typeNames: Readonly<Record<string, Text>> = {
  string: { id: "teks", en: "a string" },
  number: { id: "bilangan", en: "a number" },
  integer: { id: "bilangan bulat", en: "an integer" },
  boolean: { id: "true atau false", en: "true or false" },
  array: { id: "array", en: "an array" },
  object: { id: "objek", en: "an object" },
  null: { id: "null", en: "null" },
};

const comparisons: Readonly<Record<string, Text>> = {
  ">=": { id: "paling sedikit", en: "at least" },
  "<=": { id: "paling banyak", en: "at most" },
  ">": { id: "lebih dari", en: "more than" },
  "<": { id: "kurang dari", en: "less than" },
};

/** A number, a name or a short JSON text from the schema, never from the data. */
const written = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 200);
const listed = (values: readonly unknown[]): string =>
  values
    .slice(0, 20)
    .map((value) => JSON.stringify(value))
    .join(", ") + (values.length > 20 ? ", …" : "");

const same = (id: string, en: string) => (): Text => ({ id, en });
const atLeast =
  (id: string, unit: string, en: string) =>
  ({ limit }: Params): Text => ({ id: `${id} paling sedikit ${written(limit)}${unit}`, en: `${en} must be at least ${written(limit)}` });
const atMost =
  (id: string, unit: string, en: string) =>
  ({ limit }: Params): Text => ({ id: `${id} paling banyak ${written(limit)}${unit}`, en: `${en} must be at most ${written(limit)}` });
const compared = (params: Params): Text => {
  const comparison = comparisons[written(params["comparison"])] ?? { id: "tepat", en: "exactly" };
  return { id: `nilainya harus ${comparison.id} ${written(params["limit"])}`, en: `must be ${comparison.en} ${written(params["limit"])}` };
};
const dependent = (params: Params): Text => ({
  id: `properti “${written(params["missingProperty"])}” wajib ada bila “${written(params["property"])}” ada`,
  en: `the member “${written(params["missingProperty"])}” is required where “${written(params["property"])}” is there`,
});
const unknownMember = (_: Params, error: ErrorObject): Text => {
  const names = Object.keys((error.parentSchema?.["properties"] as object | undefined) ?? {});
  return {
    id: `ada properti yang tidak dikenal di sini; yang dikenal: ${listed(names) || "tidak ada"}`,
    en: `there is a member that is not known here; known are: ${listed(names) || "none"}`,
  };
};

/** A code written as a number, or a number as a string, is the most common fault. */
function quotes(types: readonly string[], data: unknown): Text {
  if (typeof data === "number" && types.includes("string"))
    return {
      id: ", ditulis dalam tanda kutip: sebagai bilangan, kode kehilangan nol di depan, dan di atas 2^53 angka terakhirnya",
      en: ", in quotes: as a number, a code loses its leading zeros, and above 2^53 its last digits",
    };
  if (typeof data === "string" && types.some((type) => ["integer", "number", "boolean"].includes(type)))
    return { id: ", ditulis tanpa tanda kutip", en: ", without quotes" };
  return { id: "", en: "" };
}

/**
 * What each keyword of JSON Schema 2020-12 asks for, in words. Only the schema is quoted: no value of the data is ever
 * repeated.
 */
const rules: Readonly<Record<string, (params: Params, error: ErrorObject) => Text>> = {
  type: (params, error) => {
    const types = [params["type"]].flat().map(written);
    const names = types.map((type) => typeNames[type] ?? { id: type, en: type });
    const { id, en } = quotes(types, error.data);
    return {
      id: `harus ${names.map((name) => name.id).join(" atau ")}${id}`,
      en: `must be ${names.map((name) => name.en).join(" or ")}${en}`,
    };
  },
  required: (params) => ({
    id: `properti “${written(params["missingProperty"])}” wajib ada`,
    en: `the member “${written(params["missingProperty"])}” is required`,
  }),
  dependentRequired: dependent,
  dependencies: dependent,
  additionalProperties: unknownMember,
  unevaluatedProperties: same("ada properti yang tidak dikenal di sini", "there is a member that is not known here"),
  propertyNames: same("ada nama properti yang tidak diizinkan", "there is a member name that is not allowed"),
  enum: (params) => ({
    id: `harus salah satu dari ${listed(params["allowedValues"] as unknown[])}`,
    en: `must be one of ${listed(params["allowedValues"] as unknown[])}`,
  }),
  const: (params) => ({ id: `harus ${JSON.stringify(params["allowedValue"])}`, en: `must be ${JSON.stringify(params["allowedValue"])}` }),
  format: (params, error) => {
    const format = findFormat(written(params["format"]));
    const judged = format?.type === "string" ? format.judge(String(error.data)) : format?.judge(Number(error.data));
    if (judged === undefined && hasList(written(params["format"])))
      return {
        id: "kode ini tidak ada dalam daftar rujukan yang berlaku di gerbang ini",
        en: "this code is not in the reference list that this gateway goes by",
      };
    return judged ?? { id: `harus berformat ${written(params["format"])}`, en: `must be of the format ${written(params["format"])}` };
  },
  pattern: (params) =>
    formWords.get(written(params["pattern"])) ?? {
      id: `bentuknya harus cocok dengan pola ${written(params["pattern"])}`,
      en: `must match the pattern ${written(params["pattern"])}`,
    },
  steps: same(
    `menilai isi ini dengan skema dan polanya memerlukan lebih dari ${contentLimits.steps} langkah; kirim isi yang lebih kecil`,
    `judging this content by its schemas and patterns takes more than ${contentLimits.steps} steps; send less content`,
  ),
  minLength: atLeast("panjang teks harus", " karakter", "the number of characters"),
  maxLength: atMost("panjang teks harus", " karakter", "the number of characters"),
  minItems: atLeast("jumlah unsur array harus", "", "the number of items"),
  maxItems: atMost("jumlah unsur array harus", "", "the number of items"),
  items: same("jumlah unsur array melebihi yang diizinkan", "there are items too many"),
  unevaluatedItems: same("jumlah unsur array melebihi yang diizinkan", "there are items too many"),
  minProperties: atLeast("jumlah properti harus", "", "the number of members"),
  maxProperties: atMost("jumlah properti harus", "", "the number of members"),
  minimum: compared,
  maximum: compared,
  exclusiveMinimum: compared,
  exclusiveMaximum: compared,
  multipleOf: (params) => ({
    id: `nilainya harus kelipatan ${written(params["multipleOf"])}`,
    en: `must be a multiple of ${written(params["multipleOf"])}`,
  }),
  uniqueItems: same("tidak boleh ada dua unsur yang sama", "no item may occur twice"),
  contains: same(
    "unsur tertentu yang wajib ada belum ada, kurang, atau terlalu banyak",
    "certain items that are asked for are missing, too few or too many",
  ),
  anyOf: same("harus memenuhi salah satu bentuk yang diizinkan", "must be of at least one of the allowed forms"),
  oneOf: same("harus memenuhi tepat satu bentuk yang diizinkan, tidak lebih", "must be of exactly one of the allowed forms"),
  not: same("bentuk ini dilarang", "this form is forbidden"),
  if: same("aturan yang bergantung pada isi lain tidak terpenuhi", "a rule that depends on other content is not met"),
  "false schema": same("bagian ini tidak boleh diisi", "nothing is allowed here"),
};

/** An error of ajv (compiled with `verbose`) as a sentence for the developer who has to fix the message. */
export function explainRule(error: ErrorObject): Text {
  return (
    rules[error.keyword]?.(error.params as Params, error) ?? {
      id: `tidak memenuhi aturan ${error.keyword}`,
      en: `breaks the rule ${error.keyword}`,
    }
  );
}
