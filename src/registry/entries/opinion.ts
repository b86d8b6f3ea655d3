import type { Attribution, Letter } from "./parts.ts";

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
