import { generateSync, type GenerateOptions, type JsonSchema } from "json-schema-faker";
import { isObject } from "../base/is-object.ts";
import { nodeAt, tokensOfReference, type ContractDocument } from "../contract/document.ts";
import { createSchemaValidators, wayOf } from "../contract/schemas.ts";
import type { PointerTokens } from "../source/steps.ts";
import { composedValue } from "./composed.ts";

/** One true value of each format that JSON Schema does not know; a real NIK, NIP or NPWP is none of them. */
const ofFormat: Readonly<Record<string, string>> = {
  nik: "1603011501900001",
  nip: "199001152020121001",
  "nip-pppk": "199001152021211001",
  "nomor-kk": "1603011501200001",
  npwp: "0012345678901000",
  "npwp-lama": "012345678901000",
  nib: "1234567890123",
  nop: "160301000100100010",
  "kode-wilayah": "16.03.07",
  "kode-wilayah-bps": "1603052",
  ral: "RAL.01.02",
  rad: "RAD.01.02",
  time: "08:00:00+07:00",
  duration: "P1D",
  byte: "Y29udG9o",
};

/** The first has every member, for who reads it; the others only what is required, for schemas in which not everything goes together. */
const attempts: readonly GenerateOptions[] = [
  { alwaysFakeOptionals: true, seed: 1 },
  ...[1, 2, 3, 4, 5].map((seed) => ({ optionalsProbability: 0, seed })),
];

/** So large a value is not made, whatever a schema allows: it is an example. */
const largest = { items: 5, leastItems: 100, characters: 1000, leastCharacters: 100_000 } as const;

/** A schema by which no value becomes larger than an example needs; throws where it asks for a larger one. */
function bounded(schema: unknown): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_, node: unknown) => {
    if (!isObject(node)) return node;
    const least = (name: string, most: number): number => {
      const wanted = node[name];
      if (typeof wanted === "number" && wanted > most) throw new RangeError(`${name}: ${wanted}`);
      return typeof wanted === "number" ? wanted : 0;
    };
    const items = Math.max(least("minItems", largest.leastItems), largest.items);
    const characters = Math.max(least("minLength", largest.leastCharacters), largest.characters);
    if (typeof node["maxItems"] === "number") node["maxItems"] = Math.min(node["maxItems"], items);
    if (typeof node["maxLength"] === "number") node["maxLength"] = Math.min(node["maxLength"], characters);
    return node;
  }) as JsonSchema;
}

/** Values for the places of a contract, by the tokens of their schemas and by the gateway's own judge. */
export interface JudgedValues {
  /** A made-up value that conforms, the same each time; `undefined` where none was found. */
  madeUp(schema: PointerTokens): unknown;
  /** Whether a value conforms; any does where there is no schema. */
  conforms(schema: PointerTokens, value: unknown): boolean;
}

export function judgedValues(document: ContractDocument): JudgedValues {
  const validators = createSchemaValidators(document);
  const refResolver = (reference: string): JsonSchema => bounded(nodeAt(document, tokensOfReference(reference) ?? []) ?? {});
  const formats = Object.fromEntries(Object.entries(ofFormat).map(([name, value]) => [name, () => value]));
  const conforms = (schema: PointerTokens, value: unknown): boolean => {
    if (nodeAt(document, schema) === undefined) return true;
    return validators(schema, wayOf(schema))(value, 0).length === 0;
  };
  const generated = (wanted: JsonSchema, judge: (value: unknown) => boolean): unknown => {
    for (const attempt of attempts) {
      try {
        const value = generateSync(bounded(wanted), {
          useExamplesValue: true,
          useDefaultValue: true,
          refDepthMax: 4,
          ...attempt,
          refResolver,
          formats,
        });
        if (judge(value)) return value;
      } catch {
        // A schema for which the library finds no value, or of a form, which nobody judges; the next attempt asks for less.
      }
    }
    return undefined;
  };
  const madeUp = (schema: PointerTokens): unknown => {
    const wanted = nodeAt(document, schema) as JsonSchema | undefined;
    if (wanted === undefined) return undefined;
    const way = wayOf(schema);
    const found = generated(wanted, (value) => validators(schema, way)(value, 0).length === 0);
    if (found !== undefined) return found;
    try {
      return composedValue(document, schema, way, {
        conforms: (steps, value) => validators(steps, way)(value, 0).length === 0,
        scalar: (bare) => generated(bare, () => true),
      });
    } catch {
      return undefined;
    }
  };
  return { madeUp, conforms };
}
