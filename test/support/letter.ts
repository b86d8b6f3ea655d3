import type { Letter } from "../../src/registry/entry.ts";
import { createHash } from "node:crypto";

/** An official letter; its document's digest is that of its number. */
export const letter = (number: string, date = "2026-01-31"): Letter => ({
  number,
  date,
  sha256: createHash("sha256").update(number).digest("hex"),
});
