import type { SignatureAlgorithm } from "../../trust/algorithms.ts";
import type { Attribution, Contact, Letter } from "./parts.ts";
import type { Replica } from "./service.ts";

/** `auditors`: subsystems that may read every receipt and entry of the log. */
export interface InstanceContent {
  readonly name: string;
  readonly timeZone: string;
  readonly auditors: readonly string[];
  readonly profile?: string;
}

/**
 * `test`: a test member, which may also call what is still on trial. `mandiriTik`: a PD Mandiri TIK, with the decree
 * that recognises it.
 */
export interface MemberContent {
  readonly class: string;
  readonly name: string;
  readonly contact: Contact;
  readonly test?: true;
  readonly mandiriTik?: MandiriTik;
}

export interface MandiriTik {
  readonly decree: Letter;
  /** What shows that each criterion is met, by the profile's words. */
  readonly criteria: Readonly<Record<string, Letter>>;
  readonly recognised: Attribution;
}

export interface SubsystemContent {
  readonly name: string;
  readonly upstream?: string;
  /** Further addresses of that application. */
  readonly replicas?: readonly Replica[];
  /** Addresses to which an officer lets no request go. */
  readonly drained?: readonly string[];
}

/** `proof` is the compact JWS by which the holder showed possession; a period without a bound is open on that side. */
export interface KeyContent {
  readonly owner: string;
  readonly alg: SignatureAlgorithm;
  readonly jwk: Readonly<Record<string, string>>;
  readonly from?: string;
  readonly until?: string;
  readonly proof: string;
  /** The officer who registered it over the control API. No manifest ends such a key. */
  readonly registered?: Attribution;
  /** Who applied the manifest that proposed it, in production. */
  readonly proposed?: Attribution;
  /** The officer who approved or refused it. */
  readonly decided?: Attribution & { readonly advice?: string };
  /** An officer's revocation. A key that is gone from the manifests is revoked without one. */
  readonly revoked?: KeyRevocation;
}

export const revocationReasons = ["stolen", "lost", "superseded", "holder-left", "weak-algorithm"] as const;

export type RevocationReason = (typeof revocationReasons)[number];

/** `since` (RFC 3339 in UTC): from when on others may have signed with the key. */
export interface KeyRevocation extends Attribution {
  readonly reason: RevocationReason;
  readonly since?: string;
}

export const roles = [
  "pd-officer",
  "service-owner",
  "registrar",
  "operation-verifier",
  "security-verifier",
  "auditor",
  "operator",
  "administrator",
] as const;

export type Role = (typeof roles)[number];
