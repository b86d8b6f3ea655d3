import { sha256 } from "../base/bytes.ts";
import type { Checkpoint } from "../ledger/checkpoint.ts";
import type { Bundle } from "./bundle.ts";
import type { Proven } from "./check-basis.ts";
import { checkInclusion } from "./check-log.ts";
import type { Sheet } from "./check-sheet.ts";

/** Each document is what its digest says and is named by a proved entry; what an entry names and is not there is said. */
export function checkDocuments({ documents }: Bundle, registry: Proven, policy: Proven, sheet: Sheet): void {
  const named = new Map<string, string>();
  for (const entry of [...registry.all, ...policy.all]) {
    if (entry.kind === "service") named.set(entry.content.contract, entry.id);
    if (entry.kind === "policy") named.set(entry.content.digest, entry.id);
  }
  for (const [digest, document] of Object.entries(documents)) {
    const isItself = sha256(document).toString("base64url") === digest;
    sheet.judge("document", `/documents/${digest}`, isItself && named.has(digest), { digest, name: named.get(digest) });
  }
  for (const [digest, name] of named) if (!Object.hasOwn(documents, digest)) sheet.leave("document", "/documents", "no-document", { digest, name });
}

/** The control leaves under which the keys came into the registry. A registration of no key that matters here proves nothing, so it is wrong. */
export function checkRegistrations({ registrations, log }: Bundle, registry: Proven, checkpoint: Checkpoint | undefined, sheet: Sheet): void {
  const keys = registry.all.filter(({ kind }) => kind === "key").map(({ id }) => id);
  for (const [at, registration] of registrations.entries()) {
    const { kid, index } = registration;
    const where = `/registrations/${at}`;
    const leaf = checkInclusion(registration, where, checkpoint, sheet);
    const control = leaf?.type === "control" && leaf.log === log && keys.includes(kid) ? leaf : undefined;
    const lists = [control?.change["added"], control?.change["changed"]];
    if (lists.some((names) => Array.isArray(names) && names.includes(`key ${kid}`))) sheet.judge("registration", where, true, { kid, index, at: control!.at, by: nameOf(control!.change["by"]) });
    else if (lists.some(isDigest)) sheet.leave("registration", where, "summary-only", { kid, index });
    else sheet.judge("registration", where, false, { kid });
  }
  for (const kid of keys) if (!registrations.some((registration) => registration.kid === kid)) sheet.leave("registration", "/registrations", "elsewhere-registered", { kid });
}

/** A list of names that did not fit into the leaf. */
const isDigest = (names: unknown): boolean => typeof names === "object" && names !== null && "count" in names && "digest" in names;

const nameOf = (by: unknown): string => (typeof by === "string" ? by : "-");
