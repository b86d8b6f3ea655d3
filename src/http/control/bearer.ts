import type { Text } from "../../base/text.ts";
import type { Actor } from "../../policy/context.ts";
import { Refusal } from "../../policy/refusal.ts";
import { firstAdministrator, isSecretOf, parseToken } from "../../policy/acts/token.ts";
import type { Role } from "../../registry/entry.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import { messages } from "./messages.ts";

/** The token that `simpul init` made, for the time before an officer is appointed. */
export interface AdminToken {
  readonly id: string;
  readonly hash: string;
  /** RFC 3339. */
  readonly until: string;
}

const invalid = (detail: Text): Refusal => new Refusal("token-invalid", detail);

/**
 * The officer of an `Authorization` field (RFC 6750), with the roles that both the token and the officer have now. A
 * caller without the token's secret does not learn why a token is invalid. Throws the refusals `token-missing` and
 * `token-invalid`.
 */
export function authenticateOfficer(
  authorization: string | undefined,
  registry: Pick<RegistryState, "get" | "of">,
  admin: AdminToken,
  now: number,
): Actor {
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (given === undefined) throw new Refusal("token-missing", messages.tokenMissing);
  const read = parseToken(given);
  const entry = read === undefined ? undefined : registry.get("token", read.id);
  const token = read?.id === admin.id ? { ...admin, officer: firstAdministrator, roles: ["administrator"] as const } : entry?.content;
  if (read === undefined || token === undefined || !isSecretOf(token.hash, read.secret)) throw invalid(messages.tokenUnknown);
  if (now >= Date.parse(token.until)) throw invalid(messages.tokenExpired(token.until));
  if (entry === undefined) return { officer: token.officer, member: instanceId(registry), roles: new Set(token.roles) };

  if (entry.state !== "active") throw invalid(messages.tokenRevoked);
  const officer = registry.get("officer", token.officer);
  if (officer?.state !== "active") throw invalid(messages.officerRemoved);
  const { member, roles } = officer.content;
  if (registry.get("member", member)?.state !== "active") throw invalid(messages.memberGone(member));
  return { officer: token.officer, member, roles: new Set<Role>(token.roles.filter((role) => roles.includes(role))) };
}

function instanceId(registry: Pick<RegistryState, "of">): string {
  for (const { id } of registry.of("instance")) return id;
  throw invalid(messages.registryEmpty);
}
