import type { Entry, Opinion, OpinionType, Revision } from "../../registry/entry.ts";
import type { RegistryView } from "../context.ts";
import { answerTo, type Profile } from "../profile/profile.ts";

/** One type of opinion that the profile requires before production. */
export interface RequiredOpinion {
  readonly type: OpinionType;
  /** One opinion of each is required. */
  readonly authorities: readonly string[];
  readonly mode: "internal" | "external";
  readonly subject: "instance" | "network" | "service";
  /** What must not have changed in a service since its opinion was given. */
  readonly freshOn: readonly string[];
  readonly key: "approvals.spl.operasi.authority" | "approvals.spl.keamanan.authority" | "approvals.jaringanIntra.authority";
}

/** The opinions that the regulation requires; none of a type for which it names no authority. */
export function requiredOpinions(profile: Profile): readonly RequiredOpinion[] {
  const required: RequiredOpinion[] = [];
  const subject = answerTo(profile, "approvals.spl.subject").value ?? "instance";
  const freshOn = answerTo(profile, "opinions.freshOn").value ?? [];
  for (const type of ["operasi", "keamanan"] as const) {
    const key = `approvals.spl.${type}.authority` as const;
    const authority = answerTo(profile, key).value;
    if (authority !== null)
      required.push({
        type,
        authorities: [authority],
        mode: answerTo(profile, `approvals.spl.${type}.mode`).value ?? "external",
        subject,
        freshOn,
        key,
      });
  }
  const network = answerTo(profile, "approvals.jaringanIntra.authority").value;
  if (network !== null && answerTo(profile, "approvals.jaringanIntra.required").value === true) {
    const mode = answerTo(profile, "approvals.jaringanIntra.kind").value === "inspection" ? "internal" : "external";
    required.push({
      type: "jaringan-intra",
      authorities: network,
      mode,
      subject: "network",
      freshOn,
      key: "approvals.jaringanIntra.authority",
    });
  }
  return required;
}

/** Whether an opinion is confirmed, positive, begun and not over on a calendar day. */
export const isOpinionInForce = ({ state, content }: Pick<Entry<"opinion">, "state" | "content">, today: string): boolean =>
  state === "confirmed" &&
  content.outcome === "diberikan" &&
  content.from <= today &&
  (content.until === undefined || today < content.until);

/** What an opinion on a service is about. A change of a part that the profile names (`opinions.freshOn`) requires a fresh opinion. */
export function judgedOf({ service, proposal }: Pick<Revision, "service" | "proposal">): NonNullable<Opinion["judged"]> {
  return { version: service.slice(service.lastIndexOf("/") + 1), upstream: proposal.upstream, classification: proposal.classification };
}

/** Whether an opinion answers a requirement for one authority: by its type, its subject and, of a service, what it is about. */
export function concerns(
  { content }: Entry<"opinion">,
  { type, subject, freshOn }: RequiredOpinion,
  authority: string,
  service?: Pick<Revision, "service" | "proposal">,
): boolean {
  if (content.authority !== authority || !content.types.includes(type)) return false;
  if (subject !== "service") return content.subject === subject;
  return (
    service !== undefined && unversioned(content.subject) === unversioned(service.service) && isFresh(content, judgedOf(service), freshOn)
  );
}

/** All opinions on the subject of a requirement, whatever their outcome; those on other versions of the same service are included. */
export const opinionsOn = (registry: RegistryView, { subject }: RequiredOpinion, service = ""): readonly Entry<"opinion">[] =>
  opinionsBySubject(registry).get(unversioned(subject === "service" ? service : subject)) ?? [];

/** One authority whose opinion is required, and the opinion that meets this. */
export interface Ground {
  readonly authority: string;
  /** Of several in force the one that ends last; `undefined` where there is none. */
  readonly opinion: Entry<"opinion"> | undefined;
  /** Where none is in force: the last one that was, since revoked or over. */
  readonly lapsed?: Entry<"opinion">;
  /** Where none is in force: one that is recorded, and that a second person has yet to confirm. */
  readonly recorded?: Entry<"opinion">;
}

/** For each authority of a requirement the opinion in force that meets it. */
export function opinionsFor(
  registry: RegistryView,
  required: RequiredOpinion,
  today: string,
  service?: Pick<Revision, "service" | "proposal">,
): readonly Ground[] {
  const about = opinionsOn(registry, required, service?.service);
  return required.authorities.map((authority) => {
    const own = about.filter((opinion) => concerns(opinion, required, authority, service));
    const [opinion] = own.filter((one) => isOpinionInForce(one, today)).sort((a, b) => (endOf(a) < endOf(b) ? 1 : -1));
    if (opinion !== undefined) return { authority, opinion };
    const lapsed = own.findLast(
      ({ state, content }) => state === "revoked" || (state === "confirmed" && content.until !== undefined && content.until <= today),
    );
    const recorded = own.findLast(({ state }) => state === "recorded");
    return { authority, opinion, ...(lapsed === undefined ? {} : { lapsed }), ...(recorded === undefined ? {} : { recorded }) };
  });
}

const endOf = ({ content }: Entry<"opinion">): string => content.until ?? "9999-12-31";
const hostOf = (upstream: string): string => new URL(upstream).hostname;
const unversioned = (id: string): string => id.replace(/\/v\d+$/, "");

/** Whether the service is still what the opinion is about, in the parts that the profile names. */
function isFresh({ judged: then }: Opinion, now: NonNullable<Opinion["judged"]>, freshOn: readonly string[]): boolean {
  if (then === undefined) return false;
  const same = {
    "major-version": then.version === now.version,
    "upstream-host": hostOf(then.upstream) === hostOf(now.upstream),
    classification: then.classification === now.classification,
  };
  return Object.entries(same).every(([what, unchanged]) => unchanged || !freshOn.includes(what));
}

const indices = new WeakMap<RegistryView, ReadonlyMap<string, readonly Entry<"opinion">[]>>();

/** Indexed once a registry view, which never changes: each of ten thousand services asks for its opinions. */
function opinionsBySubject(registry: RegistryView): ReadonlyMap<string, readonly Entry<"opinion">[]> {
  const known = indices.get(registry);
  if (known !== undefined) return known;
  const found = new Map<string, Entry<"opinion">[]>();
  for (const opinion of registry.of("opinion")) {
    const subject = unversioned(opinion.content.subject);
    const list = found.get(subject);
    if (list === undefined) found.set(subject, [opinion]);
    else list.push(opinion);
  }
  indices.set(registry, found);
  return found;
}
