import type { ProfileVersion, Verdict } from "../base/explanation.ts";
import type { Text } from "../base/text.ts";
import type { SignatureAlgorithm } from "../trust/algorithms.ts";

export interface Contact {
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
}

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A letter or a decree: what identifies it, and the SHA-256 of its file in lower-case hex, as `sha256sum` prints it. The file stays with the office. */
export interface Letter {
  readonly number: string;
  /** A calendar day, `2026-01-31`. */
  readonly date: string;
  readonly sha256: string;
}

/** Who did something and when: the officer's id (never a name), RFC 3339 in UTC. */
export interface Attribution {
  readonly by: string;
  readonly at: string;
}

/** What the registry holds, by kind. Moments are RFC 3339 in UTC; a digest names a document kept beside the entries. */
export interface EntryContents {
  /** `auditors`: subsystems that may read every receipt and entry of the log. */
  instance: { readonly name: string; readonly timeZone: string; readonly auditors: readonly string[]; readonly profile?: string };
  /** `test`: a test member, who may also call what is still on trial. `mandiriTik`: a PD Mandiri TIK, with the decree that says so. */
  member: {
    readonly class: string;
    readonly name: string;
    readonly contact: Contact;
    readonly test?: true;
    readonly mandiriTik?: MandiriTik;
  };
  subsystem: { readonly name: string; readonly upstream?: string };
  /** `proof` is the compact JWS by which the holder showed possession; a period without a bound is open on that side. */
  key: {
    readonly owner: string;
    readonly alg: SignatureAlgorithm;
    readonly jwk: Readonly<Record<string, string>>;
    readonly from?: string;
    readonly until?: string;
    readonly proof: string;
  };
  service: {
    readonly provider: string;
    readonly title: string;
    readonly description: string;
    readonly classification: string;
    readonly open?: { readonly purpose: string; readonly legalBasis: string; readonly rate: Rate; readonly dailyQuota: number };
    readonly limits: ServiceLimits;
    readonly validateResponses: ValidationMode;
    /** Where an operation differs from that, by its id. */
    readonly validateOperations?: Readonly<Record<string, ValidationMode>>;
    readonly receipt?: "full" | "on-request";
    readonly providerSignature?: "required" | "optional";
    readonly upstream: string;
    readonly contact?: Contact;
    /** Digest of the OpenAPI document, as JSON. */
    readonly contract: string;
  };
  /** `until` is exclusive. */
  grant: {
    readonly consumer: string;
    readonly service: string;
    readonly operations: readonly string[];
    readonly purpose: string;
    readonly legalBasis: string;
    readonly from: string;
    readonly until?: string;
    readonly rate: Rate;
    readonly dailyQuota: number;
    /** The response fields that the purpose needs, as JSON Pointers; `*` is every item of an array, every member of a map. */
    readonly fields?: readonly string[];
    /** Calls a day that the consumer expects; a quota above it asks anew. */
    readonly expectedLoad?: number;
    /** Where the answers hold personal data: the ground of UU 27/2022 Pasal 20 and the number of the record of processing. */
    readonly personalData?: { readonly ground: string; readonly processingRecord: string };
    /** The grant that this one renews or widens. */
    readonly previous?: string;
    readonly requested?: Attribution;
    readonly coordinated?: Attribution;
    /** Who decided for the owner; a grant without it serves test members only. */
    readonly decided?: Attribution & { readonly advice?: string };
    /** Three that do not know of each other; the grant rests while any is set. */
    readonly suspensions?: Readonly<Partial<Record<GrantParty, Attribution & { readonly reason: string }>>>;
  };
  revision: Revision;
  opinion: Opinion;
  evidence: ProofOfDuty;
  exemption: Exemption;
  /** Somebody who acts for a member. `position` is the office held: names stay out of the registry. */
  officer: { readonly member: string; readonly position: string; readonly roles: readonly Role[] };
  /** `hash`: base64url SHA-256 of the secret. `roles` is all that it can be used for, `until` (RFC 3339) its end. */
  token: { readonly officer: string; readonly hash: string; readonly roles: readonly Role[]; readonly until: string };
  decision: Decision;
  /** A file of `policies/`; the id is its path there. */
  policy: { readonly digest: string };
}

/** Answers that break the contract are not looked for, counted, or refused. */
export type ValidationMode = "off" | "report" | "enforce";

