import type { Attribution, EntryState, Letter } from "./parts.ts";
import type { ServiceContent } from "./service.ts";

/**
 * One revision of a service version, from draft to end; its id is `<service>/r<number>`. The proposal does not change
 * once it has been applied for.
 */
export interface Revision {
  readonly service: string;
  readonly number: number;
  /** The revision that this one replaces. */
  readonly previous?: string;
  readonly proposal: ServiceContent;
  readonly dossier: Dossier;
  /** The parts of the dossier that were taken over, by name (`documents.…`), each with the revision for which it was made. */
  readonly inherited?: Readonly<Record<string, string>>;
  readonly proposed: Attribution;
  readonly applied?: Attribution;
  readonly decided?: Attribution & { readonly advice?: string; readonly planEntry?: string; readonly costAnalysis?: Letter };
  /** `from`: the state to which it may be resumed. */
  readonly suspended?: Attribution & { readonly reason: string; readonly from: EntryState };
  readonly deprecated?: Attribution & { readonly sunset: string; readonly successor: string };
  readonly correction?: Correction;
}

/**
 * That the contract in force is wrong: this revision may break its consumers, who agree first. `from` is the calendar day on which it
 * holds at the earliest; `agreed` is by member.
 */
export interface Correction extends Attribution {
  readonly reason: string;
  readonly from: string;
  readonly agreed: Readonly<Record<string, Attribution>>;
}

/** What a PD submits to the Dinas. The profile says which parts are required. */
export interface Dossier {
  /** A common application itself, a local one that does what a common one is for, or one of the PD's own. */
  readonly application?: "umum" | "sejenis-umum" | "khusus";
  readonly builder?: string;
  /**
   * Where the provider's server is: in the region's data centre, in the national one, or with the PD itself on advice.
   */
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
