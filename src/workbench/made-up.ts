import { generateSync, type GenerateOptions, type JsonSchema } from "json-schema-faker";
import { nodeAt, tokensOfReference, type ContractDocument } from "../contract/document.ts";
import { createSchemaValidators, wayOf } from "../contract/schemas.ts";
import type { PointerTokens } from "../source/steps.ts";

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
  byte: "Y29udG9o",
};

/** The first has every member, for who reads it; the others only what is required, for schemas in which not everything goes together. */
const attempts: readonly GenerateOptions[] = [
  { alwaysFakeOptionals: true, seed: 1 },
  ...[1, 2, 3, 4, 5].map((seed) => ({ optionalsProbability: 0, seed })),
];

/** Values for the places of a contract, by the tokens of their schemas and by the gateway's own judge. */
export interface JudgedValues {
  /** A made-up value that conforms, the same each time; `undefined` where none was found. */
  madeUp(schema: PointerTokens): unknown;
  /** Whether a value conforms; any does where there is no schema. */
  conforms(schema: PointerTokens, value: unknown): boolean;
}

export function judgedValues(document: ContractDocument): JudgedValues {
  const validators = createSchemaValidators(document);
  const refResolver = (reference: string): JsonSchema => (nodeAt(document, tokensOfReference(reference) ?? []) ?? {}) as JsonSchema;
  const formats = Object.fromEntries(Object.entries(ofFormat).map(([name, value]) => [name, () => value]));
  const conforms = (schema: PointerTokens, value: unknown): boolean => {
    if (nodeAt(document, schema) === undefined) return true;
    return validators(schema, wayOf(schema))(value, 0).length === 0;
  };
  const madeUp = (schema: PointerTokens): unknown => {
    const wanted = nodeAt(document, schema) as JsonSchema | undefined;
    if (wanted === undefined) return undefined;
    for (const attempt of attempts) {
      try {
        const value = generateSync(wanted, {
          useExamplesValue: true,
          useDefaultValue: true,
          refDepthMax: 4,
          ...attempt,
          refResolver,
          formats,
        });
        if (validators(schema, wayOf(schema))(value, 0).length === 0) return value;
      } catch {
        // A schema for which the library finds no value, or of a form, which nobody judges; the next attempt asks for less.
      }
    }
    return undefined;
  };
  return { madeUp, conforms };
}
