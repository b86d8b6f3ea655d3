import type { FastifySchemaCompiler } from "fastify";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { explainRule } from "../../contract/rule-text.ts";
import { addFormats } from "../../contract/formats/formats.ts";
import { Refusal } from "../../policy/refusal.ts";
import type { ObjectSchema } from "./route-schema.ts";
import { messages } from "./messages.ts";

/** A reader takes in no more at once. */
const mostFaults = 50;

/**
 * Validates the parts of a request by its route's schemas: reports all faults, refuses dates that do not exist, and
 * converts types in the query only.
 */
export function inputValidator(): FastifySchemaCompiler<object> {
  const validator = (coerceTypes: boolean): Ajv2020 => {
    const ajv = new Ajv2020({
      strict: true,
      strictTypes: false,
      strictRequired: false,
      allErrors: true,
      verbose: true,
      logger: false,
      coerceTypes,
      useDefaults: coerceTypes,
    });
    addFormats(ajv);
    return ajv;
  };
  const exact = once(() => validator(false));
  const fromText = once(() => validator(true));
  return ({ schema, httpPart }) => {
    if (httpPart === "querystring") return whenAsked(() => fromText().compile(schema));
    return whenAsked(() => exact().compile(httpPart === "headers" ? inLowerCase(schema as ObjectSchema) : schema));
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Compiles at the first request of the route: to compile all routes takes longer than everything else at the start. */
function whenAsked(compile: () => ValidateFunction): ReturnType<FastifySchemaCompiler<object>> {
  const compiled = once(compile);
  const validate: ReturnType<FastifySchemaCompiler<object>> = (data: unknown) => {
    const valid = compiled()(data);
    validate.errors = compiled().errors ?? null;
    return valid;
  };
  return validate;
}

/** Node gives field names in lower case. */
const inLowerCase = ({ properties, ...schema }: ObjectSchema): object => ({
  ...schema,
  properties: Object.fromEntries(Object.entries(properties).map(([name, rule]) => [name.toLowerCase(), rule])),
});

/**
 * The refusal for invalid input, each fault with the JSON Pointer (RFC 6901) of the missing, unexpected or wrong
 * member.
 */
export function inputRefusal(found: readonly ErrorObject[], part: string): Refusal {
  const errors = found.slice(0, mostFaults).map((error) => ({ pointer: pointerOf(error), detail: explainRule(error) }));
  const named = messages.parts[part as keyof typeof messages.parts] ?? messages.parts.body;
  return new Refusal("input-invalid", messages.faultsIn(found.length, named), { errors });
}

function pointerOf({ instancePath, params, propertyName }: ErrorObject): string {
  const named: unknown =
    (params as Record<string, unknown>)["missingProperty"] ??
    (params as Record<string, unknown>)["additionalProperty"] ??
    (params as Record<string, unknown>)["propertyName"] ??
    propertyName;
  return typeof named === "string" ? `${instancePath}/${named.replaceAll("~", "~0").replaceAll("/", "~1")}` : instancePath;
}
