import { isPath } from "../../base/request-target.ts";
import { faultIn, type LocatedFault } from "../../source/fault.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { follow, nodeAt, tokensBelow, type ContractDocument } from "../document.ts";
import { writeParameter } from "../parameter-style.ts";
import { headerForm } from "../parameters.ts";

const longestHeader = 1024;

/** The values that the document shows or lists of a parameter, each with its tokens. */
function* valuesOf(document: ContractDocument, steps: PointerTokens): Generator<PointerTokens> {
  const holders = [steps, follow(document, [...steps, "schema"])?.steps];
  for (const holder of holders) {
    if (holder === undefined) continue;
    for (const name of ["example", "default", "const"]) if (nodeAt(document, [...holder, name]) !== undefined) yield [...holder, name];
    for (const name of ["enum", "examples"]) {
      for (const step of tokensBelow(nodeAt(document, [...holder, name]))) {
        const target = holder === steps ? follow(document, [...holder, name, step]) : undefined;
        if (holder !== steps) yield [...holder, name, step];
        else if (target?.node["value"] !== undefined) yield [...target.steps, "value"];
      }
    }
  }
}

/** Values that the document promises and that no path or header can have. */
export function* checkParameterValues(document: ContractDocument, steps: PointerTokens): Generator<LocatedFault> {
  const node = follow(document, steps)?.node;
  if (node?.["in"] !== "path" && node?.["in"] !== "header") return;
  for (const at of valuesOf(document, steps)) {
    const value = nodeAt(document, at);
    const written = value === null ? undefined : writeParameter(node, value, document.openapi);
    if (written === undefined) continue;
    if ("path" in written && (written.path === "" || !isPath(`/${written.path}`))) yield faultIn(at, "value", "parameter-value-path");
    if ("header" in written && (written.header.length > longestHeader || !headerForm.test(written.header)))
      yield faultIn(at, "value", "parameter-value-header");
  }
}
