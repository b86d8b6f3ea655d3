import type { ContentFault } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import { contentLimits } from "./limits.ts";
import type { Contract } from "./contract.ts";
import { validateContent, type ContentRules } from "./contents.ts";
import { messages } from "./messages.ts";
import { declareTypes, isJson, mayBeJson, parseMediaType, problemType } from "./media-type.ts";
import { follow, tokensBelow, type ContractDocument } from "./document.ts";
import type { PointerTokens } from "../source/steps.ts";
import { knowsField, type FieldShape } from "./field-shape.ts";
import { validateHdr, validatePath, validateQuery, type ParameterRule, type ScalarType } from "./parameters.ts";
import type { SchemaValidator, Way } from "./schemas.ts";

/** RFC 9110 §15.3.5, §15.3.6: a contract that asks for content does not mean these, also under `default`. */
const neverHasContent = new Set([204, 205]);

/** What is compiled from a schema by its tokens: its validator and its fields. */
export interface SchemaReaders {
  readonly judges: (steps: PointerTokens, way: Way) => SchemaValidator;
  readonly shapes: (steps: PointerTokens) => FieldShape;
}

/**
 * The tokens of an operation's parameters, by place and name. Those of its path item are included unless the operation
 * replaces them.
 */
export function collectParameters(
  document: ContractDocument,
  pathSteps: PointerTokens,
  operationSteps: PointerTokens,
): ReadonlyMap<string, PointerTokens> {
  const found = new Map<string, PointerTokens>();
  for (const list of [
    [...pathSteps, "parameters"],
    [...operationSteps, "parameters"],
  ]) {
    for (const index of tokensBelow(follow(document, list)?.node)) {
      const parameter = follow(document, [...list, index]);
      if (parameter !== undefined) found.set(`${String(parameter.node["in"])} ${String(parameter.node["name"])}`, parameter.steps);
    }
  }
  return found;
}

/** The `type` of a parameter's schema, and of its items, with references followed. */
export function parameterType(document: ContractDocument, schemaSteps: PointerTokens): { type: unknown; items: unknown } {
  const schema = follow(document, schemaSteps);
  if (schema?.node["type"] !== "array") return { type: schema?.node["type"], items: undefined };
  return { type: "array", items: follow(document, [...schema.steps, "items"])?.node["type"] };
}

function readParameter(document: ContractDocument, steps: PointerTokens, judges: SchemaReaders["judges"]): ParameterRule {
  const { node } = follow(document, steps)!;
  const schemaSteps = [...steps, "schema"];
  const { type, items } = parameterType(document, schemaSteps);
  return {
    name: node["name"] as string,
    in: node["in"] === "header" ? "hdr" : (node["in"] as "path" | "query"),
    required: node["required"] === true,
    type: (items ?? type) as ScalarType,
    array: type !== "array" ? undefined : node["explode"] === false ? "commas" : "repeated",
    judge: judges(schemaSteps, "request"),
  };
}

/** Content of other methods has no meaning (RFC 9110 §9.3): the contract may speak of it, the gateway does not carry it. */
const takesContent: ReadonlySet<string> = new Set(["post", "put", "patch"]);

/** The media types of a content; `undefined` where none is declared. */
function readContents(
  document: ContractDocument,
  holder: PointerTokens | undefined,
  judges: (steps: PointerTokens) => SchemaValidator,
): ContentRules | undefined {
  const contents = holder === undefined ? undefined : follow(document, [...holder, "content"]);
  const names = tokensBelow(contents?.node);
  if (contents === undefined || names.length === 0) return undefined;
  return declareTypes(
    new Map(
      names.map((name) => {
        const steps = [...contents.steps, name, "schema"];
        const judged = mayBeJson(name) && follow(document, steps) !== undefined;
        return [name, judged ? { steps, judge: judges(steps) } : undefined];
      }),
    ),
  );
}

const contentFault = (detail: Text): readonly ContentFault[] => [{ in: "content", pointer: "", detail }];

/**
 * The validator of an operation in a document that the loader has passed. `template` gives the order of its path
 * parameters.
 */
