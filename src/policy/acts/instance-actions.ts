import { dayMs } from "../../base/time.ts";
import type { Text } from "../../base/text.ts";
import { uuidv7 } from "../../base/uuid.ts";
import { roles, type Entry, type EntryContents, type Exemption, type Letter, type MandiriTik, type Role } from "../../registry/entry.ts";
import { attributionNow, type ActionRow } from "./action.ts";
import type { Context } from "../context.ts";
import { addDays, endOfDay } from "../calendar.ts";
import type { GuardName } from "../guards/guards.ts";
import { splpDocuments } from "../guards/instance-guards.ts";
import { lastDay, letter, lettersFor, memberId, nothing, objectSchema, reason, serviceId, slug, textSchema } from "./input-schemas.ts";
import { instanceOf } from "../instance-of.ts";
import { answerTo } from "../profile/profile.ts";
import { askedKeys } from "../profile/profile-keys.ts";
import { Refusal } from "../refusal.ts";
import { firstAdministrator } from "./token.ts";
import { messages } from "./messages.ts";

const broken = (detail: Text): Refusal => new Refusal("rule-broken", detail);
const instanceGuards: readonly GuardName[] = [
  "instance-opinions",
  "network-opinions",
  "splp",
  "central-network",
  "intra-network",
  "security-properties",
  "authenticity",
  "trusted-third-party",
  "staff-certificates",
];

/** From `persiapan` to `produksi`, and back. */
export const instanceActions: readonly ActionRow<"instance">[] = [
  {
    name: "instance.publish",
    kind: "instance",
    from: ["persiapan"],
    to: ["produksi"],
    guards: instanceGuards,
    key: "approvals.spl.subject",
    input: nothing,
    transition: (_, entry) => [{ ...entry!, state: "produksi" }],
  },
  {
    name: "instance.withdraw",
    kind: "instance",
    from: ["produksi"],
    to: ["persiapan"],
    guards: [],
    input: reason,
    transition: (_, entry) => [{ ...entry!, state: "persiapan" }],
  },
];

/** The documents that prove a duty outside the software. */
export const proofOfDutyActions: readonly ActionRow<"evidence">[] = [
  {
    name: "evidence.record",
    kind: "evidence",
    from: "new",
    to: ["recorded"],
    guards: [],
    key: "splp.required",
    input: objectSchema({ type: { enum: ["splp", "network-diagram"] }, documents: lettersFor(...splpDocuments) }, ["type", "documents"]),
    transition(context, _, input) {
      const { type, documents } = input as { type: "splp" | "network-diagram"; documents: Record<string, Letter> };
      const hashes = Object.values(documents).map(({ sha256 }) => sha256);
      if (new Set(hashes).size < hashes.length) throw broken(messages.sameFileTwice);
      return [
        { kind: "evidence", id: uuidv7(context.now), state: "recorded", content: { type, documents, recorded: attributionNow(context) } },
      ];
    },
  },
  {
    name: "evidence.confirm",
    kind: "evidence",
    from: ["recorded"],
    to: ["confirmed"],
    guards: [],
    key: "opinions.fourEyes",
    input: nothing,
    decidesOn: ({ content }) => [content.recorded],
    transition: (context, entry) => [{ ...entry!, state: "confirmed", content: { ...entry!.content, confirmed: attributionNow(context) } }],
  },
  {
    name: "evidence.withdraw",
    kind: "evidence",
    from: ["recorded", "confirmed"],
    to: ["withdrawn"],
    guards: ["evidence-spare"],
    key: "splp.required",
    input: reason,
    transition: (context, entry, input) => [
      {
        ...entry!,
        state: "withdrawn",
        content: { ...entry!.content, withdrawn: { ...attributionNow(context), reason: input["reason"] as string } },
      },
    ],
  },
];

/** Exemptions under a transition rule: a guard that does not apply to a subject until a day. */
export const exemptionActions: readonly ActionRow<"exemption">[] = [
  {
    name: "exemption.record",
    kind: "exemption",
    from: "new",
    to: ["recorded"],
    guards: ["transition"],
    key: "transition.until",
    input: objectSchema({ guard: textSchema, subject: serviceId, until: lastDay, letter }, ["guard", "subject", "until", "letter"]),
    transition(context, _, input) {
      const asked = input as Pick<Exemption, "guard" | "subject" | "until" | "letter">;
      const { cite } = answerTo(context.profile, "transition.until");
      return [
        {
          kind: "exemption",
          id: uuidv7(context.now),
          state: "recorded",
          content: { ...asked, until: addDays(asked.until, 1), cite: cite ?? "", recorded: attributionNow(context) },
        },
      ];
    },
  },
  {
    name: "exemption.confirm",
    kind: "exemption",
    from: ["recorded"],
    to: ["confirmed"],
    guards: ["transition"],
    key: "opinions.fourEyes",
    input: nothing,
    decidesOn: ({ content }) => [content.recorded],
    transition: (context, entry) => [{ ...entry!, state: "confirmed", content: { ...entry!.content, confirmed: attributionNow(context) } }],
  },
  {
    name: "exemption.withdraw",
    kind: "exemption",
    from: ["recorded", "confirmed"],
    to: ["withdrawn"],
    guards: [],
    input: reason,
    transition: (_, entry) => [{ ...entry!, state: "withdrawn" }],
  },
];

