import type { Entry } from "../../registry/entry.ts";
import { movedBeside } from "../../registry/move-upstream.ts";
import { isOutside } from "../../registry/upstream.ts";
import type { Context, Input } from "../context.ts";
import { withServingDossier } from "../dossier-parts.ts";
import { inProduction } from "../instance-of.ts";
import { isRevisionInForce } from "../revisions.ts";
import { guardOf, met, unmet, type Guard, type GuardFinding } from "./guard.ts";
import { revisionGuards } from "./revision-guards.ts";
import { messages } from "./subsystem-messages.ts";

const guard = guardOf("subsystem");

const addressesOf = ({ registry }: Context, { id }: Entry<"subsystem">, input: Input): { readonly from: string; readonly to: string } => ({
  from: (input["from"] as string | undefined) ?? registry.get("subsystem", id)?.content.upstream ?? "",
  to: input["upstream"] as string,
});

/** The conditions on a subsystem's move to another address. */
export const subsystemGuards = {
  "upstream-network": guard((context, subsystem, input) => {
    const { from, to } = addressesOf(context, subsystem, input);
    const { upstreamNetworks } = context;
    if (upstreamNetworks === undefined || !isOutside(to, upstreamNetworks)) return met(messages.movesInside(from, to));
    return unmet(messages.outsideNetworks(to, upstreamNetworks.join(", ")), messages.chooseInside);
  }),

  /** What the regulation asks of a host, and the opinions that are about one, are asked of what is in force. */
  "moved-services": guard(
    (context, subsystem, input) => {
      const { from, to } = addressesOf(context, subsystem, input);
      const moved = movedBeside(context.registry.of("revision"), { subsystem: subsystem.id, from, to });
      const names = inProduction(context.registry) ? (["host-name", "opinions"] as const) : (["host-name"] as const);
      for (const revision of moved) {
        if (revision.kind !== "revision" || !isRevisionInForce(revision)) continue;
        for (const name of names) {
          const found: GuardFinding = revisionGuards[name].evaluate(context, withServingDossier(context, revision), {});
          if (found.verdict === "unmet") return { ...found, detail: messages.ofService(revision.content.service, found.detail) };
        }
      }
      return met(messages.decisionsGoOn);
    },
    "hosting.hostSuffixes",
    "hosting.hostRule",
    "approvals.spl.operasi.authority",
    "approvals.spl.keamanan.authority",
  ),
} as const satisfies Record<string, Guard<"subsystem">>;
