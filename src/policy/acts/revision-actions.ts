import type { Attribution, Dossier, Entry, Revision } from "../../registry/entry.ts";
import { attributionNow, type ActionRow } from "./action.ts";
import type { Context, Input } from "../context.ts";
import { memberOf } from "../../base/names.ts";
import { changedFor } from "../dossier-parts.ts";
import { needsAnalysis } from "../guards/application-guards.ts";
import { letter, lettersFor, nothing, objectSchema, reason, serviceId, textSchema, day } from "./input-schemas.ts";
import { inProduction } from "../instance-of.ts";
import { askedKeys } from "../profile/profile-keys.ts";
import { Refusal } from "../refusal.ts";
import { applicationConditions, productionConditions } from "./revision-conditions.ts";
import { completed, draftOf } from "./revision-drafts.ts";
import { isRevisionInForce, revisionsOf, routed, routedUnlessReplacing, type RevisionEntry } from "../revisions.ts";
import { messages } from "./messages.ts";

export { revisionsOf };

type RevisionAction = ActionRow<"revision">;

const dossier = objectSchema({
  application: { enum: ["umum", "sejenis-umum", "khusus"] },
  builder: { type: "string", maxLength: 40, examples: askedKeys.builders.words },
  hosting: objectSchema({ place: { enum: ["daerah", "nasional", "pd"] }, advice: letter }, ["place"]),
  documents: lettersFor(...askedKeys["dossier.documents"].words, ...needsAnalysis),
  coordination: letter,
  umumException: lettersFor(...askedKeys["umum.exception"].words),
  ministerOpinion: letter,
  externalConsent: letter,
  domainDecree: letter,
  handover: letter,
});

const owner = (_: Context, entry: RevisionEntry | undefined, input: Input): string =>
  memberOf(entry?.content.service ?? (input["service"] as string));

/** A registrar may act for the Dinas; otherwise only the owner's officers may. */
const ownerOrRegistrar = (context: Context, entry: RevisionEntry | undefined, input: Input): string | undefined =>
  context.actor.roles.has("registrar") ? undefined : owner(context, entry, input);
const change = (entry: RevisionEntry, state: RevisionEntry["state"], content: Partial<Revision> = {}): RevisionEntry => ({
  ...entry,
  state,
  content: { ...entry.content, ...content },
});
const complete = (
  { content: { inherited, ...content }, ...entry }: RevisionEntry,
  state: RevisionEntry["state"],
  given: Dossier,
): RevisionEntry => ({
  ...entry,
  state,
  content: { ...content, ...completed({ dossier: content.dossier, ...(inherited === undefined ? {} : { inherited }) }, given) },
});
const decided = (context: Context, input: Input): NonNullable<Revision["decided"]> => ({
  ...attributionNow(context),
  ...(input as Pick<NonNullable<Revision["decided"]>, "advice" | "planEntry" | "costAnalysis">),
});

/** What the approval of the revision before refers to, as far as it serves: of another contract the costs are others. */
function earlierReferences(context: Context, { content: { previous = "", proposal } }: RevisionEntry): Input {
  const before = context.registry.get("revision", previous);
  if (before === undefined || before.state === "rejected") return {};
  const { planEntry, costAnalysis } = before.content.decided ?? {};
  const sameCosts = changedFor(context, "trial", before.content.proposal, proposal).length === 0;
  return { ...(planEntry === undefined ? {} : { planEntry }), ...(costAnalysis === undefined || !sameCosts ? {} : { costAnalysis }) };
}
const applicants = ({ content }: RevisionEntry): readonly (Attribution | undefined)[] => [
  content.proposed,
  content.applied,
  content.correction,
];

/** The revision, together with the service entry that the data plane routes by. */
const withRoute = (context: Context, revision: RevisionEntry): [RevisionEntry, ...Entry<"service">[]] => [
  revision,
  ...routedUnlessReplacing(context.registry, revision),
];

/**
 * A revision whose trial ends without production: in production its service is routed no more, unless another revision
 * serves; in preparation the manifest goes on bringing it to test members.
 */
const endTrial = (context: Context, withdrawn: RevisionEntry): [RevisionEntry, ...Entry<"service">[]] => [
  withdrawn,
  ...routedUnlessReplacing(context.registry, withdrawn).map((service): Entry<"service"> => ({
    ...service,
    state: inProduction(context.registry) ? "retired" : "active",
  })),
];

