import type { Text } from "../base/text.ts";
import type { Entry, Letter, ServiceContent } from "../registry/entry.ts";
import { partsOf, withoutParts } from "../registry/inherit-dossier.ts";
import { addMonths } from "./calendar.ts";
import type { Context } from "./context.ts";
import { messages } from "./messages.ts";
import { answerTo } from "./profile/profile.ts";

/** One part of a revision's dossier, and whether it serves for this revision. */
export interface DossierPart {
  /** `hosting`, `documents.spesifikasi-teknis`. */
  readonly part: string;
  /** The revision from which it was taken over; absent for the revision's own. */
  readonly from?: string;
  readonly letter?: Letter;
  readonly serves: boolean;
  readonly why: Text;
}

/** What a part was about: members of the proposal, or the host in its upstream. */
type Aspect = keyof typeof messages.aspects;

/** What must be as it was for a part to serve again. A part without a line is about the application, whatever its revision. */
const about: Readonly<Record<string, readonly Aspect[]>> = {
  hosting: ["host"],
  domainDecree: ["host"],
  consent: ["contract", "classification", "personalData", "open"],
  externalConsent: ["classification", "personalData", "open"],
  trial: ["contract", "basePath", "classification", "limits", "validateResponses", "validateOperations", "receipt", "providerSignature"],
  handover: ["contract"],
};

type Judged = Pick<Context, "registry" | "profile" | "today" | "behaviourOf">;

/** The aspects on which a part depends and in which two proposals differ. */
export function changedFor(
  { behaviourOf }: Pick<Context, "behaviourOf">,
  part: string,
  a: ServiceContent,
  b: ServiceContent,
): readonly Aspect[] {
  const read = (proposal: ServiceContent, aspect: Aspect): unknown => {
    if (aspect === "host") return new URL(proposal.upstream).hostname;
    return aspect === "contract" ? (behaviourOf?.(proposal.contract) ?? proposal.contract) : proposal[aspect];
  };
  return (about[part] ?? []).filter((aspect) => JSON.stringify(read(a, aspect)) !== JSON.stringify(read(b, aspect)));
}

/** Each part of a revision's dossier with whether it serves, and why. */
export function dossierParts(context: Judged, { content }: Entry<"revision">): readonly DossierPart[] {
  const { dossier, inherited = {}, proposal } = content;
  return partsOf(dossier).map((part) => {
    const letter = letterIn(dossier, part);
    const own = { part, ...(letter === undefined ? {} : { letter }) };
    const from = inherited[part];
    const origin = from === undefined ? undefined : context.registry.get("revision", from);
    if (from === undefined || origin === undefined) return { ...own, serves: true, why: messages.ofThisRevision };
    const changed = changedFor(context, part, origin.content.proposal, proposal);
    if (changed.length > 0) return { ...own, from, serves: false, why: messages.noLongerServes(namesOf(changed)) };
    const months = part === "ministerOpinion" ? answerTo(context.profile, "opinions.validityMonths").value : null;
    const end = months === null || letter === undefined ? undefined : addMonths(letter.date, months);
    if (end !== undefined && end <= context.today) return { ...own, from, serves: false, why: messages.ranOut(end) };
    const aspects = about[part];
    return { ...own, from, serves: true, why: aspects === undefined ? messages.aboutTheApplication : messages.unchanged(namesOf(aspects)) };
  });
}

/** The revision with the parts of its dossier that serve for it. */
export function withServingDossier(context: Judged, revision: Entry<"revision">): Entry<"revision"> {
  const lapsed = new Set(dossierParts(context, revision).flatMap(({ part, serves }) => (serves ? [] : [part])));
  if (lapsed.size === 0) return revision;
  return { ...revision, content: { ...revision.content, dossier: withoutParts(revision.content.dossier, lapsed) } };
}

const namesOf = (aspects: readonly Aspect[]): Text => {
  const words = [...new Map(aspects.map((aspect) => [messages.aspects[aspect].id, messages.aspects[aspect]])).values()];
  return { id: words.map(({ id }) => id).join(", "), en: words.map(({ en }) => en).join(", ") };
};

function letterIn(dossier: Entry<"revision">["content"]["dossier"], part: string): Letter | undefined {
  const [head, word] = part.split(/\.(.*)/s) as [keyof typeof dossier, string?];
  const found: unknown = word === undefined ? dossier[head] : (dossier[head] as Readonly<Record<string, unknown>>)[word];
  if (typeof found !== "object" || found === null) return undefined;
  if ("sha256" in found) return found as Letter;
  return (found as { readonly advice?: Letter }).advice;
}
