import type { PointerTokens } from "../source/steps.ts";
import { admittedTypes, scalarTypes, schemasBelow, type ScalarType } from "./admitted-types.ts";
import { follow, tokensBelow, type ContractDocument } from "./document.ts";
import { isJsonName } from "./media-type.ts";
import { cutOf, styleOf, type Cut } from "./parameter-style.ts";
import type { TextReading } from "./read-text.ts";
import type { SchemaValidator } from "./schemas.ts";

/** A member of an object: one text, or several if it may be an array. */
export interface MemberReading {
  readonly text: TextReading;
  readonly item: TextReading | undefined;
  /** The contract names it, so a fault may, too. */
  readonly named: boolean;
}

/** A parameter of an operation, as the contract declares it. */
export interface ParameterRule {
  readonly name: string;
  readonly in: "path" | "query" | "hdr";
  readonly required: boolean;
  /** One text of one type: nothing else has to be tried. */
  readonly plain: boolean;
  /** An empty value passes unjudged (`allowEmptyValue`). */
  readonly mayBeEmpty: boolean;
  /** Declared by `content`: one text, which is JSON or is passed on unread. */
  readonly content: "json" | "unread" | undefined;
  readonly cut: Cut;
  /** Written `name[member]=value`. */
  readonly deep: boolean;
  /** What the value may be: a scalar, an array of these items, an object with these members. */
  readonly scalar: TextReading | undefined;
  readonly item: TextReading | undefined;
  readonly member: ((name: string) => MemberReading | undefined) | undefined;
  readonly judge: SchemaValidator;
}

type Judges = (steps: PointerTokens) => SchemaValidator;

const anyText: TextReading = { types: ["string"], fits: () => true };

/** An integer is read as a number where any number may stand. */
const scalarsOf = (types: ReadonlySet<string>): readonly ScalarType[] =>
  scalarTypes.filter((type) => types.has(type) && !(type === "integer" && types.has("number")));

function readingOf(document: ContractDocument, schemas: readonly PointerTokens[], judges: Judges): TextReading | undefined {
  if (schemas.length === 0) return anyText;
  const admitted = new Set(schemas.flatMap((steps) => [...admittedTypes(document, steps)]));
  const validators = schemas.map(judges);
  const types = scalarsOf(admitted);
  return types.length === 0 ? undefined : { types, fits: (value) => validators.some((judge) => judge(value, 0).length === 0) };
}

function membersOf(document: ContractDocument, schema: PointerTokens, judges: Judges): ParameterRule["member"] {
  const { members, others, open } = schemasBelow(document, schema);
  const read = (schemas: readonly PointerTokens[], named: boolean): MemberReading => {
    const arrays = schemas.filter((steps) => admittedTypes(document, steps).has("array"));
    const items = arrays.flatMap((steps) => schemasBelow(document, steps).items);
    return {
      text: readingOf(document, schemas, judges) ?? anyText,
      item: arrays.length === 0 ? undefined : readingOf(document, items, judges),
      named,
    };
  };
  const known = new Map([...members].map(([name, schemas]) => [name, read(schemas, true)]));
  const rest = open ? read(others, false) : undefined;
  return (name) => known.get(name) ?? rest;
}

/** Compiles a parameter of a document that the loader has passed. */
export function readParameter(document: ContractDocument, steps: PointerTokens, judges: Judges): ParameterRule {
  const { node } = follow(document, steps)!;
  const common = {
    name: node["name"] as string,
    in: node["in"] === "header" ? "hdr" : (node["in"] as "path" | "query"),
    required: node["required"] === true,
    mayBeEmpty: node["in"] === "query" && node["allowEmptyValue"] === true,
  } as const;
  const [mediaType] = tokensBelow(node["content"]);
  if (node["schema"] === undefined && mediaType !== undefined) {
    const inside = [...follow(document, [...steps, "content"])!.steps, mediaType, "schema"];
    return {
      ...common,
      plain: false,
      content: isJsonName(mediaType) ? "json" : "unread",
      cut: { prefix: "", separator: undefined, paired: false },
      deep: false,
      scalar: anyText,
      item: undefined,
      member: undefined,
      judge: isJsonName(mediaType) && follow(document, inside) !== undefined ? judges(inside) : () => [],
    };
  }
  const schema = [...steps, "schema"];
  const { style, explode } = styleOf(node)!;
  const types = admittedTypes(document, schema);
  const scalars = scalarsOf(types);
  const judge = judges(schema);
  const cut = cutOf(style, explode, document.openapi);
  return {
    ...common,
    plain:
      scalars.length === 1 &&
      !types.has("array") &&
      !types.has("object") &&
      cut.prefix === "" &&
      !common.mayBeEmpty &&
      style !== "deepObject",
    content: undefined,
    cut,
    deep: style === "deepObject",
    scalar: scalars.length === 0 || style === "deepObject" ? undefined : { types: scalars, fits: (value) => judge(value, 0).length === 0 },
    item: types.has("array") ? readingOf(document, schemasBelow(document, schema).items, judges) : undefined,
    member: types.has("object") ? membersOf(document, schema, judges) : undefined,
    judge,
  };
}
