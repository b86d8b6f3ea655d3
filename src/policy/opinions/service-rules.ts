import type { CompileOptions, ServiceRule } from "../../registry/compiled.ts";
import type { Entry } from "../../registry/entry.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import type { OpinionDependency, OpinionPeriod, Suspension } from "../../registry/snapshot.ts";
import { RegistryUnusable } from "../../registry/registry-unusable.ts";
import { startOfDay } from "../calendar.ts";
import type { Measures } from "../profile/classification.ts";
import { opinionName } from "./opinion-name.ts";
import type { PolicyReader } from "../profile/policies-in-force.ts";
import { answerTo, type Profile } from "../profile/profile.ts";
import { isRevisionInForce, revisionsOf } from "../revisions.ts";
import { concerns, opinionsOn, requiredOpinions, type RequiredOpinion } from "./opinions-in-force.ts";
import { messages } from "./messages.ts";

type Service = Entry<"service">;

/**
 * The rules of the policies for each service version. It is on trial unless the instance is in production and one of its revisions
 * is in force; in production it depends on the opinions that the profile requires.
 */
export function serviceRules(policies: PolicyReader): CompileOptions["rules"] {
  return async (registry) => {
    const { profile, matrix } = await policies(registry);
    const [instance] = registry.of("instance");
    const production = instance?.state === "produksi";
    if (production && profile === undefined) throw new RegistryUnusable(messages.productionWithoutProfile);
    const retentionMonths = profile === undefined ? 0 : (answerTo(profile, "evidence.retentionMonths").value ?? 0);
    const dependencies = production ? dependenciesOf(registry, profile!, instance.content.timeZone) : () => [];

    return (service): ServiceRule => {
      const revisions = revisionsOf(registry, service.id);
      const trial = !production || !revisions.some(isRevisionInForce);
      const measures: Measures | undefined = matrix[service.content.classification];
      return {
        trial,
        dependsOn: trial ? [] : dependencies(service),
        suspension: service.state === "suspended" ? suspensionOf(revisions) : undefined,
        deprecation: trial ? undefined : deprecationOf(revisions, instance.content.timeZone),
        fullReceipt: measures?.receipt !== "on-request",
        signedAnswers: measures?.providerSignature !== "optional",
        evidenceMonths: Math.max(measures?.statementRetentionMonths ?? 0, retentionMonths),
        mayBeOpen: measures?.grant === "open",
      };
    };
  };
}

function suspensionOf(revisions: readonly Entry<"revision">[]): Suspension | undefined {
  const suspended = revisions.findLast(({ state }) => state === "suspended")?.content.suspended;
  return suspended === undefined ? undefined : { by: suspended.by, at: suspended.at, reason: suspended.reason };
}

function deprecationOf(revisions: readonly Entry<"revision">[], timeZone: string): ServiceRule["deprecation"] {
  const deprecated = revisions.findLast(isRevisionInForce)?.content.deprecated;
  return deprecated === undefined
    ? undefined
    : { since: Date.parse(deprecated.at), sunset: startOfDay(deprecated.sunset, timeZone), successor: deprecated.successor };
}

/** All services share the opinions on the instance and the network; those on a service are added to its own list. */
function dependenciesOf(registry: RegistryState, profile: Profile, timeZone: string): (service: Service) => readonly OpinionDependency[] {
  const required = requiredOpinions(profile);
  const dependencies = (one: RequiredOpinion, service?: Service): readonly OpinionDependency[] => {
    const of = service === undefined ? undefined : { service: service.id, proposal: service.content };
    const given = opinionsOn(registry, one, service?.id).filter(wasGiven);
    return one.authorities.map((authority) => {
      const opinions = given.filter((opinion) => concerns(opinion, one, authority, of)).map((opinion) => periodOf(opinion, timeZone));
      return { name: opinionName(one, authority, profile), opinions: opinions.sort(byEnd) };
    });
  };
  const common = required.filter(({ subject }) => subject !== "service").flatMap((one) => dependencies(one));
  const own = required.filter(({ subject }) => subject === "service");
  return (service) => (own.length === 0 ? common : [...common, ...own.flatMap((one) => dependencies(one, service))]);
}

const wasGiven = ({ state, content }: Entry<"opinion">): boolean =>
  content.outcome === "diberikan" && (state === "confirmed" || state === "revoked");

function periodOf({ id, state, content }: Entry<"opinion">, timeZone: string): OpinionPeriod {
  const { from, until, revoked } = content;
  return {
    id,
    from: startOfDay(from, timeZone),
    until: until === undefined ? undefined : startOfDay(until, timeZone),
    ...(state === "revoked" && revoked !== undefined ? { revoked } : {}),
  };
}

const endOf = ({ until = Infinity, revoked }: OpinionPeriod): number =>
  Math.min(until, revoked === undefined ? Infinity : Date.parse(revoked.at));
const byEnd = (a: OpinionPeriod, b: OpinionPeriod): number => Math.sign(endOf(a) - endOf(b)) || (a.id < b.id ? -1 : 1);
