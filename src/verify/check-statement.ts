import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { maxAheadSeconds, maxLifetimeSeconds, readStatement, type Claims } from "../trust/statement.ts";
import type { Bundle } from "./bundle.ts";
import type { ProvenBasis } from "./check-basis.ts";
import { checkSigner, type Span } from "./check-key.ts";
import type { CheckReport } from "./check-report.ts";
import { messages } from "./messages.ts";

/**
 * Checks that the statement is the one in the leaf, by a key that the consumer could use then; gives its claims,
 * `undefined` if it is absent or another.
 */
export function checkStatement(
  bundle: Bundle,
  leaf: ExchangeLeaf,
  span: Span,
  registry: ProvenBasis,
  report: CheckReport,
): Claims | undefined {
  const where = "/statement";
  if (bundle.statement === undefined) return void report.skip("statement", where, "destroyed");
  const statement = readStatement(bundle.statement);
  if ("id" in statement) return void report.record("statement", where, false, { fault: statement });
  const { claims, jws, hash } = statement;
  if (!report.record("statement", where, hash.toString("base64url") === leaf.request.statement, { fault: messages.otherHash }))
    return undefined;
  checkSigner(jws, leaf.consumer, span, registry, where, report);
  const differing = Object.entries(fits).flatMap(([claim, isSame]) => (isSame(claims, leaf) ? [] : [claim]));
  if (jws.kid !== leaf.request.kid) differing.push("kid");
  report.record("claims", where, differing.length === 0, { purpose: claims.purpose, claims: differing.join(", ") });
  const lives = claims.exp > claims.iat && claims.exp - claims.iat <= maxLifetimeSeconds;
  report.record("time", where, lives && claims.exp * 1000 > span.from && claims.iat - maxAheadSeconds <= span.to / 1000);
  return claims;
}

/** By claim, whether it agrees with the leaf. */
const fits: Readonly<Record<string, (claims: Claims, leaf: ExchangeLeaf) => boolean>> = {
  iss: ({ iss }, { consumer }) => iss === consumer,
  jti: ({ jti }, { request }) => jti === request.jti,
  htm: ({ htm }, leaf) => htm === leaf.htm,
  purpose: ({ purpose }, leaf) => purpose === leaf.purpose,
  htu: (claims, leaf) => restOf(claims, leaf) !== undefined,
};

/** The part of the target after the service version, which is a path of the contract; `undefined` if the target is of another service. */
export function restOf({ aud, htu }: Claims, { service }: Pick<ExchangeLeaf, "service">): string | undefined {
  const base = `${aud}/r1/${service}`;
  if (htu === base) return "/";
  return htu.startsWith(`${base}/`) ? htu.slice(base.length) : undefined;
}
