import { dayMs } from "../../base/time.ts";
import type { Entry, EntryContents, GrantParty } from "../../registry/entry.ts";
import { attributionNow, type ActionRow } from "./action.ts";
import type { Context, Input } from "../context.ts";
import { memberOf } from "../../base/names.ts";
import { endOfDay, startOfDay } from "../calendar.ts";
import { day, lastDay, nothing, objectSchema, rate, reason, serviceId, slug, subsystemId, textSchema } from "./input-schemas.ts";
import { endOfGrant, replacementOf } from "../../registry/grant-succession.ts";
import { laterThan, leftBy, refuseReplaced, renewalId, replacedBy } from "./grant-succession.ts";
import { instanceOf } from "../instance-of.ts";
import { answerTo } from "../profile/profile.ts";
import { Refusal } from "../refusal.ts";
import { messages } from "./messages.ts";

type GrantEntry = Entry<"grant">;
type Grant = EntryContents["grant"];

const asked = {
  id: slug,
  consumer: subsystemId,
  service: serviceId,
  operations: { type: "array", items: { type: "string", minLength: 1, maxLength: 100 }, minItems: 1, maxItems: 200, uniqueItems: true },
  purpose: slug,
  legalBasis: textSchema,
  from: day,
  until: lastDay,
  rate,
  dailyQuota: { type: "integer", minimum: 1, maximum: 1_000_000_000 },
  expectedLoad: { type: "integer", minimum: 1, maximum: 1_000_000_000, description: "calls a day" },
  fields: { type: "array", items: { type: "string", pattern: "^(?:/[^/]{1,100})+$" }, maxItems: 500, uniqueItems: true },
  personalData: objectSchema({ ground: textSchema, processingRecord: textSchema }, ["ground", "processingRecord"]),
} as const;

/** A grant without fields is for whole answers. Renewing one that has fields widens it to that only if the consumer says so. */
const answers = { enum: ["whole"], description: "whole answers instead of the fields of the grant before" } as const;

const requestGuards = ["grant-single", "grant-within-service", "grant-period", "grant-load", "personal-data"] as const;

const consumer = (_: Context, entry: GrantEntry | undefined, input: Input): string =>
  memberOf(entry?.content.consumer ?? (input["consumer"] as string));
const owner = (_: Context, entry: GrantEntry | undefined): string => memberOf(entry!.content.service);
const ownerOrRegistrar = (context: Context, entry: GrantEntry | undefined): string | undefined =>
  context.actor.roles.has("registrar") ? undefined : owner(context, entry);
const change = (entry: GrantEntry, state: GrantEntry["state"], content: Partial<Grant> = {}): GrantEntry => ({
  ...entry,
  state,
  content: { ...entry.content, ...content },
});

/** Days are those of the region. The period begins with the first instant of `from` and ends with the last one of `until`. */
const periodOf = ({ registry }: Context, from: string, until: string): Pick<Grant, "from" | "until"> => {
  const { timeZone } = instanceOf(registry).content;
  return {
    from: new Date(startOfDay(from, timeZone)).toISOString(),
    until: new Date(endOfDay(until, timeZone)).toISOString(),
  };
};

function request(context: Context, input: Input, previous?: string): GrantEntry {
  const { id, from, until, ...rest } = input as unknown as Omit<Grant, "from" | "until"> & { id: string; from: string; until: string };
  if (context.registry.get("grant", id) !== undefined) throw new Refusal("already-exists", messages.grantExists(id));
  if (until < from) throw new Refusal("rule-broken", messages.periodEndsBeforeBegin);
  if (until < context.today) throw new Refusal("rule-broken", messages.periodPassed);
  if (context.registry.get("subsystem", rest.consumer)?.state !== "active")
    throw new Refusal("not-found", messages.subsystemUnknown(rest.consumer));
  return {
    kind: "grant",
    id,
    state: "requested",
    content: {
      ...rest,
      ...periodOf(context, from, until),
      ...(previous === undefined ? {} : { previous }),
      requested: attributionNow(context),
    },
  };
}

/** The party for which an officer suspends or resumes: the Dinas, the owner or the consumer. */
function partyOf({ actor }: Context, { content }: GrantEntry): GrantParty {
  if (actor.roles.has("registrar")) return "dinas";
  if (actor.roles.has("service-owner") && actor.member === memberOf(content.service)) return "owner";
  if (actor.member === memberOf(content.consumer)) return "consumer";
  throw new Refusal("not-your-member");
}