export interface ServiceLimits {
  readonly maxRequestBytes: number;
  readonly maxResponseBytes: number;
  readonly connectTimeoutMs: number;
  readonly responseTimeoutMs: number;
  readonly maxConnections: number;
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

export type GrantParty = "consumer" | "owner" | "dinas";

export interface MandiriTik {
  readonly decree: Letter;
  /** What shows that each criterion is met, by the profile's words. */
  readonly criteria: Readonly<Record<string, Letter>>;
  readonly recognised: Attribution;
}

/** One revision of a service version on its road; the id is `<service>/r<number>`. What it proposes is not changed once it has been applied for. */
export interface Revision {
  readonly service: string;
  readonly number: number;
  /** The revision that this one replaces. */
  readonly previous?: string;
  readonly proposal: EntryContents["service"];
  readonly dossier: Dossier;
  readonly proposed: Attribution;
  readonly applied?: Attribution;
  readonly decided?: Attribution & { readonly advice?: string; readonly planEntry?: string; readonly costAnalysis?: Letter };
  /** `from`: the state to which it may be resumed. */
  readonly suspended?: Attribution & { readonly reason: string; readonly from: EntryState };
  readonly deprecated?: Attribution & { readonly sunset: string; readonly successor: string };
}

/** What a PD lays before the Dinas. Which parts must be there is the profile's to say. */
export interface Dossier {
  /** A common application itself, a local one that does what a common one is for, or one of the PD's own. */
  readonly application?: "umum" | "sejenis-umum" | "khusus";
  readonly builder?: string;
  /** Where the provider's server stands: the region's data centre, the national one, or the PD's own with advice. */
  readonly hosting?: { readonly place: "daerah" | "nasional" | "pd"; readonly advice?: Letter };
  /** By the word that the profile's `dossier.documents` uses. */
  readonly documents?: Readonly<Record<string, Letter>>;
  readonly consent?: Attribution;
  readonly coordination?: Letter;
  /** For an application `sejenis-umum`: by the profile's words. */
  readonly umumException?: Readonly<Record<string, Letter>>;
  readonly ministerOpinion?: Letter;
  readonly externalConsent?: Letter;
  /** The decree that lists the host name, where the profile asks for one. */
  readonly domainDecree?: Letter;
  readonly trial?: Letter;
  readonly handover?: Letter;
}

export const opinionTypes = ["operasi", "keamanan", "jaringan-intra"] as const;

export type OpinionType = (typeof opinionTypes)[number];

/** A pertimbangan kelaikan, or the inspection of the intra network. One letter may carry several types. */
export interface Opinion {
  readonly types: readonly OpinionType[];
  /** `instance`, `network`, or a service version's id. */
  readonly subject: string;
  readonly authority: string;
  readonly mode: "internal" | "external";
  /** External ones always have it. */
  readonly letter?: Letter;
  readonly outcome: "diberikan" | "ditolak";
  readonly advice?: string;
  readonly conditions?: readonly string[];
  /** Calendar days in the region; `until` is exclusive. */
  readonly from: string;
  readonly until?: string;
  /** What it judged, of a service: another major version, upstream host or classification asks for a fresh one. */
  readonly judged?: { readonly version: string; readonly upstream: string; readonly classification: string };
  readonly recorded: Attribution;
  readonly confirmed?: Attribution;
  readonly revoked?: Attribution & { readonly reason: string };
}

/** What shows that a duty outside the software was met. */
export interface ProofOfDuty {
  readonly type: "splp" | "network-diagram";
  readonly documents: Readonly<Record<string, Letter>>;
  readonly recorded: Attribution;
  readonly confirmed?: Attribution;
  readonly withdrawn?: Attribution & { readonly reason: string };
}

/** A guard that does not hold for a subject until a day, because a transition rule says so. */
export interface Exemption {
  readonly guard: string;
  readonly subject: string;
  readonly cite: string;
  readonly until: string;
  readonly letter: Letter;
  readonly recorded: Attribution;
  readonly confirmed?: Attribution;
}

/** How one guard judged. */
export interface Judgement {
  readonly guard: string;
  readonly verdict: Verdict;
  /** The profile's key on which the guard acts, its pasal, and the regulation or rule. */
  readonly key?: string;
  readonly cite: string | null;
  readonly basis: string;
  readonly detail: Text;
  /** What to do about it. */
  readonly remedy?: Text;
}

/** One act of an officer, with all it rested on; never changed afterwards. The id is a UUIDv7. */
export interface Decision {
  readonly action: string;
  /** `revision ID-16.03/…/r1`. */
  readonly subject: string;
  readonly from?: string;
  readonly to: string;
  readonly by: string;
  readonly roles: readonly Role[];
  readonly at: string;
  readonly profile: ProfileVersion;
  readonly judgements: readonly Judgement[];
  /** SHA-256, hex, of the documents that were named. */
  readonly documents: readonly string[];
  readonly note?: string;
  /** So that the same request under the same idempotency key is carried out once: key and digest of what was asked, hashed. */
  readonly request?: { readonly key: string; readonly digest: string };
}

export type EntryKind = keyof EntryContents;

/** Words of all lives; which kind has which is said in `policy/state-machines.ts` and, for what manifests bring, in `entryKinds`. */
export type EntryState =
  | "persiapan"
  | "produksi"
  | "draft"
  | "applied"
  | "rejected"
  | "approved"
  | "trial"
  | "active"
  | "suspended"
  | "deprecated"
  | "retired"
  | "recorded"
  | "confirmed"
  | "refused"
  | "withdrawn"
  | "revoked"
  | "requested"
  | "coordinated"
  | "removed"
  | "final";

export type Entry<Kind extends EntryKind = EntryKind> = {
  [K in Kind]: { readonly kind: K; readonly id: string; readonly state: EntryState; readonly content: EntryContents[K] };
}[Kind];

/**
 * Kinds in the order in which plans and trees list them, with the state of what is gone from the manifests; those without one never come from
 * manifests. What grows with every act stands at the end, so that the tree grows at its edge.
 */
export const entryKinds: Readonly<Record<EntryKind, { readonly gone?: EntryState }>> = {
  instance: { gone: "retired" },
  member: { gone: "retired" },
  subsystem: { gone: "retired" },
  key: { gone: "revoked" },
  service: { gone: "retired" },
  grant: { gone: "revoked" },
  revision: {},
  opinion: {},
  evidence: {},
  exemption: {},
  officer: {},
  token: {},
  decision: {},
  policy: { gone: "retired" },
};

const rank = new Map(Object.keys(entryKinds).map((kind, index) => [kind, index]));

/** By kind, then by id as bytes: the order of the leaves under `basis.registry`. */
export function compareEntries(a: Pick<Entry, "kind" | "id">, b: Pick<Entry, "kind" | "id">): number {
  return rank.get(a.kind)! - rank.get(b.kind)! || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** What manifests and policies together say the registry should hold. */
export interface Desired {
  readonly entries: readonly Entry[];
  /** By base64url SHA-256. */
  readonly documents: ReadonlyMap<string, Buffer>;
}
