import { dayMs } from "../../base/time.ts";
import { uuidv7 } from "../../base/uuid.ts";
import { roles, type Entry, type EntryContents, type Exemption, type Letter, type MandiriTik, type Role } from "../../registry/entry.ts";
import { attributionNow, type Action } from "./action.ts";
import { type Context } from "../context.ts";
import { startOfDay } from "../calendar.ts";
import type { GuardName } from "../guards/guards.ts";
import { day, letter, letters, memberId, nothing, objectSchema, reason, serviceId, slug, textSchema } from "./input-schemas.ts";
import { instanceOf } from "../instance-of.ts";
import { answerTo } from "../profile/profile.ts";
import { Refusal } from "../refusal.ts";
import { firstAdministrator } from "./token.ts";

const broken = (id: string, en: string): Refusal => new Refusal("rule-broken", { id, en });
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
export const instanceActions: readonly Action<"instance">[] = [
  {
    name: "instance.publish",
    kind: "instance",
    from: ["persiapan"],
    to: ["produksi"],
    guards: instanceGuards,
    key: "approvals.spl.subject",
    title: { id: "Memulai produksi", en: "Go into production" },
    input: nothing,
    transition: (_, entry) => [{ ...entry!, state: "produksi" }],
  },
  {
    name: "instance.withdraw",
    kind: "instance",
    from: ["produksi"],
    to: ["persiapan"],
    guards: [],
    title: { id: "Kembali ke persiapan", en: "Go back to preparation" },
    input: reason,
    transition: (_, entry) => [{ ...entry!, state: "persiapan" }],
  },
];