/** Izin akses: a consumer asks, the Dinas coordinates where the profile requires it, the owner decides. */
export const grantActions: readonly ActionRow<"grant">[] = [
  {
    name: "grant.request",
    kind: "grant",
    from: "new",
    to: ["requested"],
    guards: requestGuards,
    party: consumer,
    input: objectSchema(asked, [
      "id",
      "consumer",
      "service",
      "operations",
      "purpose",
      "legalBasis",
      "from",
      "until",
      "rate",
      "dailyQuota",
      "expectedLoad",
    ]),
    transition: (context, _, input) => [request(context, input)],
  },
  {
    name: "grant.renew",
    kind: "grant",
    from: ["active"],
    to: ["requested"],
    guards: requestGuards,
    party: consumer,
    key: "grants.renewalNoticeDays",
    input: objectSchema(
      {
        id: { ...slug, description: "id of the new grant; without it the id of the grant before and a number" },
        from: day,
        until: lastDay,
        rate,
        dailyQuota: asked.dailyQuota,
        expectedLoad: asked.expectedLoad,
        operations: asked.operations,
        fields: asked.fields,
        answers,
      },
      ["from", "until"],
    ),
    transition(context, entry, { answers: whole, ...input }) {
      const { content, id } = entry!;
      refuseReplaced(context, entry!);
      if (endOfGrant(context.registry, entry!) <= context.now) throw new Refusal("rule-broken", messages.grantRanOut);
      if (whole !== undefined && input["fields"] !== undefined) throw new Refusal("rule-broken", messages.fieldsOrWholeAnswers);
      const { consumer: who, service, operations, purpose, legalBasis, rate: pace, dailyQuota, expectedLoad, personalData } = content;
      const fields = whole === undefined ? content.fields : undefined;
      const kept = {
        id: renewalId(context.registry, id),
        consumer: who,
        service,
        operations,
        purpose,
        legalBasis,
        rate: pace,
        dailyQuota,
        expectedLoad: expectedLoad ?? dailyQuota,
        ...(fields === undefined ? {} : { fields }),
        ...(personalData === undefined ? {} : { personalData }),
      };
      return [request(context, { ...kept, ...input }, id)];
    },
  },
  {
    name: "grant.withdraw",
    kind: "grant",
    from: ["requested", "coordinated"],
    to: ["withdrawn"],
    guards: [],
    party: consumer,
    input: nothing,
    transition: (_, entry) => [change(entry!, "withdrawn")],
  },
  {
    name: "grant.coordinate",
    kind: "grant",
    from: ["requested"],
    to: ["coordinated"],
    guards: [],
    key: "grants.coordination",
    input: nothing,
    decidesOn: ({ content }) => [content.requested],
    transition: (context, entry) => [change(entry!, "coordinated", { coordinated: attributionNow(context) })],
  },
  {
    name: "grant.allow",
    kind: "grant",
    from: ["requested", "coordinated"],
    to: ["active"],
    guards: [...requestGuards, "grant-connection", "grant-coordination", "grant-outsider"],
    party: owner,
    input: nothing,
    decidesOn: ({ content }) => [content.requested],
    transition(context, entry) {
      const allowed = change(entry!, "active", { decided: attributionNow(context) });
      return [allowed, ...replacedBy(context, allowed)];
    },
  },
  {
    name: "grant.refuse",
    kind: "grant",
    from: ["requested", "coordinated"],
    to: ["refused"],
    guards: ["share-first"],
    party: ownerOrRegistrar,
    input: objectSchema({ advice: textSchema }, ["advice"]),
    decidesOn: ({ content }) => [content.requested],
    transition: (context, entry, input) => [
      change(entry!, "refused", { decided: { ...attributionNow(context), advice: input["advice"] as string } }),
    ],
  },
  {
    name: "grant.suspend",
    kind: "grant",
    from: ["active", "suspended"],
    to: ["suspended"],
    guards: [],
    input: reason,
    transition(context, entry, input) {
      const party = partyOf(context, entry!);
      refuseReplaced(context, entry!);
      if (entry!.content.suspensions?.[party] !== undefined) throw new Refusal("rule-broken", messages.alreadySuspended);
      const suspension = { ...attributionNow(context), reason: input["reason"] as string };
      const suspended = (grant: GrantEntry): GrantEntry =>
        change(grant, "suspended", {
          suspensions: { ...grant.content.suspensions, [party]: grant.content.suspensions?.[party] ?? suspension },
        });
      return [suspended(entry!), ...laterThan(context.registry, entry!).map(suspended)];
    },
  },
  {
    name: "grant.resume",
    kind: "grant",
    from: ["suspended"],
    to: ["active", "suspended"],
    guards: [],
    input: nothing,
    transition(context, entry) {
      const party = partyOf(context, entry!);
      refuseReplaced(context, entry!);
      if (entry!.content.suspensions?.[party] === undefined) throw new Refusal("rule-broken", messages.notSuspended);
      const resumed = (grant: GrantEntry): GrantEntry => {
        const { [party]: _, ...others } = grant.content.suspensions ?? {};
        return change(grant, Object.keys(others).length === 0 ? "active" : "suspended", { suspensions: others });
      };
      return [resumed(entry!), ...laterThan(context.registry, entry!).map(resumed)];
    },
  },
  {
    name: "grant.revoke",
    kind: "grant",
    from: ["active", "suspended"],
    to: ["revoked"],
    guards: [],
    party: ownerOrRegistrar,
    input: reason,
    transition(context, entry, input) {
      refuseReplaced(context, entry!);
      const revoked = (grant: GrantEntry): GrantEntry =>
        change(grant, "revoked", { revoked: { ...attributionNow(context), reason: input["reason"] as string } });
      return [revoked(entry!), ...laterThan(context.registry, entry!).map(revoked), ...leftBy(context, entry!)];
    },
  },
];

/** Whether a grant nears its end, so that its consumer is reminded to renew it. */
export function nearsItsEnd({ registry, profile, now }: Pick<Context, "registry" | "profile" | "now">, grant: GrantEntry): boolean {
  const days = answerTo(profile, "grants.renewalNoticeDays").value ?? 0;
  if (grant.state !== "active" || replacementOf(registry, grant) !== undefined) return false;
  return endOfGrant(registry, grant) - now <= days * dayMs;
}