/** The actions on the revisions of a service version, from draft to retirement. */
export const revisionActions: readonly RevisionAction[] = [
  {
    name: "revision.propose",
    kind: "revision",
    from: "new",
    to: ["draft"],
    guards: [],
    party: owner,
    input: objectSchema({ service: serviceId, dossier }, ["service"]),
    transition(context, _, input) {
      const { service, dossier: given = {} } = input as { service: string; dossier?: Dossier };
      return [draftOf(context, service, given, context.registry.get("service", service)?.content)];
    },
  },
  {
    name: "revision.complete",
    kind: "revision",
    from: ["draft"],
    to: "same",
    guards: [],
    party: owner,
    key: "dossier.documents",
    input: objectSchema({ dossier }, ["dossier"]),
    transition: (_, entry, input) => [complete(entry!, "draft", input["dossier"] as Dossier)],
  },
  {
    name: "revision.apply",
    kind: "revision",
    from: ["draft"],
    to: ["applied"],
    guards: [...applicationConditions, "correction-notice"],
    party: owner,
    key: "application.route",
    input: nothing,
    transition: (context, entry) => [change(entry!, "applied", { applied: attributionNow(context) })],
  },
  {
    name: "revision.withdraw",
    kind: "revision",
    from: ["draft", "applied", "approved", "trial", "suspended"],
    to: ["withdrawn"],
    guards: [],
    party: owner,
    input: nothing,
    transition(context, entry) {
      const { state, content } = entry!;
      if (state === "suspended" && content.suspended!.from !== "trial")
        throw new Refusal("rule-broken", messages.notWithdrawnFromProduction);
      const withdrawn = change(entry!, "withdrawn");
      return state === "trial" || state === "suspended" ? endTrial(context, withdrawn) : [withdrawn];
    },
  },
  {
    name: "revision.consent",
    kind: "revision",
    from: ["draft", "applied", "approved", "trial"],
    to: "same",
    guards: [],
    party: owner,
    key: "ownerConsent.required",
    input: nothing,
    transition: (context, entry) => [complete(entry!, entry!.state, { consent: attributionNow(context) })],
  },
  {
    name: "revision.approve",
    kind: "revision",
    from: ["applied"],
    to: ["approved"],
    guards: [...applicationConditions, "decision-reference", "cost-analysis"],
    key: "application.route",
    input: objectSchema({ planEntry: textSchema, costAnalysis: letter }),
    decidesOn: applicants,
    transition: (context, entry, input) => [
      change(entry!, "approved", { decided: decided(context, { ...earlierReferences(context, entry!), ...input }) }),
    ],
  },
  {
    name: "revision.reject",
    kind: "revision",
    from: ["applied"],
    to: ["rejected"],
    guards: ["advice"],
    key: "application.rejectionNeedsAdvice",
    input: objectSchema({ advice: textSchema }, ["advice"]),
    decidesOn: applicants,
    transition: (context, entry, input) => [change(entry!, "rejected", { decided: decided(context, input) })],
  },
  {
    name: "revision.revise",
    kind: "revision",
    from: ["rejected"],
    to: ["draft"],
    guards: [],
    party: owner,
    key: "application.rejectionNeedsAdvice",
    input: objectSchema({ dossier }),
    transition(context, entry, input) {
      const { service, proposal } = entry!.content;
      // In production a manifest does not change the service entry: the proposal is in the revision alone.
      const taken = inProduction(context.registry) ? proposal : (context.registry.get("service", service)?.content ?? proposal);
      return [draftOf(context, service, input["dossier"] ?? {}, taken, entry)];
    },
  },
  {
    name: "revision.try",
    kind: "revision",
    from: ["approved"],
    to: ["trial"],
    guards: [],
    key: "sandboxTrial.required",
    input: nothing,
    transition: (context, entry) => withRoute(context, change(entry!, "trial")),
  },
  {
    name: "revision.activate",
    kind: "revision",
    from: ["trial"],
    to: ["active", "deprecated"],
    key: "approvals.spl.subject",
    guards: productionConditions,
    input: objectSchema({ trial: letter, handover: letter }),
    decidesOn: applicants,
    transition(context, entry, input) {
      const replaced = revisionsOf(context.registry, entry!.content.service).filter(isRevisionInForce);
      const deprecated = replaced.findLast(({ content }) => content.deprecated !== undefined)?.content.deprecated;
      // Consumers plan by an end that was announced: the next revision of the version has the same one.
      const serving =
        deprecated === undefined
          ? complete(entry!, "active", input)
          : change(complete(entry!, "deprecated", input), "deprecated", { deprecated });
      return [serving, routed(serving), ...replaced.map((old) => change(old, "retired"))];
    },
  },
  {
    name: "revision.suspend",
    kind: "revision",
    from: ["trial", "active", "deprecated"],
    to: ["suspended"],
    guards: [],
    party: ownerOrRegistrar,
    input: reason,
    transition(context, entry, input) {
      const suspended = { ...attributionNow(context), reason: input["reason"] as string, from: entry!.state };
      return withRoute(context, change(entry!, "suspended", { suspended }));
    },
  },
  {
    name: "revision.resume",
    kind: "revision",
    from: ["suspended"],
    to: ["trial", "active", "deprecated"],
    guards: ["tier-1", "classification", "opinions", "measures"],
    input: nothing,
    transition(context, entry) {
      const { suspended, ...content } = entry!.content;
      return withRoute(context, { ...entry!, state: suspended!.from, content });
    },
  },
  {
    name: "revision.deprecate",
    kind: "revision",
    from: ["active"],
    to: ["deprecated"],
    guards: ["grace-period", "successor"],
    party: owner,
    key: "deprecation.graceDays",
    input: objectSchema({ sunset: day, successor: serviceId }, ["sunset", "successor"]),
    transition(context, entry, input) {
      const { sunset, successor } = input as { sunset: string; successor: string };
      return withRoute(context, change(entry!, "deprecated", { deprecated: { ...attributionNow(context), sunset, successor } }));
    },
  },
  {
    name: "revision.retire",
    kind: "revision",
    from: ["trial", "suspended", "deprecated"],
    to: ["retired"],
    guards: ["grace-period"],
    party: ownerOrRegistrar,
    key: "deprecation.graceDays",
    input: nothing,
    transition(context, entry) {
      // Otherwise an owner could avoid the grace period by suspending the service first.
      if (entry!.content.suspended?.from === "active" && !context.actor.roles.has("registrar")) {
        throw new Refusal("rule-broken", messages.dinasRetiresSuspended);
      }
      return withRoute(context, change(entry!, "retired"));
    },
  },
];
