import { isObject } from "../../base/is-object.ts";
import { contractMethods, follow, tokensBelow, type ContractDocument } from "../document.ts";
import { collectParameters, isJudgedParameter } from "../operation.ts";
import { isNoFieldName, isSuppliedHeader } from "../reserved-headers.ts";
import type { TakeNote } from "./notes.ts";

type Members = Readonly<Record<string, unknown>>;

const says = ({ description: _, example: __, examples: ___, ...rest }: Members): string =>
  JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Whether two declarations of a parameter say the same; then it does not matter that there are two (OpenAPI 3.1.1 §4.8.10). */
export const saysTheSame = (one: Members, other: Members): boolean => says(one) === says(other);

/**
 * Makes the path parameters of every operation those of its path, since no request can have others: one that is not declared is any
 * text, one of another path is nobody's, and each is required (OpenAPI 3.1.1 §4.8.12.1). Tells of fields that no request has, too.
 */
export function fitParameters(document: Readonly<Record<string, unknown>>, note: TakeNote): void {
  for (const template of tokensBelow(document["paths"])) {
    const item = follow(document, ["paths", template]);
    if (item === undefined || !template.startsWith("/")) continue;
    const names = new Set([...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!));
    for (const method of contractMethods) {
      const node = item.node[method];
      if (isObject(node)) fitOperation(document as unknown as ContractDocument, names, [...item.steps, method], node, note);
    }
  }
}

function fitOperation(
  document: ContractDocument,
  names: ReadonlySet<string>,
  steps: readonly string[],
  operation: Record<string, unknown>,
  note: TakeNote,
): void {
  const missing = new Set(names);
  for (const at of collectParameters(document, steps.slice(0, -1), steps).values()) {
    const node = follow(document, at)!.node;
    const name = String(node["name"]);
    if (node["in"] === "header" && !isJudgedParameter(node)) {
      if (isSuppliedHeader(name)) note([...at, "name"], "parameter-supplied", name);
      else if (isNoFieldName(name)) note([...at, "name"], "parameter-impossible", name);
    }
    if (node["in"] !== "path") continue;
    missing.delete(name);
    if (!names.has(name)) note([...at, "name"], "parameter-of-no-path", name);
    else if (node["required"] !== true) note([...at, "name"], "parameter-required", name);
  }
  const given = operation["parameters"];
  if (missing.size === 0 || (given !== undefined && !Array.isArray(given))) return;
  const more = Array.from(missing, (name) => ({ name, in: "path", required: true, schema: { type: "string" }, [undeclared]: true }));
  operation["parameters"] = [...((given as unknown[] | undefined) ?? []), ...more];
  note(steps, "parameter-undeclared", [...missing].join(", "));
}

/** Marks a parameter that the path has and the contract does not declare (our own, of derived documents only). */
export const undeclared = "x-spl-undeclared";

/** Characters that a path has as they are, and those that would mean something else in it. */
const asTheyAre = /^[A-Za-z0-9._~!$&'()*+,=:@%?#;\\-]$/;

/** A path template as a URI: other characters percent-encoded as UTF-8 (RFC 3987 §3.1). */
const encodedTemplate = (template: string): string =>
  template.replaceAll(/\{[^{}]*\}|\/|[\s\S]/gu, (part) =>
    part.length > 2 || part === "/" || asTheyAre.test(part) || !part.isWellFormed() ? part : encodeURIComponent(part),
  );

/** Writes the templates of a document as URIs. `moved` hears what has got other tokens. */
export function encodePaths(
  document: Record<string, unknown>,
  note: TakeNote,
  moved: (from: readonly string[], to: readonly string[]) => void,
): void {
  const { paths } = document;
  if (!isObject(paths)) return;
  const renamed = Object.entries(paths).map(([template, item]) => {
    const encoded = encodedTemplate(template);
    if (encoded === template || !template.startsWith("/") || Object.hasOwn(paths, encoded)) return [template, item] as const;
    moved(["paths", template], ["paths", encoded]);
    note(["paths", encoded], "path-encoded", encoded);
    return [encoded, item] as const;
  });
  document["paths"] = Object.fromEntries(renamed);
}
