import type { Attribution, Letter } from "./parts.ts";

/** Documents that show that a duty outside the software was met. */
export interface ProofOfDuty {
  readonly type: "splp" | "network-diagram";
  readonly documents: Readonly<Record<string, Letter>>;
  readonly recorded: Attribution;
  readonly confirmed?: Attribution;
  readonly withdrawn?: Attribution & { readonly reason: string };
}

/** A guard that does not apply to a subject until a day, under a transition rule. */
export interface Exemption {
  readonly guard: string;
  readonly subject: string;
  readonly cite: string;
  readonly until: string;
  readonly letter: Letter;
  readonly recorded: Attribution;
  readonly confirmed?: Attribution;
}
