import { isObject } from "../../base/is-object.ts";
import { type ContractDocument, nodeAt, tokensBelow } from "../../contract/document.ts";
import { collectParameters } from "../../contract/operation.ts";
import { undeclared } from "../../contract/reading/path-parameters.ts";
import { resolve } from "../document.ts";
import { lintFunction, noOptions } from "../function.ts";
import { messages } from "./messages.ts";

const methods = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];

/**
 * No two paths match the same requests; every `{name}` is declared as a required path parameter, and no other. Target:
 * `paths`.
 */
export const pathsDistinct = lintFunction(noOptions, function* ({ value, steps }, _, { document }) {
  const shapes = new Set<string>();
  for (const template of tokensBelow(value)) {
    const shape = template.replaceAll(/\{[^{}]*\}/g, "{}");
    if (shapes.has(shape))
      yield {
        steps: [...steps, template],
        named: true,
        property: template,
        error: messages.pathAmbiguous,
      };
    shapes.add(shape);
    const item = resolve(document, [...steps, template]);
    const inTemplate = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
    for (const method of item === undefined ? [] : methods) {
      const operation = [...item!.steps, method];
      if (!isObject(nodeAt(document.value, operation))) continue;
      const declared = [...collectParameters(document.value as unknown as ContractDocument, item!.steps, operation).values()]
        .map((at) => resolve(document, at)?.node)
        .filter((node) => node?.["in"] === "path" && node[undeclared] !== true);
      const names = declared.filter((node) => node?.["required"] === true).map((node) => String(node?.["name"]));
      const same =
        names.length === declared.length &&
        new Set(inTemplate).size === inTemplate.length &&
        names.length === inTemplate.length &&
        inTemplate.every((name) => names.includes(name));
      if (!same)
        yield {
          steps: operation,
          named: true,
          property: template,
          error: messages.pathParameters(method, inTemplate.join(", ")),
        };
    }
  }
});