export const memberActions: readonly ActionRow<"member">[] = [
  {
    name: "member.recognise-mandiri-tik",
    kind: "member",
    from: ["active"],
    to: "same",
    guards: ["mandiri-tik"],
    key: "mandiriTik.recognised",
    input: objectSchema({ decree: letter, criteria: lettersFor(...askedKeys["mandiriTik.criteria"].words) }, ["decree", "criteria"]),
    transition(context, entry, input) {
      const mandiriTik = { ...(input as Pick<MandiriTik, "decree" | "criteria">), recognised: attributionNow(context) };
      return [{ ...entry!, content: { ...entry!.content, mandiriTik } }];
    },
  },
];

const rolesSchema = { type: "array", items: { enum: roles }, minItems: 1, uniqueItems: true } as const;

export const officerActions: readonly ActionRow<"officer">[] = [
  {
    name: "officer.appoint",
    kind: "officer",
    from: "new",
    to: ["active"],
    guards: [],
    input: objectSchema({ id: slug, member: memberId, position: textSchema, roles: rolesSchema }, ["id", "member", "position", "roles"]),
    transition({ registry }, _, input) {
      const { id, ...content } = input as { id: string } & EntryContents["officer"];
      if (id === firstAdministrator || registry.get("officer", id) !== undefined)
        throw new Refusal("already-exists", messages.officerExists(id));
      if (registry.get("member", content.member)?.state !== "active")
        throw new Refusal("not-found", messages.memberUnknown(content.member));
      return [{ kind: "officer", id, state: "active", content }];
    },
  },
  {
    name: "officer.change",
    kind: "officer",
    from: ["active"],
    to: "same",
    guards: [],
    input: { ...objectSchema({ position: textSchema, roles: rolesSchema, reason: textSchema }, ["reason"]), minProperties: 2 },
    transition(_, entry, input) {
      const { reason: _reason, ...changed } = input as { reason: string } & Partial<Pick<EntryContents["officer"], "position" | "roles">>;
      return [{ ...entry!, content: { ...entry!.content, ...changed } }];
    },
  },
  {
    name: "officer.remove",
    kind: "officer",
    from: ["active"],
    to: ["removed"],
    guards: [],
    input: objectSchema({ reason: textSchema }),
    transition({ registry }, entry) {
      const tokens: Entry<"token">[] = [];
      for (const token of registry.of("token"))
        if (token.content.officer === entry!.id && token.state === "active") tokens.push({ ...token, state: "revoked" });
      return [{ ...entry!, state: "removed" }, ...tokens];
    },
  },
];

const longestTokenDays = 366;

/** The route that makes the secret adds `hash` to the input; a request cannot contain it. */
export const tokenActions: readonly ActionRow<"token">[] = [
  {
    name: "token.issue",
    kind: "token",
    from: "new",
    to: ["active"],
    guards: [],
    input: objectSchema({ officer: slug, roles: rolesSchema, until: lastDay }, ["officer", "until"]),
    transition({ registry, now, today }: Context, _, input) {
      const { officer, until, hash, roles: asked } = input as { officer: string; until: string; hash: string; roles?: readonly Role[] };
      const holder = registry.get("officer", officer);
      if (holder?.state !== "active") throw new Refusal("not-found", messages.noOfficer(officer));
      const beyond = (asked ?? []).filter((role) => !holder.content.roles.includes(role));
      if (beyond.length > 0) throw broken(messages.rolesBeyond(beyond.join(", ")));
      if (until < today || Date.parse(until) - now > longestTokenDays * dayMs) throw broken(messages.tokenTooLong(longestTokenDays));
      return [
        {
          kind: "token",
          id: uuidv7(now),
          state: "active",
          content: {
            officer,
            hash,
            roles: asked ?? holder.content.roles,
            until: new Date(endOfDay(until, instanceOf(registry).content.timeZone)).toISOString(),
          },
        },
      ];
    },
  },
  {
    name: "token.revoke",
    kind: "token",
    from: ["active"],
    to: ["revoked"],
    guards: [],
    input: nothing,
    transition: (_, entry) => [{ ...entry!, state: "revoked" }],
  },
];
