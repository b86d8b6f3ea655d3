import { isObject } from "./is-object.ts";

/** The JSON Pointer of the first place where a value does not have the shape; `undefined` if it has. */
export type Shape = (value: unknown, at: string) => string | undefined;

const when =
  (holds: (value: unknown) => boolean): Shape =>
  (value, at) =>
    holds(value) ? undefined : at;

/** A string that UTF-8 can encode: without a lone surrogate. */
export const textShape = when((value) => typeof value === "string" && value.isWellFormed());
export const form = (pattern: RegExp): Shape => when((value) => typeof value === "string" && pattern.test(value));
export const is = (expected: unknown): Shape => when((value) => value === expected);
export const countShape = when((value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0);
export const nullable =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? undefined : shape(value, at);

export const listShape =
  (item: Shape, { least = 0, most = Infinity } = {}): Shape =>
  (value, at) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) return at;
    return first(value.entries(), ([index, member]) => item(member, `${at}/${index}`));
  };

/** An object whose member names match `name`. */
export const mapShape =
  (name: RegExp, member: Shape): Shape =>
  (value, at) =>
    isObject(value) ? first(Object.entries(value), ([key, item]) => (name.test(key) ? member(item, `${at}/${key}`) : `${at}/${key}`)) : at;

/**
 * An object with all of `required` and any of `optional`. Any other member must have the shape `others`, which allows
 * none by default.
 */
export function objectShape(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
  others: Shape = nothing,
): Shape {
  const shapes = new Map(Object.entries({ ...optional, ...required }));
  return (value, at) => {
    if (!isObject(value)) return at;
    const missing = Object.keys(required).find((name) => !Object.hasOwn(value, name));
    if (missing !== undefined) return `${at}/${missing}`;
    return first(Object.entries(value), ([name, member]) => (shapes.get(name) ?? others)(member, `${at}/${name}`));
  };
}

/** An object of which only these members are checked. */
export const having = (required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape =>
  objectShape(required, optional, anything);

const anything: Shape = () => undefined;

/** A function declaration, since `objectShape` uses it above as a default. */
function nothing(_: unknown, at: string): string {
  return at;
}

function first<T>(items: Iterable<T>, fault: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const where = fault(item);
    if (where !== undefined) return where;
  }
  return undefined;
}
