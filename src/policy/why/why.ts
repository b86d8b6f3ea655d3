import { Refusal } from "../refusal.ts";
import { whyExchange } from "./why-exchange.ts";
import { whyGrant } from "./why-grant.ts";
import { whyInstance } from "./why-instance.ts";
import { whyOpinion } from "./why-opinion.ts";
import { whyService } from "./why-service.ts";
import type { WhyView } from "./why-steps.ts";
import type { Explanation } from "../../base/explanation.ts";

const explain = { exchange: whyExchange, service: whyService, grant: whyGrant, opinion: whyOpinion, instance: whyInstance } as const;

/** The kinds of subject that can be explained. */
export const whyKinds = Object.keys(explain) as readonly (keyof typeof explain)[];

/**
 * The decision trace: which rule and pasal, which documents by digest, who decided, when, under which version of the profile; for
 * what was refused, what would change it. Rejects with the `Refusal` `not-found` for an unknown kind or id.
 */
export async function why(view: WhyView, kind: string, id: string): Promise<Explanation> {
  if (!Object.hasOwn(explain, kind)) throw new Refusal("not-found");
  return explain[kind as keyof typeof explain](view, id);
}
