import { isObject } from "../../base/is-object.ts";
import { locateOperations } from "../../contract/check/located-operation.ts";
import { nodeAt, tokensBelow, type ContractDocument } from "../../contract/document.ts";
import { isJsonName } from "../../contract/media-type.ts";
import { resolve } from "../document.ts";
import { lintFunction, noOptions } from "../function.ts";
import { messages } from "./messages.ts";

/** Statuses without content (RFC 9110 §15.3.5, §15.3.6). */
const bare = /^(?:204|205)$/;

/** Statuses that need no content: it was created, and `Location` says where; it was accepted (§15.3.2, §15.3.3). */
const mayBeBare = /^(?:201|202)$/;

/**
 * An operation declares its success: a 2xx status with a schema, or one that needs no content. Target: an operation's
 * `responses`.
 */
export const successDeclared = lintFunction(noOptions, function* ({ value, steps }, _, { document }) {
  const successes = tokensBelow(value).filter((status) => status.startsWith("2"));
  if (successes.length === 0) yield { named: true, error: messages.noSuccess };
  for (const status of successes) {
    const response = resolve(document, [...steps, status]);
    if (bare.test(status) || response === undefined || steps.at(-2) === "head") continue;
    const { content } = response.node;
    if (mayBeBare.test(status) && tokensBelow(content).length === 0) continue;
    const schemas = tokensBelow(content).filter(
      (type) =>
        !isJsonName(type) ||
        (isObject((content as Record<string, unknown>)[type]) && Object.hasOwn((content as Record<string, object>)[type]!, "schema")),
    );
    if (schemas.length === 0)
      yield {
        steps: response.steps,
        property: status,
        error: messages.contentWithoutSchema(status),
      };
  }
});

/** An operation declares its failures: `default`, or statuses of both 4xx and 5xx. Target: an operation's `responses`. */
export const failureDeclared = lintFunction(noOptions, function* ({ value }) {
  const statuses = tokensBelow(value);
  if (!statuses.includes("default") && !["4", "5"].every((digit) => statuses.some((status) => status.startsWith(digit))))
    yield { named: true };
});

/**
 * An operation on one of many, by a name in its path, declares that it may not be there: a provider's 404 that is not
 * declared reaches the consumer as a 502. Target: the document.
 */
export const absenceDeclared = lintFunction(noOptions, function* (_, __, { document }) {
  for (const { template, steps } of locateOperations(document.value as unknown as ContractDocument)) {
    const statuses = tokensBelow(nodeAt(document.value, [...steps, "responses"]));
    if (template.includes("{") && statuses.length > 0 && !["404", "4XX", "default"].some((status) => statuses.includes(status)))
      yield { steps: [...steps, "responses"], named: true, property: template };
  }
});
