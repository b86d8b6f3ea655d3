import type { Entry, Judgement } from "../../registry/entry.ts";
import type { Context, Input, StatefulKind } from "../context.ts";
import { addDays } from "../calendar.ts";
import { proofOfDutyGuards } from "./proof-of-duty-guards.ts";
import { grantGuards } from "./grant-guards.ts";
import { judgementOf, type Guard } from "./guard.ts";
import { instanceGuards } from "./instance-guards.ts";
import { answerTo } from "../profile/profile.ts";
import { dossierParts, withServingDossier } from "../dossier-parts.ts";
import { revisionGuards } from "./revision-guards.ts";
import { subsystemGuards } from "./subsystem-guards.ts";
import { messages } from "./messages.ts";

/** Every guard by the name that refusals, decisions and exemptions use. */
export const guards = { ...revisionGuards, ...instanceGuards, ...grantGuards, ...subsystemGuards, ...proofOfDutyGuards };

export type GuardName = keyof typeof guards;

/** Evaluates all the guards named, in order, also after one is unmet. An exemption in force turns `unmet` into `exempt`. */
export function evaluateGuards(
  context: Context,
  names: readonly GuardName[],
  entry: Entry<StatefulKind>,
  input: Input,
): readonly Judgement[] {
  const subject = entry.kind === "revision" ? withServingDossier(context, entry) : entry;
  return names.map((name) => {
    const guard = guards[name] as Guard;
    const judged = judgementOf(context, name, guard, guard.evaluate(context, subject, input));
    if (judged.verdict !== "unmet") return judged;
    const found = entry.kind === "revision" ? withLapsedPart(judged, context, entry) : judged;
    const exemption = exemptionFrom(context, name, entry);
    if (exemption === undefined) return found;
    const { until, cite, letter } = exemption.content;
    return {
      ...found,
      verdict: "exempt",
      key: "transition.until",
      cite,
      basis: answerTo(context.profile, "transition.until").basis,
      detail: messages.exempt(addDays(until, -1), letter.number, found.detail),
    };
  });
}

/** The part of a dossier that a guard asks for. */
const partOf: Readonly<Partial<Record<GuardName, string>>> = {
  hosting: "hosting",
  "host-name": "domainDecree",
  "application-route": "ministerOpinion",
  "external-sharing": "externalConsent",
  "owner-consent": "consent",
  "sandbox-trial": "trial",
  handover: "handover",
};

/** Says of a part that was taken over why it does not serve: otherwise the officer sees it there and wonders. */
function withLapsedPart(judged: Judgement, context: Context, revision: Entry<"revision">): Judgement {
  const lapsed = dossierParts(context, revision).find(({ part, serves }) => !serves && part === partOf[judged.guard as GuardName]);
  return lapsed === undefined ? judged : { ...judged, detail: messages.lapsed(judged.detail, lapsed.from!, lapsed.why) };
}

function exemptionFrom(
  { registry, today }: Context,
  guard: string,
  { kind, id, content }: Entry<StatefulKind>,
): Entry<"exemption"> | undefined {
  const subject = kind === "revision" ? content.service : id;
  for (const exemption of registry.of("exemption")) {
    if (
      exemption.state === "confirmed" &&
      exemption.content.guard === guard &&
      exemption.content.subject === subject &&
      today < exemption.content.until
    )
      return exemption;
  }
  return undefined;
}

/** The judgements that prevent the action. */
export const blockers = (judgements: readonly Judgement[]): readonly Judgement[] =>
  judgements.filter(({ verdict }) => verdict === "unmet" || verdict === "later");
