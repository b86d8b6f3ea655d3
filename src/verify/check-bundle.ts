import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { trailOf, type KeyTrail } from "../ledger/key-trail.ts";
import type { Bundle } from "./bundle.ts";
import { checkBasis } from "./check-basis.ts";
import { checkChanged, checkContent, type Contents } from "./check-contents.ts";
import { checkDocuments, checkRegistrations } from "./check-documents.ts";
import { readBundle } from "./check-form.ts";
import { checkGrant, checkOperation, checkService } from "./check-judgement.ts";
import type { Span } from "./check-key.ts";
import { checkCheckpoint, checkLeaves, checkSeal } from "./check-log.ts";
import { checkResponse } from "./check-response.ts";
import { newCheckReport, type BundleFinding, type CheckReport } from "./check-report.ts";
import { checkStatement } from "./check-statement.ts";

/** What the verifier has of its own. */
export interface BundleFacts {
  /** The log's verifier key, pinned: from the verifier's own list of logs, never from the bundle or its sender. */
  readonly vkey?: string | KeyTrail;
  readonly contents?: Contents;
}

/**
 * Checks what a bundle proves and what it does not (docs/evidence.md), offline, from its bytes alone. Every step is
 * taken, also after one that fails; the findings are in the order of `bundleSteps`' table. A bundle is broken if a
 * finding is `false`; without a pinned key it is at best consistent. Throws `TypeError` if `vkey` is no verifier key.
 */
export function checkBundle(bytes: Uint8Array, { vkey, contents = {} }: BundleFacts = {}): readonly BundleFinding[] {
  const keys = typeof vkey === "string" ? trailOf(vkey) : vkey;
  if (vkey !== undefined && keys === undefined) throw new TypeError("not a verifier key");
  const report = newCheckReport();
  const bundle = readBundle(bytes);
  if ("fault" in bundle) {
    report.record("form", bundle.where, false, { fault: bundle.fault });
    return report.findings;
  }
  report.record("form", "", true);
  checkSeal(bundle, keys, report);
  const checkpoint = checkCheckpoint(bundle, keys, report);
  const recorded = checkLeaves(bundle, checkpoint, report);
  if (recorded !== undefined) {
    if ("counts" in recorded.last) checkAggregate(bundle, report);
    else {
      const { registry, policy } = checkExchange(bundle, recorded.last, spanOf(recorded.last, recorded.intent), contents, report);
      checkDocuments(bundle, registry, policy, report);
      checkRegistrations(bundle, registry, checkpoint, report);
    }
  }
  checkTrace(bundle, report);
  return report.findings;
}

/** Checks statement, service, grant, answer and contents against what was in force. */
function checkExchange(bundle: Bundle, leaf: ExchangeLeaf, span: Span, contents: Contents, report: CheckReport) {
  const registry = checkBasis("registry", bundle.registry, leaf.basis.registry, report);
  const policy = checkBasis("policy", bundle.policy, leaf.basis.policy, report);
  const claims = checkStatement(bundle, leaf, span, registry, report);
  const service = checkService(leaf, registry, report);
  if (service !== undefined) checkOperation(bundle, leaf, service, claims, report);
  checkGrant(leaf, service, span, registry, report);
  const answer = checkResponse(bundle, leaf, span, registry, report);

  const { open } = bundle;
  const { request, response, problem } = leaf;
  const isChanged = problem === "digest-mismatch";
  checkContent(
    "request",
    request,
    { key: open.request, content: contents.request, digest: isChanged ? undefined : claims?.digest },
    "unread",
    report,
  );
  if (isChanged && claims !== undefined) checkChanged(request, open.request, claims.digest, report);
  if (response?.provider !== undefined)
    checkContent(
      "provider",
      response.provider,
      { key: open.provider, content: contents.provider, digest: answer?.digest },
      "undelivered",
      report,
    );
  const whole = problem === undefined ? answer?.digest : undefined;
  checkContent(
    "delivered",
    response?.delivered,
    { key: open.delivered, content: contents.delivered, digest: whole },
    "undelivered",
    report,
  );
  return { registry, policy };
}

/** Refusals beyond a number a minute share one leaf, which names none of them. A bundle of it that claims more is wrong. */
function checkAggregate({ statement, response, open, registry, policy, documents, registrations }: Bundle, report: CheckReport): void {
  const parts = [
    statement ?? [],
    response ?? [],
    Object.keys(open),
    registry.entries,
    policy.entries,
    Object.keys(documents),
    registrations,
  ];
  if (parts.some(({ length }) => length > 0)) report.record("leaf", "", false);
  else report.skip("statement", "/leaves/0", "gathered");
}

function checkTrace({ trace, exchange, ...rest }: Bundle, report: CheckReport): void {
  if (trace.id === exchange) report.skip("trace", "/trace", "own-words", { summary: trace.summary });
  else report.record("trace", "/trace", false);
  for (const name of ["cosignatures", "timestamps", "certificates"] as const)
    if (rest[name] !== undefined) report.skip("later", `/${name}`, "unknown", { name });
}

/**
 * When the gateway decided: from the duration in the leaf; without one, from half a minute before the intent, in which
 * any request is read.
 */
function spanOf(last: ExchangeLeaf, intent: ExchangeLeaf | undefined): Span {
  const to = Date.parse(last.at);
  // One clock dates the leaf and another measures the duration: a second between them is honest.
  return { to, from: last.ms === undefined ? Date.parse((intent ?? last).at) - unmeasuredMs : to - last.ms - 1000 };
}

const unmeasuredMs = 30_000;
