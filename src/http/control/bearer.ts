import type { Actor } from "../../policy/context.ts";
import { Refusal } from "../../policy/refusal.ts";
import { firstAdministrator, isSecretOf, parseToken } from "../../policy/acts/token.ts";
import type { Role } from "../../registry/entry.ts";
import type { RegistryState } from "../../registry/registry-state.ts";

/** The token that `simpul init` made; it opens what no officer could open yet. */
export interface AdminToken {
  readonly id: string;
  readonly hash: string;
  /** RFC 3339. */
  readonly until: string;
}

const invalid = (id: string, en: string): Refusal => new Refusal("token-invalid", { id, en });

/**
 * Who sends this `Authorization` field (RFC 6750): the officer whose token it is, with the roles that both the token and the officer have now. Why a
 * token does not hold is told only to whoever has its secret. Throws `token-missing` or `token-invalid`.
 */
export function authenticateOfficer(
  authorization: string | undefined,
  registry: Pick<RegistryState, "get" | "of">,
  admin: AdminToken,
  now: number,
): Actor {
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (given === undefined)
    throw new Refusal("token-missing", {
      id: "Sertakan Authorization: Bearer dengan token petugas.",
      en: "Send an officer's token as Authorization: Bearer.",
    });
  const read = parseToken(given);
  const entry = read === undefined ? undefined : registry.get("token", read.id);
  const token = read?.id === admin.id ? { ...admin, officer: firstAdministrator, roles: ["administrator"] as const } : entry?.content;
  if (read === undefined || token === undefined || !isSecretOf(token.hash, read.secret))
    throw invalid("Token tidak dikenal.", "The token is not known.");
  if (now >= Date.parse(token.until))
    throw invalid(`Token habis masa berlakunya pada ${token.until}.`, `The token ran out on ${token.until}.`);
  if (entry === undefined) return { officer: token.officer, member: instanceId(registry), roles: new Set(token.roles) };

  if (entry.state !== "active") throw invalid("Token sudah dicabut.", "The token was revoked.");
  const officer = registry.get("officer", token.officer);
  if (officer?.state !== "active")
    throw invalid("Petugas pemegang token sudah diberhentikan.", "The officer who holds the token was removed.");
  const { member, roles } = officer.content;
  if (registry.get("member", member)?.state !== "active")
    throw invalid(`${member} tidak terdaftar lagi.`, `${member} is not registered any more.`);
  return { officer: token.officer, member, roles: new Set<Role>(token.roles.filter((role) => roles.includes(role))) };
}

function instanceId(registry: Pick<RegistryState, "of">): string {
  for (const { id } of registry.of("instance")) return id;
  throw invalid("Registri masih kosong.", "The registry is empty.");
}
