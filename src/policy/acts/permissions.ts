import type { Role } from "../../registry/entry.ts";
import type { Actor } from "../context.ts";

/**
 * Who may do what: the whole table. Every officer's token may `read`; the auditor may do nothing else. An action without a row is
 * allowed to no role. Each action itself says which member's officers may take it, and whose acts its officer must not decide on.
 */
export const permissions = {
  read: ["pd-officer", "service-owner", "registrar", "operation-verifier", "security-verifier", "auditor", "operator", "administrator"],

  "revision.propose": ["pd-officer"],
  "revision.complete": ["pd-officer"],
  "revision.apply": ["pd-officer"],
  "revision.withdraw": ["pd-officer"],
  "revision.consent": ["service-owner"],
  "revision.approve": ["registrar"],
  "revision.reject": ["registrar"],
  "revision.revise": ["pd-officer"],
  "revision.try": ["operator", "registrar"],
  "revision.activate": ["registrar"],
  "revision.suspend": ["registrar", "service-owner"],
  "revision.resume": ["registrar"],
  "revision.deprecate": ["service-owner"],
  "revision.retire": ["service-owner", "registrar"],
  "revision.correct": ["pd-officer"],
  "revision.agree": ["pd-officer"],

  "opinion.record": ["operation-verifier", "security-verifier", "registrar"],
  "opinion.confirm": ["operation-verifier", "security-verifier", "registrar"],
  "opinion.withdraw": ["operation-verifier", "security-verifier", "registrar"],
  "opinion.revoke": ["operation-verifier", "security-verifier", "registrar"],

  "evidence.record": ["operator", "registrar"],
  "evidence.confirm": ["registrar"],
  "evidence.withdraw": ["registrar"],

  "exemption.record": ["registrar"],
  "exemption.confirm": ["registrar"],
  "exemption.withdraw": ["registrar"],

  "grant.request": ["pd-officer"],
  "grant.renew": ["pd-officer"],
  "grant.withdraw": ["pd-officer"],
  "grant.coordinate": ["registrar"],
  "grant.allow": ["service-owner"],
  "grant.refuse": ["service-owner", "registrar"],
  "grant.suspend": ["pd-officer", "service-owner", "registrar"],
  "grant.resume": ["pd-officer", "service-owner", "registrar"],
  "grant.revoke": ["service-owner", "registrar"],

  "key.register": ["pd-officer", "service-owner", "registrar"],
  "key.approve": ["pd-officer", "service-owner", "registrar"],
  "key.refuse": ["pd-officer", "service-owner", "registrar"],
  "key.revoke": ["pd-officer", "service-owner", "registrar"],

  "instance.publish": ["administrator"],
  "instance.withdraw": ["administrator"],

  "member.recognise-mandiri-tik": ["registrar"],

  "subsystem.drain": ["pd-officer", "service-owner", "registrar", "operator"],
  "subsystem.resume": ["pd-officer", "service-owner", "registrar", "operator"],
  "subsystem.move": ["pd-officer", "service-owner", "registrar"],

  "officer.appoint": ["administrator"],
  "officer.change": ["administrator"],
  "officer.remove": ["administrator"],
  "token.issue": ["administrator"],
  "token.revoke": ["administrator"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export const mayDo = (roles: ReadonlySet<Role>, permission: Permission): boolean => permissions[permission].some((role) => roles.has(role));

/** Whether an officer may read what a member's keys signed and its services answered wrongly: its own, registrars, auditors. */
export const mayReadExchangesOf = ({ member, roles }: Pick<Actor, "member" | "roles">, owner: string): boolean =>
  member === owner || roles.has("registrar") || roles.has("auditor");
