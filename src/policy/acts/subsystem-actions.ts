import { memberOf } from "../../base/names.ts";
import { isEnded, type Entry, type ServiceContent } from "../../registry/entry.ts";
import { addressesOf, movedBeside, readdressed } from "../../registry/move-upstream.ts";
import { Refusal } from "../refusal.ts";
import type { RegistryView } from "../context.ts";
import type { ActionRow } from "./action.ts";
import { objectSchema } from "./input-schemas.ts";
import { messages } from "./subsystem-messages.ts";

const address = { type: "string", pattern: "^https?://[^\\s/?#@]+$", maxLength: 200, description: "http://10.1.2.4:8080" } as const;

/** The services and revisions of a registry. */
function* servicesIn(registry: RegistryView): Iterable<Entry> {
  yield* registry.of("service");
  yield* registry.of("revision");
}

/** An act on one address, for officers of the owner, registrars and operators. */
const ofOneAddress = {
  kind: "subsystem",
  from: ["active"],
  to: "same",
  guards: [],
  party: ({ actor }, entry) => (actor.roles.has("registrar") || actor.roles.has("operator") ? undefined : memberOf(entry!.id)),
  input: objectSchema({ upstream: address }, ["upstream"]),
} as const satisfies Partial<ActionRow<"subsystem">>;

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
      const moved = movedBeside(servicesIn(registry), { subsystem, from, to });
      const isOwn = addressesOf(content).includes(from);
      const there = [readdressed(content, { from, to }), ...moved.map(contentOf)].map(addressesOf);
      if (from === to || there.some((addresses) => new Set(addresses).size < addresses.length))
        throw new Refusal("rule-broken", messages.thereAlready(to));
      if (moved.length === 0 && !isOwn) throw new Refusal("rule-broken", messages.nothingThere(subsystem, from));
      return [isOwn ? { ...entry!, content: readdressed(content, { from, to }) } : entry!, ...moved];
    },
  },
  {
    name: "subsystem.drain",
    ...ofOneAddress,
    transition({ registry }, entry, input) {
      const { id: subsystem, content } = entry!;
      const { upstream } = input as { readonly upstream: string };
      const drained = content.drained ?? [];
      if (drained.includes(upstream)) throw new Refusal("rule-broken", messages.drainedAlready(upstream));
      const there = servicesAt(registry, subsystem, upstream);
      if (there.length === 0 && !addressesOf(content).includes(upstream))
        throw new Refusal("rule-broken", messages.nothingThere(subsystem, upstream));
      const last = there.find((service) => addressesOf(service.content).every((one) => one === upstream || drained.includes(one)));
      if (last !== undefined) throw new Refusal("rule-broken", messages.lastAddress(last.id, upstream));
      return [{ ...entry!, content: { ...content, drained: [...drained, upstream].sort() } }];
    },
  },
  {
    name: "subsystem.resume",
    ...ofOneAddress,
    transition(_, entry, input) {
      const { drained = [], ...content } = entry!.content;
      const { upstream } = input as { readonly upstream: string };
      if (!drained.includes(upstream)) throw new Refusal("rule-broken", messages.notDrained(upstream, drained.join(", ") || "–"));
      const left = drained.filter((one) => one !== upstream);
      return [{ ...entry!, content: { ...content, ...(left.length === 0 ? {} : { drained: left }) } }];
    },
  },
];

const contentOf = (entry: Entry<"service"> | Entry<"revision">): ServiceContent =>
  entry.kind === "service" ? entry.content : entry.content.proposal;

const servicesAt = (registry: RegistryView, subsystem: string, address: string): readonly Entry<"service">[] =>
  Array.from(registry.of("service")).filter(
    (service) => !isEnded(service) && service.content.provider === subsystem && addressesOf(service.content).includes(address),
  );
