import { isObject } from "../../base/is-object.ts";
import { decodeBase64url } from "../../base/bytes.ts";
import { importPublicJwk } from "../../trust/public-jwk.ts";
import { parseJson } from "../../contract/json.ts";
import type { EntryContents } from "../entry.ts";
import { jwkMembers, signatureAlgorithms, type SignatureAlgorithm } from "../../trust/algorithms.ts";
import { thumbprint } from "../../trust/sign.ts";
import { faultAt, type ManifestFault, type SourcePlace } from "../../source/fault.ts";

const allowed = Object.values(signatureAlgorithms)
  .map(({ alg, jwk }) => `${alg} – ${Object.values(jwk).join(" ")}`)
  .join(", ");

const privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

type Members = Readonly<Record<string, unknown>>;

/** A key whose holder has proved possession of the private part. */
export interface ProvenKey {
  readonly kid: string;
  readonly content: EntryContents["key"];
}

const asObject = (value: unknown): Members | undefined => (isObject(value) ? value : undefined);

function decodeMembers(part: string | undefined): Members | undefined {
  const bytes = part === undefined ? undefined : decodeBase64url(part);
  const parsed = bytes === undefined ? undefined : parseJson(bytes);
  return parsed !== undefined && "value" in parsed ? asObject(parsed.value) : undefined;
}

const onlyHas = (object: Members, names: readonly string[]): boolean => Object.keys(object).every((name) => names.includes(name));
const isSeconds = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 10_000_000_000;
const moment = (seconds: unknown): string | undefined => (isSeconds(seconds) ? new Date(seconds * 1000).toISOString() : undefined);

/** The subsystem that a proof of possession names, unverified; `undefined` where it names none. */
export function ownerNamedIn(proof: string): string | undefined {
  const iss = decodeMembers(proof.split(".")[1])?.["iss"];
  return typeof iss === "string" ? iss : undefined;
}

/**
 * Reads `keys/NAME.jwt`: a compact JWS by the key itself over the subsystem that registers it (header exactly alg, typ,
 * jwk; claims iss, aud, iat and optionally from, until). A key that cannot be signed with cannot be registered, so no
 * subsystem can register the key of another.
 */
export function readKeyProof(
  text: string,
  expected: { readonly owner: string; readonly instance: string },
  place: SourcePlace,
): ProvenKey | ManifestFault {
  const malformed = (reason: string): ManifestFault => faultAt(place, "key-malformed", reason);
  const proof = text.replace(/\r?\n$/, "");
  const parts = proof.split(".");
  const header = decodeMembers(parts[0]);
  const claims = decodeMembers(parts[1]);
  const signature = parts.length === 3 ? decodeBase64url(parts[2]!) : undefined;
  if (header === undefined || claims === undefined || signature === undefined)
    return malformed("base64url(header).base64url(claims).base64url(signature)");
  const alg = header["alg"] as SignatureAlgorithm;
  const jwk = asObject(header["jwk"]);
  if (header["typ"] !== "spl-key+jwt" || jwk === undefined || !onlyHas(header, ["alg", "typ", "jwk"]))
    return malformed('header {"alg", "typ": "spl-key+jwt", "jwk"}');
  if (privateMembers.some((name) => name in jwk)) return faultAt(place, "key-private");
  if (typeof alg !== "string" || !Object.hasOwn(signatureAlgorithms, alg)) return faultAt(place, "key-algorithm", allowed);
  const key = importPublicJwk(alg, jwk);
  if (key === "algorithm") return faultAt(place, "key-algorithm", allowed);
  if (key === "weak") return faultAt(place, "key-weak");
  if (key === "malformed") return malformed(`jwk {${jwkMembers[signatureAlgorithms[alg].jwk.kty].join(", ")}}`);

  const { iss, aud, iat, from, until } = claims;
  if (!onlyHas(claims, ["iss", "aud", "iat", "from", "until"]) || !isSeconds(iat))
    return malformed('claims {"iss", "aud", "iat", "from"?, "until"?}');
  if ((from !== undefined && !isSeconds(from)) || (until !== undefined && !isSeconds(until))) return malformed("from, until: seconds");
  if (from !== undefined && until !== undefined && from >= until) return faultAt(place, "period-empty");
  if (iss !== expected.owner) return faultAt(place, "key-owner", expected.owner);
  if (aud !== expected.instance) return faultAt(place, "key-audience", expected.instance);
  if (!signatureAlgorithms[alg].verify(Buffer.from(`${parts[0]}.${parts[1]}`), key, signature)) return faultAt(place, "key-signature");
  const [validFrom, validUntil] = [moment(from), moment(until)];
  return {
    kid: thumbprint(key),
    content: {
      owner: expected.owner,
      alg,
      jwk: jwk as Readonly<Record<string, string>>,
      ...(validFrom === undefined ? {} : { from: validFrom }),
      ...(validUntil === undefined ? {} : { until: validUntil }),
      proof,
    },
  };
}
