import { tokensOfField } from "../contract/field-shape.ts";

/**
 * The response fields of a grant as a tree: a value is granted whole, or only those parts of it that are listed
 * `below`.
 */
export interface GrantedFields {
  readonly whole: boolean;
  /** By member name; `*` is every item of an array, every member of a map that the contract does not name. */
  readonly below: ReadonlyMap<string, GrantedFields>;
}

interface Growing {
  whole: boolean;
  readonly below: Map<string, Growing>;
}

/**
 * Reads the JSON Pointers of a grant: each grants what it leads to, with all below. An empty list grants the open
 * fields only.
 */
export function grantedFields(pointers: readonly string[]): GrantedFields {
  const root: Growing = { whole: false, below: new Map() };
  for (const pointer of pointers) {
    let here = root;
    for (const step of tokensOfField(pointer)) {
      const next: Growing = here.below.get(step) ?? { whole: false, below: new Map() };
      here.below.set(step, next);
      here = next;
    }
    here.whole = true;
  }
  return root;
}
