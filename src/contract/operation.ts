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
import { isNoFieldName, isReservedHeader, isSuppliedHeader } from "./reserved-headers.ts";
import { readParameter } from "./parameter-rule.ts";
import { createQueryRules, validateHdr, validatePath, validateQuery } from "./parameters.ts";
import type { SchemaValidator, Way } from "./schemas.ts";

/** RFC 9110 §15.3.5, §15.3.6: content that a contract declares for them is none. A range or `default` with content does not mean them. */
export const neverHasContent: ReadonlySet<number> = new Set([204, 205]);

/** What is compiled from a schema by its tokens: its validator and its fields. */
export interface SchemaReaders {
  readonly judges: (steps: PointerTokens, way: Way) => SchemaValidator;
  readonly shapes: (steps: PointerTokens) => FieldShape;
}

/** Place and name, by which a parameter is one (OpenAPI 3.1.1 §4.8.12); field names are case-insensitive. */
export function parameterKey(node: Readonly<Record<string, unknown>>): string {
  const name = String(node["name"]);
  return `${String(node["in"])} ${node["in"] === "header" ? name.toLowerCase() : name}`;
}

/** OpenAPI 3.1 §4.8.12.2: the definition of these header parameters is ignored. */
const ignoredByOpenapi = /^(?:accept|content-type|authorization)$/i;

/**
 * Whether a request has the parameter: cookies are not carried, OpenAPI ignores the fields that HTTP has of its own, some the gateway
 * itself supplies, no message can have a field whose name is no token, and a field that belongs to HTTP or the gateway is left out where
 * the provider can do without.
 */
export function isJudgedParameter({ in: place, name: given, required }: Readonly<Record<string, unknown>>): boolean {
  if (place !== "header") return place !== "cookie";
  const name = String(given);
  if (ignoredByOpenapi.test(name) || isSuppliedHeader(name) || isNoFieldName(name)) return false;
  return required === true || !isReservedHeader(name);
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
      if (parameter !== undefined) found.set(parameterKey(parameter.node), parameter.steps);
    }
  }
  return found;
}

/** Content of other methods has no meaning (RFC 9110 §9.3): the contract may speak of it, the gateway does not carry it. */
export const takesContent: ReadonlySet<string> = new Set(["post", "put", "patch"]);

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
  const parameters = [...collectParameters(document, operationSteps.slice(0, -1), operationSteps).values()]
    .filter((steps) => isJudgedParameter(follow(document, steps)!.node))
    .map((steps) => readParameter(document, steps, (schema) => judges(schema, "request")));
  const query = createQueryRules(parameters.filter((rule) => rule.in === "query"));
  const hdr = new Map(parameters.filter((rule) => rule.in === "hdr").map((rule) => [rule.name.toLowerCase(), rule]));
  const path = [...template.matchAll(/\{([^{}]*)\}/g)].flatMap(([, name]) =>
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
      if (contents === undefined || (neverHasContent.has(status) && key === String(status))) return [];
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
