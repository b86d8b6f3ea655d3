import { dayMs } from "../../base/time.ts";
import { memberOf } from "../../base/names.ts";
import type { Text } from "../../base/text.ts";
import type { Entry, EntryKind, Role } from "../../registry/entry.ts";
import { replacementOf } from "../../registry/grant-succession.ts";
import { permissions } from "../acts/permissions.ts";
import { addDays, addMonths, dayIn, startOfDay } from "../calendar.ts";
import { consumingMembers } from "../consumers.ts";
import type { RegistryView } from "../context.ts";
import { instanceOf } from "../instance-of.ts";
import { answerTo, type Profile } from "../profile/profile.ts";
import { endOf, isHolding, lastDayOf } from "./end-of.ts";
import { messages } from "./messages.ts";

export const dueKinds = ["grant", "key", "opinion", "token", "exemption", "sunset", "correction"] as const;

export type DueKind = (typeof dueKinds)[number];

/** The warnings, in days before the end; alerts and lists count by them. */
export const dueSteps = [7, 30, 90] as const;

/** For how many days what has ended is still listed. A sunset is listed until the version is retired, a correction until it is decided. */
const endedDays = 30;

/** Something that runs out, and who has to do what about it. */
export interface Due {
  readonly kind: DueKind;
  readonly id: string;
  /** What it is, without its end. */
  readonly what: Text;
  /** RFC 3339: the first instant at which it does not hold any more. */
  readonly ends: string;
  /** The last calendar day on which it holds, in the region. */
  readonly lastDay: string;
  /** Whole days from today to the last day: 0 on that day, negative afterwards. */
  readonly days: number;
  readonly ended: boolean;
  /** The warning that it has reached; absent where its end is further away than all of them. */
  readonly within?: (typeof dueSteps)[number];
  /** Whether the profile's notice period for renewals has begun; only grants have one. */
  readonly notice?: boolean;
  /** The officers who have to act; without a member, every officer with one of the roles. */
  readonly by: { readonly member?: string; readonly roles: readonly Role[] };
  readonly next: Text;
  /** Arguments of the command line that do it, where one verb does; capitals are to be filled in. */
  readonly command?: string;
}

export interface DueView {
  readonly registry: RegistryView;
  readonly profile: Profile;
  /** Milliseconds. */
  readonly now: number;
  /** The end (RFC 3339) of the token that `simpul init` made, where it is known. */
  readonly administratorUntil?: string;
}

/** What one kind says of an entry; `undefined` where something later continues it already. */
type Duty = Pick<Due, "id" | "what" | "by" | "next" | "command"> & { readonly end: number };

/**
 * Everything in the registry that ends within so many days, or has ended and nobody has acted: nearest end first. Today's day and
 * the last days are those of the region.
 */
export function whatRunsOut(view: DueView, within = 90): readonly Due[] {
  const { registry, profile, now } = view;
  const { timeZone } = instanceOf(registry).content;
  const today = Date.parse(dayIn(timeZone, now));
  const notice = answerTo(profile, "grants.renewalNoticeDays").value ?? 0;
  const horizon = { first: now - endedDays * dayMs, last: now + (within + 1) * dayMs };
  const found: Due[] = [];
  for (const kind of dueKinds) {
    for (const { end, ...duty } of duties[kind](view, horizon)) {
      const lastDay = lastDayOf(registry, end);
      const days = Math.round((Date.parse(lastDay) - today) / dayMs);
      if (days > within) continue;
      const step = dueSteps.find((one) => days <= one);
      found.push({
        kind,
        ...duty,
        ends: new Date(end).toISOString(),
        lastDay,
        days,
        ended: end <= now,
        ...(step === undefined ? {} : { within: step }),
        ...(kind === "grant" ? { notice: days <= notice } : {}),
      });
    }
  }
  return found.sort((a, b) => (a.ends < b.ends ? -1 : a.ends > b.ends ? 1 : a.id < b.id ? -1 : 1));
}

interface Horizon {
  readonly first: number;
  readonly last: number;
}

/** The entries of a kind whose end lies within the horizon. */
function* ending<Kind extends EntryKind>(
  { registry }: DueView,
  kind: Kind,
  { first, last }: Horizon,
): Iterable<{ readonly entry: Entry<Kind>; readonly end: number }> {
  for (const entry of registry.of(kind)) {
    const end = endOf(registry, entry as unknown as Entry);
    if (end !== undefined && end >= first && end <= last && isHolding(entry)) yield { entry, end };
  }
}

const isActive = ({ registry }: DueView, kind: "subsystem" | "officer", id: string): boolean => registry.get(kind, id)?.state === "active";