export function createContract(
  document: ContractDocument,
  template: string,
  operationSteps: PointerTokens,
  { judges, shapes }: SchemaReaders,
): Contract {
  const parameters = [...collectParameters(document, operationSteps.slice(0, -1), operationSteps).values()].map((steps) =>
    readParameter(document, steps, judges),
  );
  const query = new Map(parameters.filter((rule) => rule.in === "query").map((rule) => [rule.name, rule]));
  const hdr = new Map(parameters.filter((rule) => rule.in === "hdr").map((rule) => [rule.name.toLowerCase(), rule]));
  const path = [...template.matchAll(/\{([^}]*)\}/g)].flatMap(([, name]) =>
    parameters.filter((rule) => rule.in === "path" && rule.name === name),
  );

  const body = takesContent.has(operationSteps.at(-1)!) ? follow(document, [...operationSteps, "requestBody"]) : undefined;
  const requestContents = readContents(document, body?.steps, (steps) => judges(steps, "request"));
  const contentRequired = body?.node["required"] === true;

  const responsesSteps = [...operationSteps, "responses"];
  const responses = new Map(
    tokensBelow(follow(document, responsesSteps)?.node).map((status) => [
      status,
      readContents(document, follow(document, [...responsesSteps, status])?.steps, (steps) => judges(steps, "response")),
    ]),
  );
  const responseFields = new Map(
    [...responses.keys()].map((status) => {
      const response = follow(document, [...responsesSteps, status]);
      const names = response && tokensBelow(follow(document, [...response.steps, "headers"])?.node);
      return [status, new Set(names?.map((name) => name.toLowerCase()))];
    }),
  );
  const answerSchemas = [...responses.values()]
    .flatMap((rules) => [...(rules?.contents ?? [])])
    .flatMap(([name, schema]) => (schema === undefined || parseMediaType(name) === problemType ? [] : [schema]));
  const declared = (status: number): string | undefined =>
    [String(status), `${Math.trunc(status / 100)}XX`, "default"].find((candidate) => responses.has(candidate));

  const judgeRequestContent = (contentType: string | undefined, content: Buffer): readonly ContentFault[] => {
    if (content.length === 0 && contentType === undefined) return contentRequired ? contentFault(messages.contentRequired) : [];
    if (requestContents === undefined) return contentFault(messages.noContentTaken);
    return validateContent(requestContents, contentType, content);
  };

  return {
    takes: requestContents?.names ?? [],

    accepts(contentType) {
      return contentType === undefined ? !contentRequired : requestContents?.find(contentType) !== undefined;
    },

    judgeRequest(request) {
      const faults = [
        ...validatePath(path, request.pathParameters),
        ...validateQuery(query, request.rawQuery),
        ...validateHdr(hdr, request.hdr),
        ...judgeRequestContent(request.contentType, request.content),
      ];
      return faults.length > contentLimits.faults ? faults.slice(0, contentLimits.faults) : faults;
    },

    validateResponse({ method, status, contentType, content }) {
      const key = declared(status);
      if (key === undefined) return contentFault(messages.statusUndeclared(status));
      if (method === "HEAD") return [];
      const contents = responses.get(key);
      if (content.length > 0) {
        if (contents === undefined) return contentFault(messages.answerMustBeEmpty(status));
        return validateContent(contents, contentType, content);
      }
      if (contents === undefined) return [];
      return contentFault(neverHasContent.has(status) ? messages.statusUndeclared(status) : messages.answerMustHaveContent(status));
    },

    declaresField(status, name) {
      const key = declared(status);
      return key !== undefined && responseFields.get(key)!.has(name);
    },

    fieldsOf(status, contentType) {
      const key = declared(status);
      const found = key === undefined ? undefined : responses.get(key)?.find(contentType);
      return found?.declared !== undefined && isJson(found.type) ? shapes(found.declared.steps) : undefined;
    },

    knowsField(pointer) {
      return answerSchemas.some(({ steps }) => knowsField(shapes(steps), pointer));
    },
  };
}