/** What shows that a duty outside the software was met. */
export const proofOfDutyActions: readonly Action<"evidence">[] = [
  {
    name: "evidence.record",
    kind: "evidence",
    from: "new",
    to: ["recorded"],
    guards: [],
    key: "splp.required",
    title: { id: "Mencatat bukti", en: "Record evidence" },
    input: objectSchema({ type: { enum: ["splp", "network-diagram"] }, documents: letters }, ["type", "documents"]),
    transition(context, _, input) {
      const { type, documents } = input as { type: "splp" | "network-diagram"; documents: Record<string, Letter> };
      const hashes = Object.values(documents).map(({ sha256 }) => sha256);
      if (new Set(hashes).size < hashes.length)
        throw broken("Berkas yang sama dipakai dua kali.", "The same file stands for two documents.");
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
    title: { id: "Menegaskan bukti", en: "Confirm evidence" },
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
    title: { id: "Menarik bukti", en: "Withdraw evidence" },
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

/** Transition rules: a guard that does not hold for a subject until a day. */
export const exemptionActions: readonly Action<"exemption">[] = [
  {
    name: "exemption.record",
    kind: "exemption",
    from: "new",
    to: ["recorded"],
    guards: ["transition"],
    key: "transition.until",
    title: { id: "Mencatat pembebasan masa peralihan", en: "Record a transition exemption" },
    input: objectSchema({ guard: textSchema, subject: serviceId, until: day, letter }, ["guard", "subject", "until", "letter"]),
    transition(context, _, input) {
      const asked = input as Pick<Exemption, "guard" | "subject" | "until" | "letter">;
      const { cite } = answerTo(context.profile, "transition.until");
      return [
        {
          kind: "exemption",
          id: uuidv7(context.now),
          state: "recorded",
          content: { ...asked, cite: cite ?? "", recorded: attributionNow(context) },
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
    title: { id: "Menegaskan pembebasan", en: "Confirm an exemption" },
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
    title: { id: "Menarik pembebasan", en: "Withdraw an exemption" },
    input: reason,
    transition: (_, entry) => [{ ...entry!, state: "withdrawn" }],
  },
];

export const memberActions: readonly Action<"member">[] = [
  {
    name: "member.recognise-mandiri-tik",
    kind: "member",
    from: ["active"],
    to: "same",
    guards: ["mandiri-tik"],
    key: "mandiriTik.recognised",
    title: { id: "Mencatat PD Mandiri TIK", en: "Record a PD Mandiri TIK" },
    input: objectSchema({ decree: letter, criteria: letters }, ["decree", "criteria"]),
    transition(context, entry, input) {
      const mandiriTik = { ...(input as Pick<MandiriTik, "decree" | "criteria">), recognised: attributionNow(context) };
      return [{ ...entry!, content: { ...entry!.content, mandiriTik } }];
    },
  },
];

const rolesSchema = { type: "array", items: { enum: roles }, minItems: 1, uniqueItems: true } as const;

export const officerActions: readonly Action<"officer">[] = [
  {
    name: "officer.appoint",
    kind: "officer",
    from: "new",
    to: ["active"],
    guards: [],
    title: { id: "Menunjuk petugas", en: "Appoint an officer" },
    input: objectSchema({ id: slug, member: memberId, position: textSchema, roles: rolesSchema }, ["id", "member", "position", "roles"]),
    transition({ registry }, _, input) {
      const { id, ...content } = input as { id: string } & EntryContents["officer"];
      if (id === firstAdministrator || registry.get("officer", id) !== undefined)
        throw new Refusal("already-exists", { id: `Petugas ${id} sudah ada.`, en: `The officer ${id} exists already.` });
      if (registry.get("member", content.member)?.state !== "active")
        throw new Refusal("not-found", { id: `${content.member} tidak terdaftar.`, en: `${content.member} is not registered.` });
      return [{ kind: "officer", id, state: "active", content }];
    },
  },
  {
    name: "officer.remove",
    kind: "officer",
    from: ["active"],
    to: ["removed"],
    guards: [],
    title: { id: "Memberhentikan petugas", en: "Remove an officer" },
    input: nothing,
    transition({ registry }, entry) {
      const tokens: Entry<"token">[] = [];
      for (const token of registry.of("token"))
        if (token.content.officer === entry!.id && token.state === "active") tokens.push({ ...token, state: "revoked" });
      return [{ ...entry!, state: "removed" }, ...tokens];
    },
  },
];

const longestTokenDays = 366;

/** `hash` is added by whoever makes the secret; it never comes from outside. */
export const tokenActions: readonly Action<"token">[] = [
  {
    name: "token.issue",
    kind: "token",
    from: "new",
    to: ["active"],
    guards: [],
    title: { id: "Menerbitkan token", en: "Issue a token" },
    input: objectSchema({ officer: slug, roles: rolesSchema, until: day }, ["officer", "until"]),
    transition({ registry, now, today }: Context, _, input) {
      const { officer, until, hash, roles: asked } = input as { officer: string; until: string; hash: string; roles?: readonly Role[] };
      const holder = registry.get("officer", officer);
      if (holder?.state !== "active")
        throw new Refusal("not-found", { id: `Petugas ${officer} tidak ada.`, en: `There is no officer ${officer}.` });
      const beyond = (asked ?? []).filter((role) => !holder.content.roles.includes(role));
      if (beyond.length > 0)
        throw broken(
          `Petugas ini tidak memiliki peran ${beyond.join(", ")}.`,
          `This officer does not have the roles ${beyond.join(", ")}.`,
        );
      if (until <= today || Date.parse(until) - now > longestTokenDays * dayMs)
        throw broken(`Token berlaku paling lama ${longestTokenDays} hari.`, `A token lasts ${longestTokenDays} days at most.`);
      return [
        {
          kind: "token",
          id: uuidv7(now),
          state: "active",
          content: {
            officer,
            hash,
            roles: asked ?? holder.content.roles,
            until: new Date(startOfDay(until, instanceOf(registry).content.timeZone)).toISOString(),
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
    title: { id: "Mencabut token", en: "Revoke a token" },
    input: nothing,
    transition: (_, entry) => [{ ...entry!, state: "revoked" }],
  },
];
