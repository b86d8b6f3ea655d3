import { readOwnJson } from "./document.ts";
import { evaluateStandard } from "./evaluate.ts";
import type { LintReport } from "./report.ts";
import type { Standard } from "./standard.ts";

/**
 * Judges a contract as the registry keeps it, JSON that this program wrote and the loader has passed; `previous` is the
 * contract in force. Here and now: the loader has bounded its size and its references, and no pattern is run that may
 * explode. Lines and columns are those of the JSON. Throws `Unjudgeable`.
 */
export function evaluateContract(bytes: Buffer, standard: Standard, previous?: Buffer): LintReport {
  const document = readOwnJson("openapi.json", bytes);
  return evaluateStandard(
    { document, text: bytes, previous: previous === undefined ? undefined : readOwnJson("openapi.json (previous)", previous) },
    standard,
  );
}
