import { formOf } from "../base/forms.ts";
import { isObject } from "../base/is-object.ts";
import { countShape, form, having, is, mapShape, objectShape, type Shape } from "../base/shape.ts";
import { parseCanonicalLeaf } from "./canonical-leaf.ts";
import { readJson } from "./leaf-json.ts";
import type { Leaf } from "./leaf.ts";

/**
 * Reads a leaf strictly: JSON as protocol §1 allows it, with the members of §4 in their forms and no others;
 * `undefined` for anything else.
 */
export function readLeaf(bytes: Buffer): Leaf | undefined {
  return parseCanonicalLeaf(bytes) ?? parseJsonLeaf(bytes);
}

/** The same without the fast path: a leaf of any type, in any form of JSON that protocol §1 allows. */
export function parseJsonLeaf(bytes: Buffer): Leaf | undefined {
  const leaf = readJson(bytes);
  return leafShape(leaf, "") === undefined ? (leaf as Leaf) : undefined;
}

const text = form(/^[^]{1,512}$/);
const hash = form(formOf("hash"));
const time = form(formOf("instant"));
const head = { v: is(1), log: text, id: form(formOf("uuidv7")), at: time };
const delivery = { status: countShape, commit: hash, bytes: countShape };

const exchangeLeaf = objectShape(
  {
    ...head,
    type: form(/^(?:intent|outcome|refusal)$/),
    consumer: text,
    request: objectShape({ statement: hash, jti: text, kid: hash }, { batch: hash, commit: hash, bytes: countShape }),
    basis: objectShape({ registry: hash, policy: hash }),
  },
  {
    service: text,
    operation: text,
    grant: text,
    purpose: text,
    htm: text,
    intent: objectShape({ log: text, index: countShape }),
    response: objectShape(
      {},
      { provider: objectShape(delivery, { statement: hash }), delivered: objectShape(delivery), truncated: is(true) },
    ),
    problem: text,
    ms: countShape,
  },
);
const refusalsLeaf = objectShape({
  ...head,
  type: is("refusal"),
  consumer: text,
  since: time,
  counts: mapShape(/^[a-z-]{1,64}$/, countShape),
});
const controlLeaf = objectShape({ ...head, type: is("control"), change: having({}) });

const leafShape: Shape = (value, at) => {
  if (!isObject(value)) return at;
  if (value["type"] === "control") return controlLeaf(value, at);
  return "counts" in value ? refusalsLeaf(value, at) : exchangeLeaf(value, at);
};
