import { formOf } from "../base/forms.ts";
import type { Text } from "../base/text.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import type { Bundle } from "./bundle.ts";
import { messages } from "./messages.ts";
import { countShape, form, is, listShape, mapShape, nullable, objectShape, textShape } from "../base/shape.ts";

/** Why bytes are no bundle: the JSON Pointer of the first member that is wrong, and the fault in words. */
export interface FormFault {
  readonly where: string;
  readonly fault: Text;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads a bundle strictly: UTF-8, RFC 8785 JSON with one line feed after it, all members known and of their types. */
export function readBundle(bytes: Uint8Array): Bundle | FormFault {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(bytes);
    value = JSON.parse(text);
    if (`${canonicalJson(value)}\n` !== text) return { where: "", fault: messages.notCanonical };
  } catch {
    return { where: "", fault: messages.notJson };
  }
  const where = bundleShape(value, "");
  return where === undefined ? (value as Bundle) : { where, fault: messages.notOfForm };
}

const hashForm = formOf("hash");
const hash = form(hashForm);

/** Base64url; what is not canonical is refused where it is decoded. */
const octets = form(/^[A-Za-z0-9_-]*$/);
const jws = form(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
const uuid = form(formOf("uuidv7"));

const proved = { index: countShape, leaf: textShape, proof: octets };
const opened = objectShape({
  root: hash,
  size: countShape,
  entries: listShape(objectShape({ index: countShape, salt: octets, entry: textShape, proof: octets })),
});
const both = objectShape({ id: textShape, en: textShape });
const step = objectShape(
  { detail: both, cite: nullable(textShape), basis: textShape },
  {
    verdict: textShape,
    remedy: both,
    document: textShape,
    by: textShape,
    at: textShape,
    profile: objectShape({ id: textShape, version: textShape, digest: textShape }),
  },
);

const bundleShape = objectShape(
  {
    v: is(1),
    type: is("spl-evidence"),
    exchange: uuid,
    log: textShape,
    checkpoint: textShape,
    leaves: listShape(objectShape(proved), { least: 1, most: 2 }),
    open: objectShape({}, { request: hash, delivered: hash, provider: hash }),
    registry: opened,
    policy: opened,
    documents: mapShape(hashForm, textShape),
    registrations: listShape(objectShape({ ...proved, kid: hash })),
    trace: objectShape({ kind: textShape, id: textShape, summary: both, steps: listShape(step), missing: listShape(step) }),
    seal: textShape,
  },
  {
    statement: jws,
    response: jws,
    cosignatures: listShape(textShape),
    timestamps: listShape(textShape),
    certificates: listShape(textShape),
  },
);
