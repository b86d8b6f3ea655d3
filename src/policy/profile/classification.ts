import { parse } from "yaml";
import type { Text } from "../../base/text.ts";
import { messages } from "./messages.ts";

/** The measures of one class of data, as `policies/classification.yaml` has them (its schema has checked the file). */
export interface Measures {
  readonly grant: "open" | "required";
  readonly statement: "required";
  readonly receipt: "full" | "on-request";
  readonly logs: "masked";
  readonly providerSignature: "optional" | "required";
  readonly mutualTls: "optional" | "required";
  readonly encryptedContent: "optional" | "required";
  /** The months for which the sealed record of an exchange is retained at least; a profile may require more. */
  readonly statementRetentionMonths: number;
}

/** By class. */
export type ClassificationMatrix = Readonly<Record<string, Measures>>;

export const readMatrix = (text: string): ClassificationMatrix => parse(text) as ClassificationMatrix;

/** Measures whose mechanism does not exist yet: a service that needs one is not activated. */
const unbuilt: readonly { readonly wanted: (measures: Measures) => boolean; readonly name: Text }[] = [
  { wanted: ({ mutualTls }) => mutualTls === "required", name: messages.mutualTls },
  { wanted: ({ encryptedContent }) => encryptedContent === "required", name: messages.encryptedContents },
];

/** The measures of a class that do not exist yet. */
export const missingMeasures = (measures: Measures): readonly Text[] =>
  unbuilt.flatMap(({ wanted, name }) => (wanted(measures) ? [name] : []));
