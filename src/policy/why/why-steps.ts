import type { Text } from "../../base/text.ts";
import type { Step } from "../../base/explanation.ts";
import type { Leaf } from "../../ledger/leaf.ts";
import type { Decision, Entry, EntryKind, Judgement, Letter } from "../../registry/entry.ts";
import { entryName } from "../../registry/plan.ts";
import type { Context, RegistryView, StatefulKind } from "../context.ts";
import { actions } from "../acts/actions.ts";
import { dayIn, startOfDay } from "../calendar.ts";
import type { ClassificationMatrix } from "../profile/classification.ts";
import { guards, blockers, evaluateGuards, type GuardName } from "../guards/guards.ts";
import { instanceOf } from "../instance-of.ts";
import { permissions, type Permission } from "../acts/permissions.ts";
import { answerTo, type Profile } from "../profile/profile.ts";
import type { AskedKey } from "../profile/profile-keys.ts";

/** What an explanation is read from: the registry with its rules, the time, and the ledger if exchanges are to be explained. */
export interface WhyView {
  readonly registry: RegistryView;
  readonly profile: Profile;
  readonly matrix: ClassificationMatrix;
  /** Milliseconds. */
  readonly now: number;
  readonly operationsOf: Context["operationsOf"];
  /** How a revision's contract meets the standard in force. */
  readonly conformanceOf?: (revision: Entry<"revision">) => Promise<Context["conformance"]>;
  /** Of the newest revision, once it is known. */
  readonly conformance?: Context["conformance"];
  /** The leaf of an exchange by its id. */
  readonly leafOf?: (id: string) => Promise<Leaf | undefined>;
  /** What was in force when `basis.registry` was this root (base64url). */
  readonly versionOf?: (root: string) => Promise<Pick<WhyView, "registry" | "profile"> | undefined>;
}

type Details = Omit<Step, "detail" | "cite" | "basis">;

/** A step that rests on an answer of the profile; without a key on a rule of the project. */
export function explanationStep(
  { profile }: Pick<WhyView, "profile">,
  key: AskedKey | undefined,
  id: string,
  en: string,
  details: Details = {},
): Step {
  const { cite, basis } = key === undefined ? { cite: null, basis: "project rule" } : answerTo(profile, key);
  return { detail: { id, en }, cite, basis, ...details };
}

/** Which regulation is in force, in which version of its profile. */
export function profileStep({ profile }: Pick<WhyView, "profile">): Step {
  const { id, version, digest, regulation } = profile;
  return {
    detail: {
      id: `Berlaku ${regulation.short}, profil ${id} versi ${version}.`,
      en: `${regulation.short} is in force, profile ${id} version ${version}.`,
    },
    cite: null,
    basis: regulation.short,
    profile: { id, version, digest },
  };
}

/** What nobody asks for, and why not. */
export function notAsked({ profile }: Pick<WhyView, "profile">, key: AskedKey): Step {
  const { id, en, cite, basis } = answerTo(profile, key);
  return { detail: { id: `Tidak disyaratkan: ${id}`, en: `Not required: ${en}` }, cite, basis, verdict: "not-required" };
}

/** Every decision on an entry, oldest first. */
export function decisionsOn(view: Pick<WhyView, "registry">, entry: Pick<Entry, "kind" | "id">): readonly Entry<"decision">[] {
  const name = entryName(entry);
  return [...view.registry.of("decision")]
    .filter(({ content }) => content.subject === name)
    .sort((a, b) => (a.content.at < b.content.at ? -1 : 1));
}

/** What was decided on an entry: each act with its documents and with what the guards found; a finding that was told before is not told again. */
export function decisionSteps(view: WhyView, entry: Entry<StatefulKind>): readonly Step[] {
  const names = letterNames(entry.content);
  const told = new Set<string>();
  return decisionsOn(view, entry).flatMap(({ content }) => {
    const { action, judgements, documents } = content;
    const fresh = judgements.filter(({ guard, detail }) => !told.has(`${guard} ${detail.id}`));
    for (const { guard, detail } of fresh) told.add(`${guard} ${detail.id}`);
    return [
      actStep(view, content),
      ...documents.map((document) =>
        explanationStep(
          view,
          actions.get(action)?.key,
          `Dokumen ${names.get(document) ?? "-"}.`,
          `Document ${names.get(document) ?? "-"}.`,
          { document },
        ),
      ),
      ...fresh.map(judgementStep),
    ];
  });
}

/** Who decided on what somebody else had asked or recorded: the shortest chain. */
export function decidersOf(view: WhyView, entry: Entry<StatefulKind>): readonly Step[] {
  return decisionsOn(view, entry).flatMap(({ content }) =>
    actions.get(content.action)?.decidesOn === undefined ? [] : [actStep(view, content)],
  );
}

function actStep(view: WhyView, { action: name, from, to, by, at, profile, note }: Decision): Step {
  const { title, key } = actions.get(name) ?? { title: { id: name, en: name } };
  const [way, said] = [from === undefined || from === to ? to : `${from} → ${to}`, note === undefined ? "" : ` “${note}”`];
  return explanationStep(view, key, `${title.id} (${way}).${said}`, `${title.en} (${way}).${said}`, { by, at, profile });
}

export function judgementStep({ guard, verdict, cite, basis, detail, remedy }: Judgement): Step {
  const title: Text = Object.hasOwn(guards, guard) ? guards[guard as GuardName].title : { id: "Empat mata", en: "Four eyes" };
  return {
    detail: { id: `${title.id}: ${detail.id}`, en: `${title.en}: ${detail.en}` },
    cite,
    basis,
    verdict,
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** What guards and actions are given when nobody acts yet. */
export function contextOf({ registry, profile, matrix, now, operationsOf, conformance }: WhyView): Context {
  const today = dayIn(instanceOf(registry).content.timeZone, now);
  return { registry, profile, matrix, conformance, now, today, operationsOf, actor: { officer: "", member: "", roles: new Set() } };
}

/** How the guards of a step would judge it now, were it taken. */
export function dryJudgements(view: WhyView, name: string, entry: Entry<StatefulKind>): readonly Judgement[] {
  const { guards: names, to } = actions.get(name)!;
  return evaluateGuards(contextOf(view), names, { ...entry, state: to === "same" ? entry.state : to[0]! }, {});
}

/** The next step, who may take it, and what it still lacks. */
export function nextSteps(view: WhyView, name: string, entry: Entry<StatefulKind>): readonly Step[] {
  const { title, key } = actions.get(name)!;
  const who = permissions[name as Permission].join(", ");
  const lacking = blockers(dryJudgements(view, name, entry));
  const ready = lacking.length === 0;
  return [
    explanationStep(
      view,
      key,
      `Langkah berikut: ${title.id} (${name}), oleh ${who}${ready ? "; semua syaratnya terpenuhi" : ""}.`,
      `Next: ${title.en} (${name}), by ${who}${ready ? "; all its conditions are met" : ""}.`,
    ),
    ...lacking.map(judgementStep),
  ];
}

/** Parts of a content that need no word of their own before a letter's. */
const wrappers: ReadonlySet<string> = new Set(["dossier", "documents", "decided"]);

/** A moment as its day in the region where it is the day's first. */
export function momentOf({ registry }: Pick<WhyView, "registry">, moment: string): string {
  const { timeZone } = instanceOf(registry).content;
  const day = dayIn(timeZone, Date.parse(moment));
  return startOfDay(day, timeZone) === Date.parse(moment) ? day : moment;
}

/** What a content calls its letters, by SHA-256: `spesifikasi-teknis: 600/1/2026, 2026-01-31`. */
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
