import { isObject } from "../../../base/is-object.ts";
import { faultAt } from "../../../source/fault.ts";
import type { PointerTokens } from "../../../source/steps.ts";
import { parseMediaType, typeOrRange } from "../../media-type.ts";
import { define } from "../object-kinds.ts";
import type { Target } from "../references.ts";
import { under, extensionsOf, nodeOf, type Conversion, type Given } from "./conversion.ts";
import { assumed, mediaObjects, exampleFor, mediaTypes, sameAs, type NamedType } from "./media-types.ts";
import { headersOf, valueOf } from "./parameter.ts";

type Members = Readonly<Record<string, unknown>>;

const usual = "application/json";
const multipart = "multipart/form-data";
const urlencoded = "application/x-www-form-urlencoded";

/** The request's content as 3.1 writes it, from the `body` or the `formData` parameters of an operation; `undefined` without any. */
export function requestBodyOf(
  conversion: Conversion,
  operation: Target,
  bodies: readonly Given[],
  fields: readonly Given[],
  to: PointerTokens,
): Members | undefined {
  const [body, second] = bodies;
  const wrong = ({ from }: Given, code: "body-twice" | "body-and-form" | "parameter-duplicate"): void =>
    void conversion.faults.push(faultAt(from.file.source.at(from.steps), code));
  if (second !== undefined) wrong(second, "body-twice");
  if (body !== undefined && fields.length > 0) wrong(fields[0]!, "body-and-form");
  const names = fields.map(({ node }) => node["name"]);
  for (const [index, field] of fields.entries()) if (names.indexOf(field.node["name"]) < index) wrong(field, "parameter-duplicate");
  const types = mediaTypes(conversion, operation, "consumes");
  if (body !== undefined) return bodyOf(conversion, body, types, to);
  return fields.length === 0 ? undefined : formOf(conversion, fields, types, to);
}

function bodyOf(conversion: Conversion, { node, at }: Given, types: readonly NamedType[], to: PointerTokens): Members {
  conversion.place(to, at);
  const names = types.length > 0 ? types : assumed(conversion, usual, at, to);
  const { description, required } = node;
  const holds = node["schema"] !== undefined && conversion.mayCopy(under(at, "schema"), names.length);
  return {
    ...extensionsOf(node),
    ...(description === undefined ? undefined : { description }),
    ...(required === undefined ? undefined : { required }),
    content: mediaObjects(conversion, names, at, [...to, "content"], (_, here) => {
      const schema = [...here, "schema"];
      conversion.place(schema, under(at, "schema"));
      return holds ? { schema: conversion.schema(node["schema"], under(at, "schema"), schema) } : {};
    }),
  };
}

function formOf(conversion: Conversion, fields: readonly Given[], types: readonly NamedType[], to: PointerTokens): Members {
  const first = fields[0]!.at;
  conversion.place(to, first);
  const forms = types.filter(({ name }) => [multipart, urlencoded].includes(parseMediaType(name) ?? ""));
  const withFile = fields.some(({ node }) => node["type"] === "file");
  const names = forms.length > 0 ? forms : assumed(conversion, withFile ? multipart : urlencoded, first, to);
  const required = fields.filter(({ node }) => node["required"] === true).map(({ node }) => node["name"]);
  return {
    ...(required.length === 0 ? undefined : { required: true }),
    content: mediaObjects(conversion, names, first, [...to, "content"], (_, here) => {
      const properties: Record<string, unknown> = {};
      const encoding: Record<string, unknown> = {};
      for (const field of fields) {
        const { node, at } = field;
        const name = String(node["name"]);
        const property = [...here, "schema", "properties", name];
        const words = { ...extensionsOf(node), ...(node["description"] === undefined ? undefined : { description: node["description"] }) };
        conversion.place(property, at, under(at, "name"));
        if (node["type"] === "file") {
          define(properties, name, { ...words, type: "string", format: "binary" });
          continue;
        }
        const { schema, how } = valueOf(conversion, field, property, "formData");
        define(properties, name, { ...words, ...(schema as Members) });
        if (Object.keys(how).length > 0) define(encoding, name, how);
      }
      return {
        schema: { type: "object", properties, ...(required.length === 0 ? undefined : { required }) },
        ...(Object.keys(encoding).length === 0 ? undefined : { encoding }),
      };
    }),
  };
}

/** The media types of an answer: what the operation gives, else what its examples show, else what nearly all such documents mean. */
function typesOfAnswer(conversion: Conversion, { node, at }: Given, operation: Target, to: PointerTokens): readonly NamedType[] {
  const { schema, examples } = node;
  const given = mediaTypes(conversion, operation, "produces");
  const shown = (isObject(examples) ? Object.keys(examples) : [])
    .filter((name) => typeOrRange(name) !== undefined)
    .map((name) => ({ name, at: under(at, "examples", name) }));
  if (schema === undefined) return shown;
  if (given.length > 0) return given;
  if (shown.length > 0) return [...new Map(shown.map((type) => [sameAs(type.name), type])).values()];
  return assumed(conversion, isFile(schema) ? "*/*" : usual, at, to);
}

const isFile = (schema: unknown): boolean => isObject(schema) && schema["type"] === "file";

/** An answer as 3.1 writes it. Without a schema it has no content (2.0 §Response Object), unless it has examples of some. */
export function responseOf(conversion: Conversion, given: Given, operation: Target, to: PointerTokens): Members {
  const { node, at } = given;
  const { schema, examples, headers, ...others } = node;
  conversion.place(to, at);
  const types = typesOfAnswer(conversion, given, operation, to);
  const file = isFile(schema);
  const derived: Record<string, unknown> = { ...others };
  if (isObject(headers)) derived["headers"] = headersOf(conversion, headers, under(at, "headers"), [...to, "headers"]);
  if (types.length === 0 || !conversion.mayCopy(at, types.length)) return derived;
  for (const name of isObject(examples) ? Object.keys(examples) : [])
    if (!types.some((type) => exampleFor(examples, type.name) === name)) {
      conversion.place([...to, "examples", name], under(at, "examples", name));
      conversion.note([...to, "examples", name], "member-ignored", name, "2.0");
    }
  derived["content"] = mediaObjects(conversion, types, at, [...to, "content"], (type, here) => {
    const shown = exampleFor(examples, type.name);
    conversion.place([...here, "schema"], under(at, "schema"));
    if (shown !== undefined) conversion.place([...here, "example"], under(at, "examples", shown));
    return {
      ...(schema === undefined || file ? undefined : { schema: conversion.schema(schema, under(at, "schema"), [...here, "schema"]) }),
      ...(shown === undefined ? undefined : { example: nodeOf(under(at, "examples", shown)) }),
    };
  });
  return derived;
}
