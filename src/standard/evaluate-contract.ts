import { readOwnJson } from "./document.ts";
import { evaluateStandard } from "./evaluate.ts";
import type { LintReport } from "./report.ts";
import type { Standard } from "./standard.ts";

/**
 * Judges a contract as the registry keeps it: JSON that this program wrote after the loader had passed it. `previous`
 * is the contract in force. It runs in this thread, without the worker: the loader has bounded size and references, and
 * no pattern that may explode is run. Lines and columns are those of the JSON. Throws `CannotValidate`.
 */
export function evaluateContract(bytes: Buffer, standard: Standard, previous?: Buffer): LintReport {
  const document = readOwnJson("openapi.json", bytes);
  return evaluateStandard(
    { document, text: bytes, previous: previous === undefined ? undefined : readOwnJson("openapi.json (previous)", previous) },
    standard,
  );
}
