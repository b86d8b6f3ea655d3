import { existsSync, readFileSync } from "node:fs";
import { readSource } from "../source/source.ts";

/** The members of a manifest that may be missing or half written; none if it cannot be read. */
export function manifestAt(file: string): Readonly<Record<string, unknown>> {
  const value = existsSync(file) ? readSource(file, readFileSync(file, "utf8")).source?.value : undefined;
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
