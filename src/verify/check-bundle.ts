import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { parseVkey } from "../ledger/note.ts";
import type { Bundle } from "./bundle.ts";
import { checkBasis } from "./check-basis.ts";
import { checkChanged, checkContent, type Contents } from "./check-contents.ts";
import { checkDocuments, checkRegistrations } from "./check-documents.ts";
import { readBundle } from "./check-form.ts";
import { checkGrant, checkOperation, checkService } from "./check-judgement.ts";
import type { Span } from "./check-key.ts";
import { checkCheckpoint, checkLeaves, checkSeal } from "./check-log.ts";
import { checkResponse } from "./check-response.ts";
import { openSheet, type BundleFinding, type Sheet } from "./check-sheet.ts";
import { checkStatement } from "./check-statement.ts";

/** What whoever checks brings along. */
export interface BundleFacts {
  /** The log's verifier key, pinned: from one's own list of logs, never from the bundle or from whom it came. */
  readonly vkey?: string;
  readonly contents?: Contents;
}

/**
 * Everything that a bundle proves and does not prove (docs/evidence.md), in that order; all is looked at, also after something that fails. Offline, from the
 * bytes alone. A bundle is broken if a finding is `false`; without a pinned key it is at best consistent. Throws a `TypeError` on a key that is none.
 */
export function checkBundle(bytes: Uint8Array, { vkey, contents = {} }: BundleFacts = {}): readonly BundleFinding[] {
  const verifier = vkey === undefined ? undefined : parseVkey(vkey);
  if (vkey !== undefined && verifier === undefined) throw new TypeError("not a verifier key");
  const sheet = openSheet();
  const bundle = readBundle(bytes);
  if ("fault" in bundle) {
    sheet.judge("form", bundle.where, false, { fault: bundle.fault });
    return sheet.findings;
  }
  sheet.judge("form", "", true);
  checkSeal(bundle, verifier, sheet);
  const checkpoint = checkCheckpoint(bundle, verifier, sheet);
  const recorded = checkLeaves(bundle, checkpoint, sheet);
  if (recorded !== undefined) {
    if ("counts" in recorded.last) checkGathered(bundle, sheet);
    else {
      const { registry, policy } = checkExchange(bundle, recorded.last, spanOf(recorded.last, recorded.intent), contents, sheet);
      checkDocuments(bundle, registry, policy, sheet);
      checkRegistrations(bundle, registry, checkpoint, sheet);
    }
  }
  checkTrace(bundle, sheet);
  return sheet.findings;
}

/** What was judged, signed and exchanged, by what was in force. */
function checkExchange(bundle: Bundle, leaf: ExchangeLeaf, span: Span, contents: Contents, sheet: Sheet) {
  const registry = checkBasis("registry", bundle.registry, leaf.basis.registry, sheet);
  const policy = checkBasis("policy", bundle.policy, leaf.basis.policy, sheet);
  const claims = checkStatement(bundle, leaf, span, registry, sheet);
  const service = checkService(leaf, registry, sheet);
  if (service !== undefined) checkOperation(bundle, leaf, service, claims, sheet);
  checkGrant(leaf, service, span, registry, sheet);
  const answer = checkResponse(bundle, leaf, span, registry, sheet);

  const { open } = bundle;
  const { request, response, problem } = leaf;
  const isChanged = problem === "digest-mismatch";
  checkContent("request", request, { key: open.request, content: contents.request, digest: isChanged ? undefined : claims?.digest }, "unread", sheet);
  if (isChanged && claims !== undefined) checkChanged(request, open.request, claims.digest, sheet);
  if (response?.provider !== undefined) checkContent("provider", response.provider, { key: open.provider, content: contents.provider, digest: answer?.digest }, "undelivered", sheet);
  const whole = problem === undefined ? answer?.digest : undefined;
  checkContent("delivered", response?.delivered, { key: open.delivered, content: contents.delivered, digest: whole }, "undelivered", sheet);
  return { registry, policy };
}

/** Refusals beyond the first sixty of a minute share one leaf, which names none of them: nothing else could be proved by it. */
function checkGathered({ statement, response, open, registry, policy, documents, registrations }: Bundle, sheet: Sheet): void {
  const parts = [statement ?? [], response ?? [], Object.keys(open), registry.entries, policy.entries, Object.keys(documents), registrations];
  if (parts.some(({ length }) => length > 0)) sheet.judge("leaf", "", false);
  else sheet.leave("statement", "/leaves/0", "gathered");
}

function checkTrace({ trace, exchange, ...rest }: Bundle, sheet: Sheet): void {
  if (trace.id === exchange) sheet.leave("trace", "/trace", "own-words", { summary: trace.summary });
  else sheet.judge("trace", "/trace", false);
  for (const name of ["cosignatures", "timestamps", "certificates"] as const) if (rest[name] !== undefined) sheet.leave("later", `/${name}`, "unknown", { name });
}

/** When the gateway judged: the outcome says how long it took; where it does not, half a minute before the intent is time enough to read a request. */
function spanOf(last: ExchangeLeaf, intent: ExchangeLeaf | undefined): Span {
  const to = Date.parse(last.at);
  // The clock that measures and the one that dates are two: a second between them is nobody's lie.
  return { to, from: last.ms === undefined ? Date.parse((intent ?? last).at) - unmeasuredMs : to - last.ms - 1000 };
}

const unmeasuredMs = 30_000;
