import { parse } from "yaml";
import type { Text } from "../../base/text.ts";

/** The measures of one class of data, as `policies/classification.yaml` has them (its schema has checked the file). */
export interface Measures {
  readonly grant: "open" | "required";
  readonly statement: "required";
  readonly receipt: "full" | "on-request";
  readonly logs: "masked";
  readonly providerSignature: "optional" | "required";
  readonly mutualTls: "optional" | "required";
  readonly encryptedContent: "optional" | "required";
  /** For how many months at least the evidence of an exchange is kept; a profile may ask for more. */
  readonly statementRetentionMonths: number;
}

/** By class. */
export type ClassificationMatrix = Readonly<Record<string, Measures>>;

export const readMatrix = (text: string): ClassificationMatrix => parse(text) as ClassificationMatrix;

/** Measures whose mechanism does not exist yet: what asks for one is not activated. */
const unbuilt: readonly { readonly wanted: (measures: Measures) => boolean; readonly name: Text }[] = [
  { wanted: ({ mutualTls }) => mutualTls === "required", name: { id: "mutual TLS", en: "mutual TLS" } },
  { wanted: ({ encryptedContent }) => encryptedContent === "required", name: { id: "enkripsi isi", en: "encrypted contents" } },
];

/** What a class asks for and nobody can give yet. */
export const missingMeasures = (measures: Measures): readonly Text[] =>
  unbuilt.flatMap(({ wanted, name }) => (wanted(measures) ? [name] : []));
