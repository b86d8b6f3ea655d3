import { resolve } from "../document.ts";
import { lintFunction, type Found } from "../function.ts";

/** The member of this name has a different value in every target. */
export const unique = lintFunction<{ readonly member: string }>(
  { properties: { member: { type: "string", minLength: 1 } }, required: ["member"] },
  ({ steps }, { member }, { document, seen }): readonly Found[] => {
    const value = resolve(document, steps)?.node[member];
    if (typeof value !== "string") return [];
    if (seen.has(value)) return [{ steps: [...steps, member] }];
    seen.add(value);
    return [];
  },
);
