import { _, type Ajv2020 } from "ajv/dist/2020.js";
import { isObject } from "../base/is-object.ts";
import { takeSteps } from "./pattern/steps.ts";

/** A keyword of our own in the schemas by which values are judged; contracts cannot bring it. */
export const branchKeyword = "simpulBranches";

interface Branches {
  /** Further schemas for the value or its members, of which each may judge the same value again. */
  readonly value: number;
  /** The same for each member of an object. */
  readonly member: number;
}

const sizeOf = (node: unknown): number => (Array.isArray(node) ? node.length : isObject(node) ? Object.keys(node).length : 0);

const stepsOfBranch = 10;

/** So many names that are looked for cost as much as a schema. */
const namesForStep = 16;

/**
 * What a schema costs beyond the reading of its value: a tree of `anyOf` in which each branch judges the same member again doubles the work
 * with each level. `undefined` for one that judges everything once.
 */
export function branchesOf(schema: Readonly<Record<string, unknown>>): Branches | undefined {
  const single = ["not", "if", "contains", "$dynamicRef", ...(Object.keys(schema).length > 1 ? ["$ref"] : [])];
  const lists = ["allOf", "anyOf", "oneOf", "dependentSchemas"].reduce((sum, name) => sum + sizeOf(schema[name]), 0);
  const names = ["properties", "required", "dependentRequired"].reduce((sum, name) => sum + sizeOf(schema[name]), 0);
  const value = lists + single.filter((name) => Object.hasOwn(schema, name)).length + Math.floor(names / namesForStep);
  const member = sizeOf(schema["patternProperties"]);
  return value + member === 0 ? undefined : { value, member };
}

const countBranches = ({ value, member }: Branches, data: unknown): void =>
  takeSteps(stepsOfBranch * (1 + value) + (member > 0 && isObject(data) ? member * Object.keys(data).length : 0));

/** Makes an ajv count the branches of a judgement before it goes into them: `TooManySteps` beyond the limit. */
export function addBranchKeyword(ajv: Ajv2020): void {
  ajv.addKeyword({
    keyword: branchKeyword,
    schemaType: "object",
    before: "$dynamicAnchor",
    code({ gen, data, schema }) {
      const count = gen.scopeValue("func", { ref: countBranches });
      const branches = gen.scopeValue("schema", { ref: schema as Branches });
      gen.code(_`${count}(${branches}, ${data})`);
    },
  });
}
