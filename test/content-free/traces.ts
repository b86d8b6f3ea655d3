import { sha256 } from "../../src/base/bytes.ts";

/** Where something shows through: what, written how, at which byte. */
export interface Trace {
  readonly what: string;
  readonly form: string;
  readonly at: number;
}

interface Needle {
  readonly bytes: Buffer;
  readonly what: string;
  readonly form: string;
}

/** How a program could have left a text. */
const textForms = (text: string): Record<string, string | Buffer> => ({
  "JSON-escaped": JSON.stringify(text).slice(1, -1),
  "JSON in ASCII": JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "percent-encoded": encodeURIComponent(text),
  "form-encoded": encodeURIComponent(text).replaceAll("%20", "+"),
  "without separators": text.replaceAll(/[^\p{L}\p{N}]/gu, ""),
});

/** The same of any octets, in forms that do not depend on the case of letters. */
const plainForms = (octets: Buffer): Record<string, string | Buffer> => ({
  verbatim: octets,
  hex: octets.toString("hex"),
  "SHA-256 in hex": sha256(octets).toString("hex"),
});

/** And in those that do. */
const codedForms = (octets: Buffer): Record<string, string | Buffer> => ({
  ...alignedForms("base64", octets),
  ...alignedForms("base64url", octets),
  "SHA-256": sha256(octets),
  "SHA-256 in base64": sha256(octets).toString("base64").slice(0, 43),
  "SHA-256 in base64url": sha256(octets).toString("base64url"),
});

/** Inside a longer text in base64, octets begin at one of three places, and the letters at their borders depend on what is beside them. */
function alignedForms(encoding: "base64" | "base64url", octets: Buffer): Record<string, string> {
  return Object.fromEntries(
    [0, 1, 2].map((before) => {
      const whole = Buffer.concat([Buffer.alloc(before), octets]).toString(encoding);
      return [`${encoding} at ${before}`, whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + octets.length) * 8) / 6))];
    }),
  );
}

/** A shorter one would be met by chance in a file of some megabytes. */
const shortestForm = 8;

/** What is looked for. */
export interface Sought {
  /** Their letters are found in either case. */
  readonly texts?: Iterable<string>;
  readonly octets?: Iterable<Buffer>;
  /** Octets whose hash may stand anywhere. */
  readonly hashable?: Iterable<Buffer>;
}

/** Looks for data in files, each datum in every form in which it could have been left. One pass over a file finds all. */
export function tracer({ texts = [], octets = [], hashable = [] }: Sought): (file: Buffer) => Trace[] {
  const [plain, coded]: [Needle[], Needle[]] = [[], []];
  const put = (needles: Needle[], what: string, forms: Record<string, string | Buffer>, hashes = true): void => {
    for (const [form, written] of Object.entries(forms)) {
      const bytes = Buffer.from(written);
      if (bytes.length >= shortestForm && (hashes || !form.startsWith("SHA-256")))
        needles.push({ bytes: needles === plain ? lowered(bytes) : bytes, what, form });
    }
  };
  for (const text of texts) {
    put(plain, text, { ...textForms(text), ...plainForms(Buffer.from(text)) });
    put(coded, text, { "UTF-16": Buffer.from(text, "utf16le"), ...codedForms(Buffer.from(text)) });
  }
  for (const [hashes, list] of [
    [true, octets],
    [false, hashable],
  ] as const) {
    for (const one of list) {
      const what = `${one.length} octets ${one.toString("base64url", 0, 12)}…`;
      put(plain, what, plainForms(one), hashes);
      put(coded, what, codedForms(one), hashes);
    }
  }
  const [findPlain, findCoded] = [finder(plain), finder(coded)];
  return (file) => [...findPlain(lowered(file)), ...findCoded(file)];
}

/** ASCII capitals as small letters, every other byte as it is. */
function lowered(bytes: Buffer): Buffer {
  const out = Buffer.from(bytes);
  for (let i = 0; i < out.length; i++) if (out[i]! >= 0x41 && out[i]! <= 0x5a) out[i]! |= 0x20;
  return out;
}

/** All needles in one pass: each is looked up by its last four bytes, which differ between people where the first are a region's. */
function finder(needles: readonly Needle[]): (file: Buffer) => Trace[] {
  const byEnd = Map.groupBy(needles, ({ bytes }) => bytes.readInt32BE(bytes.length - 4));
  return (file) => {
    const traces: Trace[] = [];
    for (let end = 1, last = 0; end <= file.length; end++) {
      last = (last << 8) | file[end - 1]!;
      if (end < shortestForm) continue;
      for (const { bytes, what, form } of byEnd.get(last) ?? []) {
        const at = end - bytes.length;
        if (at >= 0 && file.compare(bytes, 0, bytes.length, at, end) === 0) traces.push({ what, form, at });
      }
    }
    return traces;
  };
}
