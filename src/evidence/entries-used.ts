import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { actions } from "../policy/acts/actions.ts";
import { dayIn } from "../policy/calendar.ts";
import { inProduction, instanceOf } from "../policy/instance-of.ts";
import type { Profile } from "../policy/profile/profile.ts";
import { isRevisionInForce, revisionsOf } from "../policy/revisions.ts";
import { opinionsFor, requiredOpinions } from "../policy/opinions/opinions-in-force.ts";
import { decisionsOn } from "../policy/why/why-steps.ts";
import type { Entry } from "../registry/entry.ts";
import type { RegistryState } from "../registry/registry-state.ts";

type Name = Pick<Entry, "kind" | "id">;

/**
 * The registry entries by which an exchange was decided: instance, consumer, provider, keys, service, grant, the
 * service's revision in force, and the decisions and opinions behind them. Members are left out, since they name
 * people, and so are officers and tokens.
 */
export function entriesUsed(
  { registry, profile }: { readonly registry: RegistryState; readonly profile: Profile | undefined },
  leaf: ExchangeLeaf,
  kids: readonly string[],
): readonly Name[] {
  const { consumer, service: id = "" } = leaf;
  const service = registry.get("service", id);
  const provider: readonly Name[] = service === undefined ? [] : [{ kind: "subsystem", id: service.content.provider }, service];
  const decided = [...grantsUsed(registry, leaf), ...revisionsOf(registry, id).filter(isRevisionInForce)];
  return [
    instanceOf(registry),
    { kind: "subsystem", id: consumer },
    ...kids.map((kid): Name => ({ kind: "key", id: kid })),
    ...provider,
    ...decided,
    ...decided.flatMap((entry) => decisionsBehind(registry, entry)),
    ...(profile === undefined ? [] : grounds(registry, profile, leaf)),
  ];
}

/** The grant that allowed the call; if none did, all that the consumer had for the service. */
function grantsUsed(registry: RegistryState, { grant: id, problem, consumer, service }: ExchangeLeaf): readonly Entry<"grant">[] {
  if (problem === "not-granted")
    return [...registry.of("grant")].filter(({ content }) => content.consumer === consumer && content.service === service);
  const grant = id === undefined ? undefined : registry.get("grant", id);
  return grant === undefined ? [] : [grant];
}

/** The decisions on requests for this entry, and the last decision on it. */
function decisionsBehind(registry: RegistryState, entry: Name): readonly Entry<"decision">[] {
  const all = decisionsOn({ registry }, entry);
  return all.filter(({ content }, at) => at === all.length - 1 || actions.get(content.action)?.decidesOn !== undefined);
}

/** In production, the opinions that the service depends on; for a missing one, the last that lapsed. */
function grounds(registry: RegistryState, profile: Profile, { service: id = "", at }: ExchangeLeaf): readonly Entry<"opinion">[] {
  const revision = revisionsOf(registry, id).find(isRevisionInForce);
  if (revision === undefined || !inProduction(registry)) return [];
  const today = dayIn(instanceOf(registry).content.timeZone, Date.parse(at));
  return requiredOpinions(profile).flatMap((required) =>
    opinionsFor(registry, required, today, revision.content).flatMap(({ opinion, lapsed }) => opinion ?? lapsed ?? []),
  );
}
