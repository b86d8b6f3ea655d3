import type { Text } from "../../base/text.ts";
import type { Step } from "../../base/explanation.ts";
import type { Leaf } from "../../ledger/leaf.ts";
import type { Decision, Entry, EntryKind, Judgement, Letter } from "../../registry/entry.ts";
import { entryName } from "../../registry/plan.ts";
import type { Context, RegistryView, StatefulKind } from "../context.ts";
import { actions } from "../acts/actions.ts";
import { dayIn, startOfDay } from "../calendar.ts";
import type { ClassificationMatrix } from "../profile/classification.ts";
import { guardTitles } from "../guards/guard-titles.ts";
import { blockers, evaluateGuards } from "../guards/guards.ts";
import { instanceOf } from "../instance-of.ts";
import { permissions, type Permission } from "../acts/permissions.ts";
import { answerTo, type Profile } from "../profile/profile.ts";
import type { AskedKey } from "../profile/profile-keys.ts";
import { messages } from "./messages.ts";

/** The sources of an explanation: the registry with its policies, the time, and the ledger if exchanges are to be explained. */
export interface WhyView {
  readonly registry: RegistryView;
  readonly profile: Profile;
  readonly matrix: ClassificationMatrix;
  /** Milliseconds. */
  readonly now: number;
  readonly operationsOf: Context["operationsOf"];
  /** How a revision's contract meets the standard in force. */
  readonly conformanceOf?: (revision: Entry<"revision">) => Promise<Context["conformance"]>;
  /** The same for the newest revision, once it has been evaluated. */
  readonly conformance?: Context["conformance"];
  /** What the contracts of a revision, and of those that it inherits from, do. */
  readonly behavioursOf?: (revision: Entry<"revision">) => Promise<NonNullable<Context["behaviourOf"]>>;
  /** The same for the newest revision. */
  readonly behaviourOf?: Context["behaviourOf"];
  /** The leaf of an exchange by its id. */
  readonly leafOf?: (id: string) => Promise<Leaf | undefined>;
  /** What was in force when the registry root (`basis.registry`, base64url) was this one. */
  readonly versionOf?: (root: string) => Promise<Pick<WhyView, "registry" | "profile"> | undefined>;
}

type Details = Omit<Step, "detail" | "cite" | "basis">;

/** A step whose basis is an answer of the profile; without a key, a rule of the project. */
export function explanationStep(
  { profile }: Pick<WhyView, "profile">,
  key: AskedKey | undefined,
  detail: Text,
  details: Details = {},
): Step {
  const { cite, basis } = key === undefined ? { cite: null, basis: "project rule" } : answerTo(profile, key);
  return { detail, cite, basis, ...details };
}

/** Which regulation is in force, in which version of its profile. */
export function profileStep({ profile }: Pick<WhyView, "profile">): Step {
  const { id, version, digest, regulation } = profile;
  return {
    detail: messages.profileInForce(regulation.short, id, version),
    cite: null,
    basis: regulation.short,
    profile: { id, version, digest },
  };
}

/** A condition that the regulation does not set, with the reason. */
export function notAsked({ profile }: Pick<WhyView, "profile">, key: AskedKey): Step {
  const answer = answerTo(profile, key);
  return { detail: messages.notRequired(answer), cite: answer.cite, basis: answer.basis, verdict: "not-required" };
}

/** Every decision on an entry, oldest first. */
export function decisionsOn(view: Pick<WhyView, "registry">, entry: Pick<Entry, "kind" | "id">): readonly Entry<"decision">[] {
  const name = entryName(entry);
  return [...view.registry.of("decision")]
    .filter(({ content }) => content.subject === name)
    .sort((a, b) => (a.content.at < b.content.at ? -1 : 1));
}

/**
 * The decisions on an entry, each with its documents and the findings of the guards. A finding is shown once, with the first
 * decision that has it.
 */
