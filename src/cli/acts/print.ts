import type { Done, ShownEntry } from "../../control-client/control-client.ts";
import type { ControlRefusal } from "../../control-client/control-refusal.ts";
import { states } from "../../control-client/state-labels.ts";
import { judgementLines } from "../../control-client/format-explanation.ts";
import { inline, type Text } from "../../base/text.ts";
import type { DossierPart } from "../../policy/dossier-parts.ts";
import { permissions, type Permission } from "../../policy/acts/permissions.ts";
import { refusals, type RefusalCode } from "../../policy/refusal.ts";
import type { EntryContents, EntryKind } from "../../registry/entry.ts";
import { stepsOf, type ActWord } from "./act-labels.ts";
import { messages } from "./messages.ts";

const through = (lastDay: string | undefined): string => (lastDay === undefined ? inline(messages.noEnd) : `→ ${lastDay}`);

/** What a line of a list shows of an entry next to its id and state, by kind. */
const summaries: { readonly [Kind in EntryKind]?: (content: EntryContents[Kind], entry: ShownEntry) => readonly string[] } = {
  instance: ({ name, profile }) => [name, profile ?? "–"],
  key: ({ owner, alg, revoked }, { lastDay }) => [
    owner,
    alg,
    ...(lastDay === undefined ? [] : [through(lastDay)]),
    ...(revoked === undefined ? [] : [revoked.reason, ...(revoked.since === undefined ? [] : [`≥ ${revoked.since}`])]),
  ],
  member: ({ name, mandiriTik }) => [name, ...(mandiriTik === undefined ? [] : ["PD Mandiri TIK"])],
  subsystem: ({ name, upstream }) => [name, upstream ?? "–"],
  revision: ({ proposal, proposed }) => [proposal.title, proposal.classification, proposed.by],
  opinion: ({ types, subject, authority, letter, outcome }, { lastDay }) => [
    types.join("+"),
    subject,
    authority,
    ...(letter === undefined ? [] : [letter.number]),
    outcome,
    through(lastDay),
  ],
  evidence: ({ type, documents }) => [type, Object.keys(documents).join(", ")],
  exemption: ({ guard, subject }, { lastDay }) => [guard, subject, through(lastDay)],
  grant: ({ consumer, service, purpose }, { lastDay, replacedBy }) => [
    `${consumer} → ${service}`,
    purpose,
    through(lastDay),
    ...(replacedBy === undefined ? [] : [inline(messages.replacedBy(replacedBy.grant))]),
  ],
  officer: ({ member, position, roles }) => [member, position, roles.join(", ")],
  token: ({ officer, roles }, { lastDay }) => [officer, roles.join(", "), through(lastDay)],
};

/** Entries as a table: id, state in both languages, what matters of the kind. */
export function tableOf(entries: readonly ShownEntry[]): string {
  const rows = entries.map((entry) => [
    entry.id,
    stateOf(entry),
    ...((summaries[entry.kind] as ((content: unknown, entry: ShownEntry) => readonly string[]) | undefined)?.(entry.content, entry) ?? []),
  ]);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  return rows
    .map(([id = "", state = "", ...more]) => [id.padEnd(widths[0]!), state.padEnd(widths[1]!), more.join(" · ")].join("  ").trimEnd())
    .join("\n");
}

function stateOf({ state }: Pick<ShownEntry, "state">): string {
  const { id, en } = states[state];
  return `${state} (${[...new Set([id, en])].filter((word) => word !== state).join(" · ") || state})`;
}

/** One whole entry, of a revision whether each part of its dossier serves, and the steps that can be taken from its state. */
export async function entryPage(word: ActWord, entry: ShownEntry, dossier: readonly DossierPart[] = []): Promise<string> {
  const { stringify } = await import("yaml");
  const { lastDay, replacedBy } = entry;
  const next = [...stepsOf(word)].filter(([, { from }]) => from !== "new" && from.some((state) => state === entry.state));
  const validity = [
    ...(lastDay === undefined ? [] : [`  ${inline(messages.holdsThrough(lastDay))}`]),
    ...(replacedBy === undefined ? [] : [`  ${inline(messages.replacedBy(replacedBy.grant))}`]),
  ];
  const { inherited: _, ...content } = entry.content as ShownEntry["content"] & { readonly inherited?: unknown };
  const shown = stringify(content, { lineWidth: 0 }).trimEnd().replaceAll(/^/gm, "  ");
  const lines = [`${entry.id}  ${stateOf(entry)}`, ...validity, "", shown];
  if (dossier.length > 0) lines.push("", `${inline(messages.dossier)}:`, ...dossier.map(partLine));
  if (next.length > 0) lines.push("", `${inline(messages.nextSteps)}:`);
  for (const [step, { name, title }] of next)
    lines.push(`  ${word} ${step}  ${inline(title)} · ${permissions[name as Permission].join(", ")}`);
  return lines.join("\n");
}

function partLine({ part, from, serves, why }: DossierPart): string {
  const revision = from === undefined ? "" : `${from.slice(from.lastIndexOf("/") + 1)}: `;
  return `  ${serves ? "✓" : "✗"} ${part}  ${revision}${inline(why)}`;
}

/** What an act has changed, and the judgements of its guards. */
export function doneLines({ title }: { readonly title: Text }, { entry, decision: { content } }: Done): readonly string[] {
  const change = content.from === undefined ? content.to : content.from === content.to ? content.to : `${content.from} → ${content.to}`;
  return [`✓ ${inline(title)}`, `  ${entry.id}  ${change}`, ...content.judgements.flatMap(judgementLines)];
}

/** Why an act was refused: code, what is wrong, and the conditions that do not hold. Those that hold would only hide them. */
export function refusalLines({ code, detail, judgements, errors }: ControlRefusal): readonly string[] {
  const title = Object.hasOwn(refusals, code) ? refusals[code as RefusalCode].title : undefined;
  const lines = [`✗ ${code}${title === undefined ? "" : `: ${inline(title)}`}`];
  if (judgements.length === 0 && detail.id !== title?.id)
    lines.push(`  ${detail.id}`, ...(detail.en === detail.id ? [] : [`  (${detail.en})`]));
  for (const { pointer, detail: where } of errors) lines.push(`  ${pointer === "" ? "/" : pointer}: ${inline(where)}`);
  for (const judgement of judgements)
    if (judgement.verdict === "unmet" || judgement.verdict === "later") lines.push(...judgementLines(judgement));
  return lines;
}
