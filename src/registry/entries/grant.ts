import type { Rate } from "../../base/rate.ts";
import type { Attribution } from "./parts.ts";

/** What a consumer may call, for which purpose, how often. `from` is inclusive, `until` exclusive. */
export interface GrantContent {
  readonly consumer: string;
  readonly service: string;
  readonly operations: readonly string[];
  readonly purpose: string;
  readonly legalBasis: string;
  readonly from: string;
  readonly until?: string;
  readonly rate: Rate;
  readonly dailyQuota: number;
  /**
   * The response fields that the purpose needs, as JSON Pointers; `*` is every item of an array, every member of a map.
   */
  readonly fields?: readonly string[];
  /** Calls a day that the consumer expects; a quota above it asks anew. */
  readonly expectedLoad?: number;
  /**
   * Where the answers hold personal data: the ground of UU 27/2022 Pasal 20 and the number of the record of processing.
   */
  readonly personalData?: { readonly ground: string; readonly processingRecord: string };
  /** The grant that this one renews or widens. */
  readonly previous?: string;
  /** The grant that takes its place, from that moment (inclusive) on: it does not come back when that one ends. */
  readonly replacedBy?: { readonly grant: string; readonly from: string };
  readonly requested?: Attribution;
  readonly coordinated?: Attribution;
  /** Who decided for the owner; a grant without it serves test members only. */
  readonly decided?: Attribution & { readonly advice?: string };
  readonly revoked?: Attribution & { readonly reason: string };
  /** By the party that suspended it, each independent of the others; the grant is suspended while any is set. */
  readonly suspensions?: Readonly<Partial<Record<GrantParty, Attribution & { readonly reason: string }>>>;
}

export type GrantParty = "consumer" | "owner" | "dinas";

/** The members that manifests say; the others come from the officers who ask, decide and suspend. */
export const grantTerms = [
  "consumer",
  "service",
  "operations",
  "purpose",
  "legalBasis",
  "from",
  "until",
  "rate",
  "dailyQuota",
  "fields",
] as const satisfies readonly (keyof GrantContent)[];

export type ManifestTerms = Pick<GrantContent, (typeof grantTerms)[number]>;