export function decisionSteps(view: WhyView, entry: Entry<StatefulKind>): readonly Step[] {
  const names = letterNames(entry.content);
  const shown = new Set<string>();
  return decisionsOn(view, entry).flatMap(({ content }) => {
    const { action, judgements, documents } = content;
    const fresh = judgements.filter(({ guard, detail }) => !shown.has(`${guard} ${detail.id}`));
    for (const { guard, detail } of fresh) shown.add(`${guard} ${detail.id}`);
    return [
      actStep(view, content),
      ...documents.map((document) =>
        explanationStep(view, actions.get(action)?.key, messages.document(names.get(document) ?? "-"), { document }),
      ),
      ...fresh.map(judgementStep),
    ];
  });
}

/** Only the decisions on acts of other officers: the shortest chain. */
export function decidersOf(view: WhyView, entry: Entry<StatefulKind>): readonly Step[] {
  return decisionsOn(view, entry).flatMap(({ content }) =>
    actions.get(content.action)?.decidesOn === undefined ? [] : [actStep(view, content)],
  );
}

function actStep(view: WhyView, { action: name, from, to, by, at, profile, note }: Decision): Step {
  const { title, key } = actions.get(name) ?? { title: { id: name, en: name } };
  const [way, said] = [from === undefined || from === to ? to : `${from} → ${to}`, note === undefined ? "" : ` “${note}”`];
  return explanationStep(view, key, messages.decisionTaken(title, way, said), { by, at, profile });
}

/** A judgement under the title of its guard; a decision of another version of Simpul may name one that this version does not have. */
export function judgementStep({ guard, verdict, cite, basis, detail, remedy }: Judgement): Step {
  const known = Object.hasOwn(guardTitles, guard);
  const title = known ? guardTitles[guard as keyof typeof guardTitles] : { id: guard, en: guard };
  return {
    detail: messages.judgement(title, detail),
    cite,
    basis,
    verdict,
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** The context in which guards are evaluated when no officer acts. */
export function contextOf({ registry, profile, matrix, now, operationsOf, conformance, behaviourOf }: WhyView): Context {
  const today = dayIn(instanceOf(registry).content.timeZone, now);
  const actor = { officer: "", member: "", roles: new Set<never>() };
  return { registry, profile, matrix, conformance, now, today, operationsOf, actor, ...(behaviourOf === undefined ? {} : { behaviourOf }) };
}

/** The judgements of an action's guards if it were taken now. */
export function dryJudgements(view: WhyView, name: string, entry: Entry<StatefulKind>): readonly Judgement[] {
  const { guards: names, to } = actions.get(name)!;
  return evaluateGuards(contextOf(view), names, { ...entry, state: to === "same" ? entry.state : to[0]! }, {});
}

/** The next action, the roles that may take it, and the conditions that are not met yet. */
export function nextSteps(view: WhyView, name: string, entry: Entry<StatefulKind>): readonly Step[] {
  const { title, key } = actions.get(name)!;
  const who = permissions[name as Permission].join(", ");
  const lacking = blockers(dryJudgements(view, name, entry));
  const ready = lacking.length === 0;
  return [explanationStep(view, key, messages.nextStep(title, name, who, ready)), ...lacking.map(judgementStep)];
}

/** Members of a content that are left out of a letter's name. */
const wrappers: ReadonlySet<string> = new Set(["dossier", "documents", "decided"]);

/** A moment as written in the registry, or as its calendar day in the region if it is the first instant of that day. */
export function momentOf({ registry }: Pick<WhyView, "registry">, moment: string): string {
  const { timeZone } = instanceOf(registry).content;
  const day = dayIn(timeZone, Date.parse(moment));
  return startOfDay(day, timeZone) === Date.parse(moment) ? day : moment;
}

/** The names of the letters in a content, by SHA-256: `spesifikasi-teknis: 600/1/2026, 2026-01-31`. */
function letterNames(content: Entry<EntryKind>["content"]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== "object" || value === null) return;
    if ("sha256" in value) {
      const { number, date, sha256 } = value as Letter;
      found.set(sha256, `${path.join(".")}: ${number}, ${date}`);
    } else for (const [name, part] of Object.entries(value)) walk(part, wrappers.has(name) ? path : [...path, name]);
  };
  walk(content, []);
  return found;
}
