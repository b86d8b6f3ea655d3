import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { actions } from "../policy/acts/actions.ts";
import { dayIn } from "../policy/calendar.ts";
import { inProduction, instanceOf } from "../policy/instance-of.ts";
import type { Profile } from "../policy/profile/profile.ts";
import { isInForce, revisionsOf } from "../policy/revisions.ts";
import { opinionsFor, requiredOpinions } from "../policy/opinions/standing-opinions.ts";
import { decisionsOn } from "../policy/why/why-steps.ts";
import type { Entry } from "../registry/entry.ts";
import type { RegistryImage } from "../registry/image.ts";

type Name = Pick<Entry, "kind" | "id">;

/**
 * Of the registry at the time of an exchange, what it was judged by: who called whom with which keys, on which grant, under which revision of the service and
 * by whose decisions and opinions. Members are not among them, since they name people, nor are officers and tokens.
 */
export function entriesUsed({ image, profile }: { readonly image: RegistryImage; readonly profile: Profile | undefined }, leaf: ExchangeLeaf, kids: readonly string[]): readonly Name[] {
  const { consumer, service: id = "" } = leaf;
  const service = image.get("service", id);
  const provider: readonly Name[] = service === undefined ? [] : [{ kind: "subsystem", id: service.content.provider }, service];
  const judged = [...grantsJudged(image, leaf), ...revisionsOf(image, id).filter(isInForce)];
  return [
    instanceOf(image),
    { kind: "subsystem", id: consumer },
    ...kids.map((kid): Name => ({ kind: "key", id: kid })),
    ...provider,
    ...judged,
    ...judged.flatMap((entry) => decisionsBehind(image, entry)),
    ...(profile === undefined ? [] : grounds(image, profile, leaf)),
  ];
}

/** The grant on which it rests; where none sufficed, those that the consumer had for the service. */
function grantsJudged(image: RegistryImage, { grant: id, problem, consumer, service }: ExchangeLeaf): readonly Entry<"grant">[] {
  if (problem === "not-granted") return [...image.of("grant")].filter(({ content }) => content.consumer === consumer && content.service === service);
  const grant = id === undefined ? undefined : image.get("grant", id);
  return grant === undefined ? [] : [grant];
}

/** Who decided on what others had asked for, and the act that brought it to where it is. */
function decisionsBehind(image: RegistryImage, entry: Name): readonly Entry<"decision">[] {
  const all = decisionsOn({ image }, entry);
  return all.filter(({ content }, at) => at === all.length - 1 || actions.get(content.action)?.decidesOn !== undefined);
}

/** In production, the opinions on which the service rests; where one is missing, the last that there was. */
function grounds(image: RegistryImage, profile: Profile, { service: id = "", at }: ExchangeLeaf): readonly Entry<"opinion">[] {
  const revision = revisionsOf(image, id).find(isInForce);
  if (revision === undefined || !inProduction(image)) return [];
  const today = dayIn(instanceOf(image).content.timeZone, Date.parse(at));
  return requiredOpinions(profile).flatMap((required) => opinionsFor(image, required, today, revision.content).flatMap(({ opinion, lapsed }) => opinion ?? lapsed ?? []));
}
