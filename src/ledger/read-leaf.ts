import { formOf } from "../base/forms.ts";
import { isObject } from "../base/is-object.ts";
import type { Leaf } from "./leaf.ts";
import { readJson } from "./leaf-json.ts";
import { parseCanonicalLeaf } from "./canonical-leaf.ts";

/** Reads a leaf strictly: JSON as protocol §1 has it, the fields of §4 in their forms and nothing else; `undefined` for anything else. */
export function readLeaf(bytes: Buffer): Leaf | undefined {
  return parseCanonicalLeaf(bytes) ?? parseJsonLeaf(bytes);
}

/** The same in any spelling, and for every type. */
export function parseJsonLeaf(bytes: Buffer): Leaf | undefined {
  const leaf = readJson(bytes);
  return isLeaf(leaf) ? leaf : undefined;
}

type LeafCheck = (value: unknown) => boolean;

const form =
  (pattern: RegExp): LeafCheck =>
  (value) =>
    typeof value === "string" && pattern.test(value);
const text = form(/^[^]{1,512}$/);
const hash = form(formOf("hash"));
const time = form(formOf("instant"));
const uuid = form(formOf("uuidv7"));
const count: LeafCheck = (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
const is =
  (...allowed: readonly unknown[]): LeafCheck =>
  (value) =>
    allowed.includes(value);

/** An object with all of `required`, any of `optional`, and no other member. */
function object(required: Readonly<Record<string, LeafCheck>>, optional: Readonly<Record<string, LeafCheck>> = {}): LeafCheck {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  const names = Object.keys(required);
  return (value) => {
    if (!isObject(value)) return false;
    for (const name in value) if (checks.get(name)?.(value[name]) !== true) return false;
    return names.every((name) => name in value);
  };
}

const countsByCode: LeafCheck = (value) =>
  isObject(value) && Object.entries(value).every(([code, n]) => /^[a-z-]{1,64}$/.test(code) && count(n));
const head = { v: is(1), log: text, id: uuid, at: time };
const delivery = { status: count, commit: hash, bytes: count };
const exchangeLeaf = object(
  {
    ...head,
    type: is("intent", "outcome", "refusal"),
    consumer: text,
    request: object({ statement: hash, jti: text, kid: hash }, { batch: hash, commit: hash, bytes: count }),
    basis: object({ registry: hash, policy: hash }),
  },
  {
    service: text,
    operation: text,
    grant: text,
    purpose: text,
    htm: text,
    intent: object({ log: text, index: count }),
    response: object({}, { provider: object(delivery, { statement: hash }), delivered: object(delivery), truncated: is(true) }),
    problem: text,
    ms: count,
  },
);
const refusalsLeaf = object({ ...head, type: is("refusal"), consumer: text, since: time, counts: countsByCode });
const controlLeaf = object({ ...head, type: is("control"), change: isObject });

function isLeaf(value: unknown): value is Leaf {
  if (!isObject(value)) return false;
  if (value["type"] === "control") return controlLeaf(value);
  return "counts" in value ? refusalsLeaf(value) : exchangeLeaf(value);
}
