import { sha256 } from "../base/bytes.ts";
import { isList, readControlChange } from "../ledger/control-change.ts";
import type { Checkpoint } from "../ledger/checkpoint.ts";
import type { Bundle } from "./bundle.ts";
import type { ProvenBasis } from "./check-basis.ts";
import { checkInclusion } from "./check-log.ts";
import type { CheckReport } from "./check-report.ts";

/** Checks that each document has its digest and a proved entry names it; records those that an entry names and the bundle lacks. */
export function checkDocuments({ documents }: Bundle, registry: ProvenBasis, policy: ProvenBasis, report: CheckReport): void {
  const named = new Map<string, string>();
  for (const entry of [...registry.all, ...policy.all]) {
    if (entry.kind === "service") named.set(entry.content.contract, entry.id);
    if (entry.kind === "policy") named.set(entry.content.digest, entry.id);
  }
  for (const [digest, document] of Object.entries(documents)) {
    const isItself = sha256(document).toString("base64url") === digest;
    report.record("document", `/documents/${digest}`, isItself && named.has(digest), { digest, name: named.get(digest) });
  }
  for (const [digest, name] of named)
    if (!Object.hasOwn(documents, digest)) report.skip("document", "/documents", "no-document", { digest, name });
}

/** Checks the control leaves that registered the keys. A registration of any other key proves nothing here, so it is wrong. */
export function checkRegistrations(
  { registrations, log }: Bundle,
  registry: ProvenBasis,
  checkpoint: Checkpoint | undefined,
  report: CheckReport,
): void {
  const keys = registry.all.filter(({ kind }) => kind === "key").map(({ id }) => id);
  for (const [at, registration] of registrations.entries()) {
    const { kid, index } = registration;
    const where = `/registrations/${at}`;
    const leaf = checkInclusion(registration, where, checkpoint, report);
    const control = leaf?.type === "control" && leaf.log === log && keys.includes(kid) ? leaf : undefined;
    const change = control === undefined ? undefined : readControlChange(control.change);
    const lists = change !== undefined && "changed" in change ? [change.changed, "added" in change ? change.added : []] : [];
    if (lists.some((names) => isList(names) && names.includes(`key ${kid}`)))
      report.record("registration", where, true, { kid, index, at: control!.at, by: change!.by });
    else if (lists.some((names) => !isList(names))) report.skip("registration", where, "summary-only", { kid, index });
    else report.record("registration", where, false, { kid });
  }
  for (const kid of keys)
    if (!registrations.some((registration) => registration.kid === kid))
      report.skip("registration", "/registrations", "elsewhere-registered", { kid });
}
