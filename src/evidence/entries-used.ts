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
 * Of the registry at the time of an exchange, what it was judged by: who called whom with which keys, on which grant, under which revision of the service and
 * by whose decisions and opinions. Members are not among them, since they name people, nor are officers and tokens.
 */
export function entriesUsed(
  { registry, profile }: { readonly registry: RegistryState; readonly profile: Profile | undefined },
  leaf: ExchangeLeaf,
  kids: readonly string[],
): readonly Name[] {
  const { consumer, service: id = "" } = leaf;
  const service = registry.get("service", id);
  const provider: readonly Name[] = service === undefined ? [] : [{ kind: "subsystem", id: service.content.provider }, service];
  const judged = [...grantsJudged(registry, leaf), ...revisionsOf(registry, id).filter(isRevisionInForce)];
  return [
    instanceOf(registry),
    { kind: "subsystem", id: consumer },
    ...kids.map((kid): Name => ({ kind: "key", id: kid })),
    ...provider,
    ...judged,
    ...judged.flatMap((entry) => decisionsBehind(registry, entry)),
    ...(profile === undefined ? [] : grounds(registry, profile, leaf)),
  ];
}

/** The grant on which it rests; where none sufficed, those that the consumer had for the service. */
function grantsJudged(registry: RegistryState, { grant: id, problem, consumer, service }: ExchangeLeaf): readonly Entry<"grant">[] {
  if (problem === "not-granted")
    return [...registry.of("grant")].filter(({ content }) => content.consumer === consumer && content.service === service);
  const grant = id === undefined ? undefined : registry.get("grant", id);
  return grant === undefined ? [] : [grant];
}

/** Who decided on what others had asked for, and the act that brought it to where it is. */
function decisionsBehind(registry: RegistryState, entry: Name): readonly Entry<"decision">[] {
  const all = decisionsOn({ registry }, entry);
  return all.filter(({ content }, at) => at === all.length - 1 || actions.get(content.action)?.decidesOn !== undefined);
}

/** In production, the opinions on which the service rests; where one is missing, the last that there was. */
function grounds(registry: RegistryState, profile: Profile, { service: id = "", at }: ExchangeLeaf): readonly Entry<"opinion">[] {
  const revision = revisionsOf(registry, id).find(isRevisionInForce);
  if (revision === undefined || !inProduction(registry)) return [];
  const today = dayIn(instanceOf(registry).content.timeZone, Date.parse(at));
  return requiredOpinions(profile).flatMap((required) =>
    opinionsFor(registry, required, today, revision.content).flatMap(({ opinion, lapsed }) => opinion ?? lapsed ?? []),
  );
}
