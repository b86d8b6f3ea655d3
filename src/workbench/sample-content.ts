import { isObject } from "../base/is-object.ts";
import { isJsonName, mayBeJson, parseMediaType } from "../contract/media-type.ts";

export interface SampleContent {
  readonly type: string;
  readonly bytes: Buffer;
}

const boundary = "batas-contoh";

/** Whether the fields of a content are written as a form: its schema says which there are, though the gateway does not judge them. */
export const isForm = (name: string): boolean =>
  ["multipart/form-data", "application/x-www-form-urlencoded"].includes(parseMediaType(name) ?? name);

/**
 * An example as the content of a message, under the name that it has in a `content`: a media type or a range. `isFile` says which fields
 * of a form are files.
 */
export function writeSample(name: string, value: unknown, isFile: (field: string) => boolean = () => false): SampleContent {
  const type = parseMediaType(name) ?? name;
  if (type === "multipart/form-data" && isObject(value)) return { type: `${type}; boundary=${boundary}`, bytes: writeParts(value, isFile) };
  if (type === "application/x-www-form-urlencoded" && isObject(value)) {
    const pairs = Object.entries(value).flatMap(([field, one]) => [one].flat().map((each) => [field, textOf(each)]));
    return { type, bytes: Buffer.from(new URLSearchParams(pairs).toString()) };
  }
  const json = isJsonName(name) || (mayBeJson(name) && typeof value !== "string");
  return { type: sampleType(name, json), bytes: Buffer.from(json ? JSON.stringify(value) : textOf(value)) };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A media type of a range: a message names one. */
export function sampleType(name: string, json: boolean): string {
  if (!name.includes("*")) return name;
  const [kind, rest] = name.split("/") as [string, string];
  if (rest.startsWith("*+")) return `${kind}/vnd.contoh${rest.slice(1)}`;
  if (kind === "*") return json ? "application/json" : "text/plain";
  return json ? `${kind}/json` : `${kind}/${kind === "text" ? "plain" : "octet-stream"}`;
}

/** RFC 7578, one part for each value. */
function writeParts(fields: Readonly<Record<string, unknown>>, isFile: (field: string) => boolean): Buffer {
  const parts = Object.entries(fields).flatMap(([field, value]) =>
    [value].flat().map((one) => {
      const file = isFile(field) ? '; filename="contoh.txt"' : "";
      const type = file !== "" ? "Content-Type: text/plain\r\n" : typeof one === "object" ? "Content-Type: application/json\r\n" : "";
      return `--${boundary}\r\nContent-Disposition: form-data; name="${encodeURIComponent(field)}"${file}\r\n${type}\r\n${textOf(one)}\r\n`;
    }),
  );
  return Buffer.from(`${parts.join("")}--${boundary}--\r\n`);
}
