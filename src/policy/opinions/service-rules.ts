import type { CompileOptions, ServiceRule } from "../../registry/compiled.ts";
import type { Entry } from "../../registry/entry.ts";
import type { RegistryImage } from "../../registry/image.ts";
import type { RegistryStore } from "../../registry/registry-store.ts";
import type { Standing, StandingOpinion, Suspension } from "../../registry/snapshot.ts";
import { RegistryUnusable } from "../../registry/registry-unusable.ts";
import { startOf } from "../calendar.ts";
import type { Measures } from "../profile/classification.ts";
import { opinionName } from "./opinion-name.ts";
import { readPolicies } from "../profile/policies-in-force.ts";
import { answer, type Profile } from "../profile/profile.ts";
import { isInForce, revisionsOf } from "../revisions.ts";
import { concerns, opinionsOn, requiredOpinions, type RequiredOpinion } from "./standing-opinions.ts";

type Service = Entry<"service">;

/**
 * What the policies make of each service version: on trial unless the instance is in production and a revision of it is in force; in production it
 * rests on the opinions that the profile asks for.
 */
export function serviceRules(store: Pick<RegistryStore, "document">): CompileOptions["rules"] {
  const policies = readPolicies(store);
  return async (image) => {
    const { profile, matrix } = await policies(image);
    const [instance] = image.of("instance");
    const production = instance?.state === "produksi";
    if (production && profile === undefined) throw new RegistryUnusable({ id: "Instansi dalam produksi tanpa profil peraturan", en: "The instance is in production without a policy profile" });
    const retentionMonths = profile === undefined ? 0 : (answer(profile, "evidence.retentionMonths").value ?? 0);
    const standings = production ? standingsOf(image, profile!, instance.content.timeZone) : () => [];

    return (service): ServiceRule => {
      const revisions = revisionsOf(image, service.id);
      const trial = !production || !revisions.some(isInForce);
      const measures: Measures | undefined = matrix[service.content.classification];
      return {
        trial,
        restsOn: trial ? [] : standings(service),
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
  const deprecated = revisions.findLast(isInForce)?.content.deprecated;
  return deprecated === undefined ? undefined : { since: Date.parse(deprecated.at), sunset: startOf(deprecated.sunset, timeZone), successor: deprecated.successor };
}

/** Opinions on the instance and the network are one list for all services; those on a service are its own. */
function standingsOf(image: RegistryImage, profile: Profile, timeZone: string): (service: Service) => readonly Standing[] {
  const required = requiredOpinions(profile);
  const standing = (one: RequiredOpinion, service?: Service): readonly Standing[] => {
    const of = service === undefined ? undefined : { service: service.id, proposal: service.content };
    const given = opinionsOn(image, one, service?.id).filter(wasGiven);
    return one.authorities.map((authority) => {
      const opinions = given.filter((opinion) => concerns(opinion, one, authority, of)).map((opinion) => periodOf(opinion, timeZone));
      return { name: opinionName(one, authority, profile), opinions: opinions.sort(byEnd) };
    });
  };
  const common = required.filter(({ subject }) => subject !== "service").flatMap((one) => standing(one));
  const own = required.filter(({ subject }) => subject === "service");
  return (service) => (own.length === 0 ? common : [...common, ...own.flatMap((one) => standing(one, service))]);
}

const wasGiven = ({ state, content }: Entry<"opinion">): boolean => content.outcome === "diberikan" && (state === "confirmed" || state === "revoked");

function periodOf({ id, state, content }: Entry<"opinion">, timeZone: string): StandingOpinion {
  const { from, until, revoked } = content;
  return {
    id,
    from: startOf(from, timeZone),
    until: until === undefined ? undefined : startOf(until, timeZone),
    ...(state === "revoked" && revoked !== undefined ? { revoked } : {}),
  };
}

const endOf = ({ until = Infinity, revoked }: StandingOpinion): number => Math.min(until, revoked === undefined ? Infinity : Date.parse(revoked.at));
const byEnd = (a: StandingOpinion, b: StandingOpinion): number => Math.sign(endOf(a) - endOf(b)) || (a.id < b.id ? -1 : 1);
