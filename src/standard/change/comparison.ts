import type { Text } from "../../base/text.ts";
import { breaking, toLookAt, type ContractChange } from "./change.ts";
import type { View } from "./view.ts";

/**
 * In which direction content goes: of a request the new schema must accept all that the old one did; of a response it
 * must allow no more than the old one.
 */
export type Direction = "request" | "response";

/** The question whether every value that keeps to `narrow` keeps to `wide`. */
export interface Comparison {
  readonly direction: Direction;
  /** In a request the old schema, in a response the new one. */
  readonly narrow: View;
  readonly wide: View;
  /** The value is the text of a parameter, which cannot be null. */
  readonly text: boolean;
  /** Compares parts of them. */
  readonly compare: (narrow: View, wide: View) => readonly ContractChange[];
}

/** The older and the newer one of two things of `narrow` and `wide`. */
export const inTime = <Thing>({ direction }: Pick<Comparison, "direction">, narrow: Thing, wide: Thing): { was: Thing; is: Thing } =>
  direction === "request" ? { was: narrow, is: wide } : { was: wide, is: narrow };

const siteOf = (comparison: Comparison): View["site"] => inTime(comparison, comparison.narrow, comparison.wide).is.site;
export const breaks = (comparison: Comparison, text: Text): ContractChange => breaking(siteOf(comparison), text);
export const lookAt = (comparison: Comparison, text: Text): ContractChange => toLookAt(siteOf(comparison), text);
