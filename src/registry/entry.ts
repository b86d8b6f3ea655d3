import type { SignatureAlgorithm } from "./snapshot.ts";

export interface Contact {
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
}

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** What the registry holds, by kind. Moments are RFC 3339 in UTC; a digest names a document kept beside the entries. */
export interface EntryContents {
  /** `auditors`: subsystems that may read every receipt and entry of the log. */
  instance: { readonly name: string; readonly timeZone: string; readonly auditors: readonly string[] };
  member: { readonly class: string; readonly name: string; readonly contact: Contact };
  subsystem: { readonly name: string; readonly upstream?: string };
  /** `proof` is the compact JWS by which the holder showed possession; a period without a bound is open on that side. */
  key: { readonly owner: string; readonly alg: SignatureAlgorithm; readonly jwk: Readonly<Record<string, string>>; readonly from?: string; readonly until?: string; readonly proof: string };
  service: {
    readonly provider: string;
    readonly title: string;
    readonly description: string;
    readonly classification: string;
    readonly open?: { readonly purpose: string; readonly legalBasis: string; readonly rate: Rate; readonly dailyQuota: number };
    readonly limits: ServiceLimits;
    readonly validateResponses: "off" | "report" | "enforce";
    readonly receipt?: "full" | "on-request";
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
  };
  /** A file of `policies/`; the id is its path there. */
  policy: { readonly digest: string };
}

export interface ServiceLimits {
  readonly maxRequestBytes: number;
  readonly maxResponseBytes: number;
  readonly connectTimeoutMs: number;
  readonly responseTimeoutMs: number;
  readonly maxConnections: number;
}

export type EntryKind = keyof EntryContents;
export type EntryState = "active" | "suspended" | "retired" | "revoked";

export type Entry<Kind extends EntryKind = EntryKind> = {
  [K in Kind]: { readonly kind: K; readonly id: string; readonly state: EntryState; readonly content: EntryContents[K] };
}[Kind];

/** Kinds in the order in which plans and trees list them, with the state of what is gone from the manifests. */
export const entryKinds: Readonly<Record<EntryKind, { readonly gone: EntryState }>> = {
  instance: { gone: "retired" },
  member: { gone: "retired" },
  subsystem: { gone: "retired" },
  key: { gone: "revoked" },
  service: { gone: "retired" },
  grant: { gone: "revoked" },
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
