import { memberOf } from "../../base/names.ts";
import type { Entry } from "../../registry/entry.ts";
import { endOfGrant, grantsBeside, replacementOf } from "../../registry/grant-succession.ts";
import type { RegistryView } from "../context.ts";
import { addDays, addMonths, dayIn, startOfDay } from "../calendar.ts";
import { guardOf, met, notRequired, unmet, type Guard } from "./guard.ts";
import { instanceOf, isOwn } from "../instance-of.ts";
import { lostFields } from "./lost-fields.ts";
import { answerTo } from "../profile/profile.ts";
import { messages } from "./grant-messages.ts";

const guard = guardOf("grant");

/** Whether both grants would be in force at some moment. */
const meet = (registry: RegistryView, other: Entry<"grant">, { content }: Entry<"grant">): boolean =>
  endOfGrant(registry, other) > Date.parse(content.from) &&
  (content.until === undefined || Date.parse(other.content.from) < Date.parse(content.until));

/** The conditions of an izin akses. */
export const grantGuards = {
  "grant-single": guard(({ registry }, grant) => {
    const { from, previous } = grant.content;
    const beside = grantsBeside(registry, grant).filter((other) => meet(registry, other, grant));
    const renewed = previous === undefined ? undefined : registry.get("grant", previous);
    if (renewed === undefined) {
      const [other] = beside;
      if (other === undefined) return met(messages.onlyGrant);
      return unmet(messages.otherGrant(other.id, other.content.operations.join(", ")), messages.renewOther(other.id));
    }
    const replacement = replacementOf(registry, renewed);
    if (replacement !== undefined && replacement.grant !== grant.id)
      return unmet(messages.replacedAlready(renewed.id, replacement.grant), messages.renewOther(replacement.grant));
    const { timeZone } = instanceOf(registry).content;
    const first = dayIn(timeZone, Date.parse(renewed.content.from));
    if (from < renewed.content.from) return unmet(messages.beginsBefore(renewed.id, first), messages.beginFrom(first));
    const replaced = [renewed, ...beside.filter(({ id }) => id !== renewed.id)];
    const suspended = replaced.find(({ state }) => state === "suspended");
    if (suspended !== undefined) return unmet(messages.suspendedGrant(suspended.id), messages.resumeFirst(suspended.id));
    return met(messages.replaces(replaced.map(({ id }) => id).join(", "), dayIn(timeZone, Date.parse(from))));
  }),

  "grant-within-service": guard(({ registry, operationsOf }, { content }) => {
    const offered = operationsOf(content.service);
    if (offered === undefined) return unmet(messages.serviceNotUsable, messages.awaitService);
    const foreign = content.operations.filter((operation) => !offered.has(operation));
    const choice = [...offered.keys()].join(", ");
    if (foreign.length > 0) return unmet(messages.operationsUnknown(foreign.join(", ")), messages.chooseFrom(choice));
    const unknown = lostFields(offered, content);
    if (unknown.length === 0) {
      const before = content.previous === undefined ? undefined : registry.get("grant", content.previous)?.content.fields;
      if (before === undefined || content.fields !== undefined) return met(messages.withinContract);
      return met(messages.widenedToWholeAnswers(before));
    }
    return unmet(messages.fieldsUnknown(unknown.join(", ")), messages.writeFieldsAsPointers);
  }),

  "grant-period": guard(({ profile, registry }, { content }) => {
    const most = answerTo(profile, "grants.maximumMonths").value;
    if (most === null) return met(messages.periodUnlimited);
    const { timeZone } = instanceOf(registry).content;
    const end = addMonths(dayIn(timeZone, Date.parse(content.from)), most);
    if (content.until !== undefined && Date.parse(content.until) <= startOfDay(end, timeZone)) return met(messages.monthsAtMost(most));
    return unmet(messages.periodTooLong(most), messages.endBy(addDays(end, -1)));
  }, "grants.maximumMonths"),

  "grant-load": guard((_, { content }) => {
    if ((content.expectedLoad ?? 0) <= content.dailyQuota) return met(messages.quotaHoldsLoad);
    return unmet(messages.loadAboveQuota(content.expectedLoad, content.dailyQuota), messages.askFittingQuota);
  }),

  "personal-data": guard((context, { content }) => {
    if (answerTo(context.profile, "personalData.legalBasis").value !== true) return notRequired(context, "personalData.legalBasis");
    if (context.registry.get("service", content.service)?.content.classification === "terbuka") return met(messages.serviceIsOpen);
    if (context.registry.get("service", content.service)?.content.personalData === false) return met(messages.serviceIsAboutNobody);
    if (content.personalData !== undefined) return met(messages.processingGround(content.personalData.ground));
    return unmet(messages.processingGroundMissing, messages.giveProcessingGround);
  }, "personalData.legalBasis"),

  "grant-connection": guard((context, { content }) => {
    if (answerTo(context.profile, "intra.connectConsumer").value !== true) return notRequired(context, "intra.connectConsumer");
    if (context.operationsOf(content.service) !== undefined) return met(messages.connected);
    return unmet(messages.providerNotConnected, messages.takeRoadToTrial);
  }, "intra.connectConsumer"),

  "grant-coordination": guard((context, { content }) => {
    if (answerTo(context.profile, "grants.coordination").value !== "dinas") return notRequired(context, "grants.coordination");
    if (memberOf(content.consumer) === memberOf(content.service)) return met(messages.sameAgency);
    if (content.coordinated !== undefined) return met(messages.coordinated(content.coordinated.by));
    return unmet(messages.notCoordinated, messages.registrarCoordinates);
  }, "grants.coordination"),

  "grant-outsider": guard(
    (context, { content }) => {
      const { profile, registry } = context;
      if (isOwn(registry, content.consumer)) return met(messages.consumerIsOwnAgency);
      if (answerTo(profile, "externalSharing.consent").value === "dinas") {
        if (content.coordinated !== undefined) return met(messages.dinasConsents(content.coordinated.by), "externalSharing.consent");
        return unmet(messages.outsiderNeedsConsent, messages.registrarCoordinates, "externalSharing.consent");
      }
      if (answerTo(profile, "externalSharing.procedure").value !== null)
        return met(messages.outsiderOnBasis(content.legalBasis), "externalSharing.procedure");
      const kinds = answerTo(profile, "externalSharing").value;
      return kinds === null ? notRequired(context, "externalSharing") : met(messages.outsideParty(kinds.join(", ")));
    },
    "externalSharing",
    "externalSharing.consent",
    "externalSharing.procedure",
  ),

  "share-first": guard((context) => {
    if (answerTo(context.profile, "data.shareFirst").value !== true) return notRequired(context, "data.shareFirst");
    return met(messages.sharingComesFirst);
  }, "data.shareFirst"),
} as const satisfies Record<string, Guard<"grant">>;
