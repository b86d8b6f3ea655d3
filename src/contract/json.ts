import { isUtf8 } from "node:buffer";
import type { Text } from "../base/text.ts";
import { contentLimits } from "./limits.ts";
import { messages } from "./messages.ts";

export type ParsedJson = { readonly value: unknown } | { readonly wrong: Text };

/**
 * JSON that no two parsers read differently: UTF-8, no BOM, no member twice in one object, bounded depth, numbers that
 * a double holds exactly.
 */
export function parseJson(bytes: Buffer): ParsedJson {
  if (!isUtf8(bytes)) return { wrong: messages.notUtf8 };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { wrong: messages.startsWithBom };
  const text = bytes.toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { wrong: messages.notJson };
  }
  // Fast path for JSON as most libraries write it: if it is serialised to the same bytes, no member occurred twice. The
  // slow path finds out what is wrong, if anything.
  if (isSound(value, contentLimits.depth) && JSON.stringify(value) === text) return { value };
  const shape = measure(bytes);
  if (shape.depth > contentLimits.depth) return { wrong: messages.tooDeep(contentLimits.depth) };
  const members = countMembers(value);
  if (Number.isNaN(members)) return { wrong: messages.numberTooLarge };
  // Each member has one colon in the text; a parser that met a name twice has kept fewer members.
  return members === shape.colons ? { value } : { wrong: messages.memberTwice };
}

/** Whether it nests no deeper than `levels`, and every number is held exactly. */
function isSound(value: unknown, levels: number): boolean {
  if (typeof value === "number") return isExact(value);
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0) return false;
  // Most members are strings and numbers: a call is made for objects and arrays only.
  if (Array.isArray(value)) {
    for (const item of value)
      if (typeof item === "number" ? !isExact(item) : typeof item === "object" && !isSound(item, levels - 1)) return false;
    return true;
  }
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (typeof member === "number" ? !isExact(member) : typeof member === "object" && !isSound(member, levels - 1)) return false;
  }
  return true;
}

const isExact = (value: number): boolean => Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));

/** The number of colons outside of strings, and the deepest nesting. Meaningless unless the bytes are JSON. */
function measure(bytes: Buffer): { colons: number; depth: number } {
  let colons = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]!) {
      case 0x22 /* " */:
        for (at++; at < bytes.length && bytes[at] !== 0x22; at++) if (bytes[at] === 0x5c /* \ */) at++;
        break;
      case 0x3a /* : */:
        colons++;
        break;
      case 0x5b /* [ */:
      case 0x7b /* { */:
        if (++depth > deepest) deepest = depth;
        break;
      case 0x5d /* ] */:
      case 0x7d /* } */:
        depth--;
        break;
    }
  }
  return { colons, depth: deepest };
}

/** The number of members of all objects together; NaN if a number is not held exactly by a double. */
function countMembers(value: unknown): number {
  if (typeof value === "number") return isExact(value) ? 0 : NaN;
  if (typeof value !== "object" || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item !== "string") members += countMembers(item);
    return members;
  }
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    members += typeof member === "string" ? 1 : 1 + countMembers(member);
  }
  return members;
}
