import { sha256 } from "../base/bytes.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import type { Bundle } from "./bundle.ts";

/**
 * What the log's key signs for a bundle, a line each: `simpul.id/evidence/v1`, the log's origin, and the base64 SHA-256
 * of the document without `seal` and without its final line feed.
 */
export function sealedText(bundle: Omit<Bundle, "seal"> & { readonly seal?: string }): string {
  const { seal: _, ...document } = bundle;
  return `simpul.id/evidence/v1\n${bundle.log}\n${sha256(canonicalJson(document)).toString("base64")}\n`;
}

/** The bytes of a bundle: RFC 8785 JSON and one line feed. */
export const encodeBundle = (bundle: Bundle): Buffer => Buffer.from(`${canonicalJson(bundle)}\n`);
