import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { maxAnswerSkewSeconds, readAnswerSignature, type AnswerClaims } from "../trust/answer-signature.ts";
import { digestForm } from "../trust/content-digest.ts";
import type { Bundle } from "./bundle.ts";
import type { ProvenBasis } from "./check-basis.ts";
import { checkSigner, type Span } from "./check-key.ts";
import type { CheckReport } from "./check-report.ts";
import { messages } from "./messages.ts";

/**
 * Checks that the provider's signature is the one in the leaf, by a key that it could use then; gives its claims,
 * `undefined` if it is absent or another.
 */
export function checkResponse(
  bundle: Bundle,
  leaf: ExchangeLeaf,
  span: Span,
  registry: ProvenBasis,
  report: CheckReport,
): AnswerClaims | undefined {
  const where = "/response";
  const recorded = leaf.response?.provider?.statement;
  if (bundle.response === undefined)
    return void report.skip("response", where, recorded !== undefined ? "destroyed" : leaf.type === "refusal" ? "unasked" : "unsigned");
  const answer = readAnswerSignature(bundle.response);
  if ("id" in answer) return void report.record("response", where, false, { fault: answer });
  const { claims, jws, hash } = answer;
  if (!report.record("response", where, hash.toString("base64url") === recorded, { fault: messages.otherOrNoHash })) return undefined;
  checkSigner(jws, claims.iss, span, registry, where, report);
  const provider = leaf.service === undefined ? undefined : registry.get("service", leaf.service)?.content.provider;
  const differing = differences(claims, leaf, provider);
  if (claims.iat < span.from / 1000 - maxAnswerSkewSeconds - 1 || claims.iat > span.to / 1000 + maxAnswerSkewSeconds) differing.push("iat");
  report.record("answer", where, differing.length === 0, { status: claims.status, claims: differing.join(", ") });
  return claims;
}

function differences(claims: AnswerClaims, leaf: ExchangeLeaf, provider: string | undefined): string[] {
  const expected: Readonly<Record<string, unknown>> = {
    iss: provider,
    aud: leaf.consumer,
    exchange: leaf.id,
    service: leaf.service,
    req: leaf.request.statement,
    status: leaf.response?.provider?.status,
  };
  const said = new Map<string, unknown>(Object.entries(claims));
  const differing = Object.keys(expected).filter((claim) => said.get(claim) !== expected[claim]);
  return digestForm.test(claims.digest) ? differing : [...differing, "digest"];
}
