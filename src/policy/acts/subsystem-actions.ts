import { memberOf } from "../../base/names.ts";
import type { Entry } from "../../registry/entry.ts";
import { movedBeside } from "../../registry/move-upstream.ts";
import { Refusal } from "../refusal.ts";
import type { RegistryView } from "../context.ts";
import type { ActionRow } from "./action.ts";
import { objectSchema } from "./input-schemas.ts";
import { messages } from "./messages.ts";

const address = { type: "string", pattern: "^https?://[^\\s/?#@]+$", maxLength: 200, description: "http://10.1.2.4:8080" } as const;

/** The services and revisions of a registry. */
function* servicesIn(registry: RegistryView): Iterable<Entry> {
  yield* registry.of("service");
  yield* registry.of("revision");
}

/** What officers do with a subsystem: its application moves to another address, and what is served goes on under the same decisions. */
export const subsystemActions: readonly ActionRow<"subsystem">[] = [
  {
    name: "subsystem.move",
    kind: "subsystem",
    from: ["active"],
    to: "same",
    guards: ["upstream-network", "moved-services"],
    party: ({ actor }, entry) => (actor.roles.has("registrar") ? undefined : memberOf(entry!.id)),
    input: objectSchema({ upstream: address, from: address }, ["upstream"]),
    transition({ registry }, entry, input) {
      const { id: subsystem, content } = entry!;
      const { upstream: to, from = content.upstream } = input as { readonly upstream: string; readonly from?: string };
      const origin = URL.canParse(to) ? new URL(to).origin : "http://host:port";
      if (origin !== to) throw new Refusal("rule-broken", messages.originOnly(origin));
      if (from === undefined) throw new Refusal("rule-broken", messages.nameFormerAddress);
      if (from === to) throw new Refusal("rule-broken", messages.thereAlready(to));
      const moved = movedBeside(servicesIn(registry), { subsystem, from, to });
      const isDefault = content.upstream === from;
      if (moved.length === 0 && !isDefault) throw new Refusal("rule-broken", messages.nothingThere(subsystem, from));
      return [isDefault ? { ...entry!, content: { ...content, upstream: to } } : entry!, ...moved];
    },
  },
];
