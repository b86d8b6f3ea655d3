import { formOf } from "../base/forms.ts";
import type { Text } from "../base/text.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import type { Bundle } from "./bundle.ts";
import { count, form, is, list, map, nullable, object, text } from "../base/shape.ts";

/** Why bytes are no bundle: the JSON Pointer of the first member that is not as it must be, and the fault in words. */
export interface FormFault {
  readonly where: string;
  readonly fault: Text;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads a bundle strictly: UTF-8, JSON exactly as RFC 8785 writes it with one line feed after it, the known members and no others, each of its type. */
export function readBundle(bytes: Uint8Array): Bundle | FormFault {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(bytes);
    value = JSON.parse(text);
    if (`${canonicalJson(value)}\n` !== text) return { where: "", fault: notCanonical };
  } catch {
    return { where: "", fault: notJson };
  }
  const where = bundleShape(value, "");
  return where === undefined ? (value as Bundle) : { where, fault: notOfForm };
}

const notJson: Text = { id: "bukan JSON dalam UTF-8", en: "it is not JSON in UTF-8" };
const notCanonical: Text = {
  id: "JSON ini ditulis ulang: bukan bentuk RFC 8785 dengan satu ganti baris di akhir; pakailah berkas asli",
  en: "this JSON was written anew: it is not in the form of RFC 8785 with one line feed at the end; take the original file",
};
const notOfForm: Text = { id: "ada bagian yang kurang, tidak dikenal, atau salah bentuk", en: "a part is missing, unknown or malformed" };

const hashForm = formOf("hash");
const hash = form(hashForm);

/** Base64url; whoever decodes refuses what is not canonical. */
const octets = form(/^[A-Za-z0-9_-]*$/);
const jws = form(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
const uuid = form(formOf("uuidv7"));

const proved = { index: count, leaf: text, proof: octets };
const opened = object({ root: hash, size: count, entries: list(object({ index: count, salt: octets, entry: text, proof: octets })) });
const both = object({ id: text, en: text });
const step = object(
  { detail: both, cite: nullable(text), basis: text },
  { verdict: text, remedy: both, document: text, by: text, at: text, profile: object({ id: text, version: text, digest: text }) },
);

const bundleShape = object(
  {
    v: is(1),
    type: is("spl-evidence"),
    exchange: uuid,
    log: text,
    checkpoint: text,
    leaves: list(object(proved), { least: 1, most: 2 }),
    open: object({}, { request: hash, delivered: hash, provider: hash }),
    registry: opened,
    policy: opened,
    documents: map(hashForm, text),
    registrations: list(object({ ...proved, kid: hash })),
    trace: object({ kind: text, id: text, summary: both, steps: list(step), missing: list(step) }),
    seal: text,
  },
  { statement: jws, response: jws, cosignatures: list(text), timestamps: list(text), certificates: list(text) },
);