const duties: Readonly<Record<DueKind, (view: DueView, horizon: Horizon) => Iterable<Duty>>> = {
  *grant(view, horizon) {
    const requested = requestedRenewals(view);
    for (const { entry, end } of ending(view, "grant", horizon)) {
      const { consumer, service, purpose } = entry.content;
      if (!isActive(view, "subsystem", consumer) || view.registry.get("service", service)?.state === "retired") continue;
      if (replacementOf(view.registry, entry) !== undefined) continue;
      const what = messages.grant(consumer, service, purpose);
      const asked = requested.get(entry.id);
      yield asked === undefined
        ? { id: entry.id, what, end, by: { member: memberOf(consumer), roles: permissions["grant.renew"] }, ...renewalOf(view, entry, end) }
        : {
            id: entry.id,
            what,
            end,
            by: { member: memberOf(service), roles: permissions["grant.allow"] },
            next: messages.decideRenewal(asked.id),
            command: `grant allow ${asked.id}`,
          };
    }
  },

  *key(view, horizon) {
    const last = new Map<string, number>();
    for (const key of view.registry.of("key")) {
      const { owner, until } = key.content;
      if (key.state === "active")
        last.set(owner, Math.max(last.get(owner) ?? 0, until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until)));
    }
    for (const { entry, end } of ending(view, "key", horizon)) {
      const { owner } = entry.content;
      if (last.get(owner) !== end || !isActive(view, "subsystem", owner)) continue;
      const by = { member: memberOf(owner), roles: ["pd-officer"] as const };
      yield { id: entry.id, what: messages.key(owner), end, by, next: messages.renewKey, command: `keygen --subsystem ${owner}` };
    }
  },

  *opinion(view, horizon) {
    const given = [...view.registry.of("opinion")].filter(({ state, content }) => state === "confirmed" && content.outcome === "diberikan");
    for (const { entry, end } of ending(view, "opinion", horizon)) {
      const { types, authority, subject, mode, outcome } = entry.content;
      const covered = (type: string): boolean =>
        given.some(({ id, content }) => {
          const same = id !== entry.id && content.authority === authority && content.subject === subject;
          return same && content.types.some((one) => one === type) && (content.until ?? "9") > entry.content.until!;
        });
      const open = types.filter((type) => !covered(type));
      if (outcome !== "diberikan" || open.length === 0) continue;
      const command = [
        "opinion record",
        ...open.map((type) => `--types ${type}`),
        `--authority ${authority} --outcome diberikan`,
        ...(subject.includes("/") ? [`--service ${subject}`] : []),
        ...(mode === "external" ? ["--letter-number NOMOR --letter-date TANGGAL --letter-file SURAT.pdf"] : []),
      ].join(" ");
      const by = { roles: permissions["opinion.record"] };
      yield { id: entry.id, what: messages.opinion(open.join(", "), authority, subject), end, by, next: messages.renewOpinion, command };
    }
  },

  *token(view, horizon) {
    const last = new Map<string, number>();
    for (const { state, content } of view.registry.of("token"))
      if (state === "active") last.set(content.officer, Math.max(last.get(content.officer) ?? 0, Date.parse(content.until)));
    const by = { roles: permissions["token.issue"] };
    for (const { entry, end } of ending(view, "token", horizon)) {
      const { officer } = entry.content;
      if (last.get(officer) !== end || !isActive(view, "officer", officer)) continue;
      const command = `token issue --officer ${officer} --until ${addDays(lastDayOf(view.registry, end), 365)} --save ${officer}.token`;
      yield { id: entry.id, what: messages.token(officer), end, by, next: messages.renewToken, command };
    }
    const end = view.administratorUntil === undefined ? undefined : Date.parse(view.administratorUntil);
    if (end !== undefined && end >= horizon.first && end <= horizon.last)
      yield { id: "administrator", what: messages.token("administrator"), end, by: { roles: ["administrator"] }, next: messages.remade };
  },

  *exemption(view, horizon) {
    for (const { entry, end } of ending(view, "exemption", horizon)) {
      const { guard, subject } = entry.content;
      const by = { member: memberOf(subject), roles: ["pd-officer"] as const };
      const what = messages.exemption(guard, subject);
      yield { id: entry.id, what, end, by, next: messages.meetCondition, command: `why service ${subject}` };
    }
  },

  *sunset(view, { last }) {
    for (const { entry, end } of ending(view, "revision", { first: Number.NEGATIVE_INFINITY, last })) {
      const { service, deprecated } = entry.content;
      const grants = [...view.registry.of("grant")].filter((one) => one.content.service === service && isHeld(view, one)).length;
      yield {
        id: entry.id,
        what: messages.sunset(service, deprecated!.successor),
        end,
        by: { member: memberOf(service), roles: permissions["revision.retire"] },
        next: messages.leaveVersion(grants),
        command: `service retire ${entry.id}`,
      };
    }
  },

  *correction(view, { last }) {
    const { timeZone } = instanceOf(view.registry).content;
    for (const { id, state, content } of view.registry.of("revision")) {
      const { correction, service } = content;
      if (correction === undefined || !["applied", "approved", "trial"].includes(state)) continue;
      const end = startOfDay(correction.from, timeZone);
      if (end > last) continue;
      for (const member of consumingMembers(view, service))
        if (!Object.hasOwn(correction.agreed, member))
          yield {
            id,
            what: messages.correction(service, correction.reason),
            end,
            by: { member, roles: permissions["revision.agree"] },
            next: messages.agree(correction.from),
            command: `service agree ${id}`,
          };
    }
  },
};

/** The renewals that wait for a decision, by the grant that they renew. */
function requestedRenewals({ registry }: DueView): ReadonlyMap<string, Entry<"grant">> {
  const found = new Map<string, Entry<"grant">>();
  for (const grant of registry.of("grant")) {
    const { previous } = grant.content;
    if (previous !== undefined && (grant.state === "requested" || grant.state === "coordinated")) found.set(previous, grant);
  }
  return found;
}

/** A renewal for as long as the profile allows, from the day after the last one. */
function renewalOf({ registry, profile, now }: DueView, { id }: Entry<"grant">, end: number): Pick<Due, "next" | "command"> {
  if (end <= now) return { next: messages.askAnew };
  const from = addDays(lastDayOf(registry, end), 1);
  const until = addDays(addMonths(from, answerTo(profile, "grants.maximumMonths").value ?? 12), -1);
  return { next: messages.renewGrant, command: `grant renew ${id} --from ${from} --until ${until}` };
}

function isHeld({ registry, now }: DueView, grant: Entry<"grant">): boolean {
  return (grant.state === "active" || grant.state === "suspended") && (endOf(registry, grant) ?? Number.POSITIVE_INFINITY) > now;
}
