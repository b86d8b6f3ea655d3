import type { Text } from "../base/text.ts";
import type { ScalarType } from "./admitted-types.ts";
import { messages } from "./messages.ts";

/** How one text of a parameter becomes a value. */
export interface TextReading {
  /** The types to try, in their order. */
  readonly types: readonly ScalarType[];
  /** Whether the schema of this place takes the value: it decides between several types. */
  readonly fits: (value: unknown) => boolean;
}

const kinds: Readonly<Record<ScalarType, { readonly form: RegExp; readonly read: (text: string) => unknown; readonly wrong: Text }>> = {
  integer: { form: /^-?(?:0|[1-9]\d{0,15})$/, read: Number, wrong: messages.notInteger },
  number: { form: /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/, read: Number, wrong: messages.notNumber },
  boolean: { form: /^(?:true|false)$/, read: (text) => text === "true", wrong: messages.notBoolean },
  string: { form: /^/, read: (text) => text, wrong: messages.notText },
};

type Read = { readonly value: unknown } | { readonly wrong: Text };

/** One text as a value of one type. */
function readAs(text: string, type: ScalarType): Read {
  if (type === "string") return { value: text };
  const kind = kinds[type];
  if (!kind.form.test(text)) return { wrong: kind.wrong };
  const value = kind.read(text);
  return typeof value === "number" && (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    ? { wrong: kind.wrong }
    : { value };
}

/** One text as the first of the types that it has the form of and that the schema takes; else as the first that it has the form of. */
export function readText(text: string, { types, fits }: TextReading): Read {
  if (types.length === 1) return readAs(text, types[0]!);
  const values = types.map((type) => readAs(text, type)).filter((read) => "value" in read);
  return values.find(({ value }) => fits(value)) ?? values[0] ?? { wrong: messages.notOneOf(types.map((type) => kinds[type].wrong)) };
}

/** Strict percent-decoding; `undefined` if the text is wrong. */
export function decodePercent(raw: string): string | undefined {
  if (!raw.includes("%")) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}

/** The same in a query, where a bare `+` is refused, because half of all readers take it for a space. */
export const decodeQuery = (raw: string): string | undefined => (raw.includes("+") ? undefined : decodePercent(raw));
