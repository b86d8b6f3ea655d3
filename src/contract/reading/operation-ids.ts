import { sha256 } from "../../base/bytes.ts";
import { isObject } from "../../base/is-object.ts";
import { follow, tokensBelow } from "../document.ts";
import { itemMethods } from "./object-kinds.ts";
import type { TakeNote } from "./notes.ts";

/** An operation's name in grants, leaves and metrics. */
export const operationIdForm = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

const longest = 64;

/** Letters, digits, `_` and `-`, at most 64; what is cut off is kept apart by the first 8 digits of the hash of all. */
function written(words: string, whole: string, taken: ReadonlySet<string>): string {
  const plain = words.replaceAll(/[^A-Za-z0-9_-]+/g, "_").replaceAll(/^_+|(?<!_)_+$/g, "");
  const named = /^[A-Za-z]/.test(plain) ? plain : `op_${plain}`;
  if (named.length <= longest && !taken.has(named)) return named;
  const mark = sha256(Buffer.from(whole)).toString("hex").slice(0, 8);
  return `${named.slice(0, longest - mark.length - 1)}_${mark}`;
}

/**
 * Gives each operation a name that a grant can use. One that is missing is made of method and path alone, so that it stays the same
 * whatever else the contract gets; one of another form keeps its letters and digits. Names that occur twice are left for a fault.
 */
export function nameOperations(document: Readonly<Record<string, unknown>>, note: TakeNote): void {
  const found = tokensBelow(document["paths"]).flatMap((template) => {
    const item = follow(document, ["paths", template]);
    return itemMethods.flatMap((method) => {
      const node = item?.node[method];
      return isObject(node) ? [{ template, method, node, steps: [...item!.steps, method] }] : [];
    });
  });
  const taken = new Set(
    found.map(({ node }) => node["operationId"]).filter((id) => typeof id === "string" && operationIdForm.test(id)) as string[],
  );
  for (const { template, method, node, steps } of found) {
    const given = node["operationId"];
    if (given !== undefined && (typeof given !== "string" || operationIdForm.test(given))) continue;
    const id =
      given === undefined || given === ""
        ? written(`${method}${template.replaceAll(/[{}]/g, "")}`, `${method} ${template}`, taken)
        : written(given, given, taken);
    // Two ids that come to the same name: the method and path tell them apart.
    const own = taken.has(id) ? written(id, `${method} ${template}`, new Set([id])) : id;
    taken.add(own);
    node["operationId"] = own;
    note(
      given === undefined ? steps : [...steps, "operationId"],
      given === undefined ? "operation-id-derived" : "operation-id-rewritten",
      own,
    );
  }
}
