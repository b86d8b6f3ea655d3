import { faultIn, type LocatedFault } from "../../source/fault.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { admittedTypes, scalarTypes, schemasBelow } from "../admitted-types.ts";
import { follow, nodeAt, tokensBelow, type ContractDocument } from "../document.ts";
import { typeOrRange } from "../media-type.ts";
import { collectParameters, isJudgedParameter, parameterKey } from "../operation.ts";
import { styleOf, stylesOf, type ParameterPlace } from "../parameter-style.ts";
import { fieldNameForm, isReservedHeader, sameField } from "../reserved-headers.ts";
import { saysTheSame } from "../reading/path-parameters.ts";
import { checkContentNames } from "./check-content-names.ts";

const longestName = 128;

/** Whether a text can hold the value: scalars, or an array or object of them. */
function isFlat(document: unknown, schema: PointerTokens, deep: boolean): boolean {
  const types = admittedTypes(document, schema);
  const holdsScalar = (schemas: readonly PointerTokens[]): boolean =>
    schemas.length === 0 ||
    schemas.some((steps) => {
      const inner = admittedTypes(document, steps);
      // What no value can be, as an enum of other types, is nothing that would have to be written.
      if (inner.size === 0 || scalarTypes.some((type) => inner.has(type))) return true;
      return deep && inner.has("array") && holdsScalar(schemasBelow(document, steps).items);
    });
  if (!deep && scalarTypes.some((type) => types.has(type))) return true;
  const { items, members, others } = schemasBelow(document, schema);
  if (!deep && types.has("array") && holdsScalar(items)) return true;
  return types.has("object") && [...members.values()].every(holdsScalar) && holdsScalar(others);
}

function* checkForm(document: ContractDocument, steps: PointerTokens, node: Readonly<Record<string, unknown>>): Generator<LocatedFault> {
  const place = node["in"] as ParameterPlace;
  const [bySchema, byContent] = [node["schema"] !== undefined, node["content"] !== undefined];
  if (bySchema === byContent) {
    yield faultIn(steps, "value", bySchema ? "parameter-both" : "parameter-shapeless");
    return;
  }
  if (byContent) {
    const contents = follow(document, [...steps, "content"])?.steps ?? [...steps, "content"];
    const names = tokensBelow(nodeAt(document, contents));
    if (names.length !== 1 || typeOrRange(names[0]!)?.includes("*") === true) yield faultIn(contents, "value", "parameter-content");
    yield* checkContentNames(document, contents);
    return;
  }
  const how = styleOf(node);
  if (how === undefined) {
    const at = [...steps, "style"];
    yield node["style"] === "matrix" && place === "path"
      ? faultIn(at, "value", "parameter-matrix")
      : faultIn(at, "value", "parameter-style", stylesOf[place].join(", "));
    return;
  }
  if (!isFlat(document, [...steps, "schema"], how.style === "deepObject"))
    yield faultIn([...steps, "schema"], "value", how.style === "deepObject" ? "parameter-deep" : "parameter-type");
}

function* checkParameter(document: ContractDocument, steps: PointerTokens): Generator<LocatedFault> {
  const node = follow(document, steps)?.node;
  if (node === undefined || typeof node["name"] !== "string") return;
  const { name, in: place } = node as { name: string; in: unknown };
  if (place === "cookie" && node["required"] === true) yield faultIn([...steps, "in"], "value", "parameter-cookie");
  if (place !== "path" && place !== "query" && place !== "header") return;
  if (!isJudgedParameter(node)) return;
  const at = [...steps, "name"];
  if (name === "" || name.length > longestName || !name.isWellFormed()) yield faultIn(at, "value", "parameter-name", String(longestName));
  else if (place === "header" && isReservedHeader(name)) yield faultIn(at, "value", "parameter-reserved");
  else if (place === "header" && !fieldNameForm.test(name)) yield faultIn(at, "value", "parameter-header-name");
  yield* checkForm(document, steps, node);
}

/** Fields that some providers cannot tell apart. */
function* checkFieldNames(document: ContractDocument, parameters: readonly PointerTokens[]): Generator<LocatedFault> {
  const taken = new Map<string, string>();
  for (const steps of parameters) {
    const node = follow(document, steps)?.node;
    if (node?.["in"] !== "header" || !isJudgedParameter(node)) continue;
    const name = String(node["name"]);
    const other = taken.get(sameField(name));
    if (other !== undefined) yield faultIn([...steps, "name"], "value", "parameter-same-field", other);
    taken.set(sameField(name), name);
  }
}

/** Parameters of one query that want the same names on the wire. */
function* checkNames(document: ContractDocument, parameters: readonly PointerTokens[]): Generator<LocatedFault> {
  const taken = new Map<string, string>();
  let takesAll: string | undefined;
  const query = parameters.flatMap((steps) => {
    const node = follow(document, steps)?.node;
    return node?.["in"] === "query" && node["schema"] !== undefined
      ? [{ steps, node, name: String(node["name"]), how: styleOf(node) }]
      : [];
  });
  const spread = query.filter(
    ({ steps, how }) => how?.style === "form" && how.explode && admittedTypes(document, [...steps, "schema"]).has("object"),
  );
  for (const { name } of query.filter((one) => !spread.includes(one))) taken.set(name, name);
  for (const { steps, name } of spread) {
    const { members, open } = schemasBelow(document, [...steps, "schema"]);
    const other = [...members.keys()].map((member) => taken.get(member)).find((one) => one !== undefined) ?? (open ? takesAll : undefined);
    if (other !== undefined) yield faultIn([...steps, "name"], "value", "parameter-ambiguous", other);
    for (const member of members.keys()) taken.set(member, name);
    if (open) takesAll = name;
  }
}

/** What the gateway cannot carry or judge in the parameters of an operation; those of its path item are included. */
export function* checkParameters(document: ContractDocument, operation: PointerTokens): Generator<LocatedFault> {
  const item = operation.slice(0, -1);
  for (const holder of [item, operation]) {
    const seen = new Map<string, Readonly<Record<string, unknown>>>();
    for (const index of tokensBelow(nodeAt(document, [...holder, "parameters"]))) {
      const node = follow(document, [...holder, "parameters", index])?.node;
      if (node === undefined) continue;
      const key = parameterKey(node);
      const earlier = seen.get(key);
      if (earlier !== undefined && !saysTheSame(earlier, node))
        yield faultIn([...holder, "parameters", index], "value", "parameter-duplicate");
      seen.set(key, node);
    }
  }
  const parameters = [...collectParameters(document, item, operation).values()];
  for (const steps of parameters) yield* checkParameter(document, steps);
  yield* checkNames(document, parameters);
  yield* checkFieldNames(document, parameters);
}
