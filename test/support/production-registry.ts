import { loadProfiles } from "../../src/policy/profile/load-profiles.ts";
import { requiredOpinions } from "../../src/policy/opinions/opinions-in-force.ts";
import type { Entry, Opinion } from "../../src/registry/entry.ts";
import type { RegistryState } from "../../src/registry/registry-state.ts";
import type { RegistryFollower } from "../../src/registry/follow.ts";
import { policiesFolder } from "../../src/base/project.ts";
import { commit } from "./registry-store.ts";

export const act = { by: "registrar-1", at: "2026-01-02T00:00:00.000Z" };

export const opinion = (id: string, content: Partial<Opinion> = {}, state: Entry["state"] = "confirmed"): Entry<"opinion"> => ({
  kind: "opinion",
  id,
  state,
  content: {
    types: ["keamanan"],
    subject: "instance",
    authority: "dinas",
    mode: "internal",
    outcome: "diberikan",
    from: "2026-01-01",
    until: "2027-01-01",
    recorded: act,
    confirmed: act,
    ...content,
  },
});

/** Every opinion that Muara Enim's regulation asks for, named after its type and authority. */
export const opinions: readonly Entry<"opinion">[] = requiredOpinions(
  loadProfiles(policiesFolder).profiles.get("muara-enim-52-2022")!,
).flatMap(({ type, authorities, subject, mode }) =>
  authorities.map((authority) => opinion(`${type}-${authority}`, { types: [type], subject, authority, mode })),
);

/** The first revision of a service as the registry holds it. */
export const revision = (
  registry: RegistryState,
  service: string,
  state: Entry["state"] = "active",
  content: Partial<Entry<"revision">["content"]> = {},
): Entry<"revision"> => ({
  kind: "revision",
  id: `${service}/r1`,
  state,
  content: { service, number: 1, proposal: registry.get("service", service)!.content, dossier: {}, proposed: act, ...content },
});

/** Walks the road to its end: the instance in production, a service with an active revision, its grants decided, every opinion there. */
export async function goLive(registry: RegistryFollower, service: string): Promise<RegistryState> {
  const state = await registry.newest();
  const [instance] = state.of("instance");
  const grants = Array.from(state.of("grant"), (grant): Entry<"grant"> => ({ ...grant, content: { ...grant.content, decided: act } }));
  return commit(registry, { ...instance!, state: "produksi" }, revision(state, service), ...grants, ...opinions);
}
