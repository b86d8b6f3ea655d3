import { faultIn, type LocatedFault } from "../../source/fault.ts";
import { readSegmentTemplate } from "../path-segment.ts";
import { isPath } from "../../base/request-target.ts";
import { tokensBelow, type ContractDocument } from "../document.ts";

const filled = (segment: string): string => segment.replaceAll(/\{[^{}]*\}/g, "x");

/** Path templates that no request can match, or that the router cannot tell apart. A slash at the end is part of a path. */
export function* checkPaths(document: ContractDocument): Generator<LocatedFault> {
  for (const template of tokensBelow(document.paths)) {
    if (!template.startsWith("/")) continue;
    const segments = template.slice(1).split("/");
    if (segments.at(-1) === "") segments.pop();
    const wrong = segments.filter(
      (segment) =>
        segment === "" || (!isPath(`/${segment}`) && (readSegmentTemplate(segment) === undefined || !isPath(`/${filled(segment)}`))),
    );
    if (wrong.length === 0) continue;
    const shared = wrong.some((segment) => segment.includes("}{"));
    yield faultIn(["paths", template], "name", shared ? "path-shared-segment" : "path-invalid");
  }
}
