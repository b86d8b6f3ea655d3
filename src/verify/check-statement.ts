import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { maxAheadSeconds, maxLifetimeSeconds, readStatement, type Claims } from "../trust/statement.ts";
import type { Bundle } from "./bundle.ts";
import type { ProvenBasis } from "./check-basis.ts";
import { checkSigner, type Span } from "./check-key.ts";
import type { CheckReport } from "./check-report.ts";

/** What the consumer signed is what the leaf records, by a key that it could use then. `undefined` where the statement is not there or is another. */
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
  if (!report.record("statement", where, hash.toString("base64url") === leaf.request.statement, { fault: otherHash })) return undefined;
  checkSigner(jws, leaf.consumer, span, registry, where, report);
  const differing = Object.entries(fits).flatMap(([claim, isSame]) => (isSame(claims, leaf) ? [] : [claim]));
  if (jws.kid !== leaf.request.kid) differing.push("kid");
  report.record("claims", where, differing.length === 0, { purpose: claims.purpose, claims: differing.join(", ") });
  const lives = claims.exp > claims.iat && claims.exp - claims.iat <= maxLifetimeSeconds;
  report.record("time", where, lives && claims.exp * 1000 > span.from && claims.iat - maxAheadSeconds <= span.to / 1000);
  return claims;
}

const otherHash = { id: "sidiknya lain", en: "its hash is another" };

/** What a claim has to do with the leaf. */
const fits: Readonly<Record<string, (claims: Claims, leaf: ExchangeLeaf) => boolean>> = {
  iss: ({ iss }, { consumer }) => iss === consumer,
  jti: ({ jti }, { request }) => jti === request.jti,
  htm: ({ htm }, leaf) => htm === leaf.htm,
  purpose: ({ purpose }, leaf) => purpose === leaf.purpose,
  htu: (claims, leaf) => restOf(claims, leaf) !== undefined,
};

/** The path after the service version, as the contract declares it; `undefined` if the target is of another service. */
export function restOf({ aud, htu }: Claims, { service }: Pick<ExchangeLeaf, "service">): string | undefined {
  const base = `${aud}/r1/${service}`;
  if (htu === base) return "/";
  return htu.startsWith(`${base}/`) ? htu.slice(base.length) : undefined;
}
