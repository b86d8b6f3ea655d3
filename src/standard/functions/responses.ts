import { isObject } from "../../base/is-object.ts";
import { tokensBelow } from "../../contract/document.ts";
import { isJsonName } from "../../contract/media-type.ts";
import { resolve } from "../document.ts";
import { lintFunction, noOptions } from "../function.ts";
import { messages } from "./messages.ts";

/** Statuses without content (RFC 9110). */
const bare = /^(?:204|205|304)$/;

/**
 * An operation declares its success: a 2xx status with a schema, or one without content. Target: an operation's
 * `responses`.
 */
export const successDeclared = lintFunction(noOptions, function* ({ value, steps }, _, { document }) {
  const successes = tokensBelow(value).filter((status) => status.startsWith("2"));
  if (successes.length === 0) yield { named: true, error: messages.noSuccess };
  for (const status of successes) {
    const response = resolve(document, [...steps, status]);
    if (bare.test(status) || response === undefined || steps.at(-2) === "head") continue;
    const { content } = response.node;
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
