import type { Attribution, Letter } from "./parts.ts";

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
