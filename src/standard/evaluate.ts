import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import { nodeAt, pointerOf } from "../contract/document.ts";
import type { PointerTokens } from "../source/steps.ts";
import { readLists, type ReferenceLists } from "../contract/formats/reference-list.ts";
import type { LintDocument } from "./document.ts";
import type { Found } from "./function.ts";
import { lintLimits } from "./limits.ts";
import { select, type PathTarget } from "./path-expression.ts";
import { withReading } from "./reading-findings.ts";
import { sealReport, type LintFinding, type LintReport } from "./report.ts";
import { standardName, type Rule, type Standard, type Then } from "./standard.ts";

export interface LintSubject {
  readonly document: LintDocument;
  /** The text or bytes that the document was read from. */
  readonly text: string | Buffer;
  readonly previous?: LintDocument | undefined;
  /** Called with the name of a step that may never end, before it runs. */
  readonly about?: ((what: string) => void) | undefined;
}

/** Judges a document by every rule of a standard. Deterministic: the same document and standard give the same report. */
export function evaluateStandard({ document, text, previous, about = () => undefined }: LintSubject, standard: Standard): LintReport {
  const { lists, digests } = listsOf(standard);
  const selected = new Map<string, readonly PathTarget[]>();
  const findings: LintFinding[] = [];
  const omitted: Record<string, number> = {};
  for (const rule of standard.rules) {
    const told = new Set<string>();
    for (const then of rule.then) {
      const seen = new Set<unknown>();
      for (const { text: expression, path } of rule.given) {
        const targets = selected.get(expression) ?? select(document, path);
        selected.set(expression, targets);
        for (const target of targets.flatMap((one) => fieldsOf(one, then))) {
          for (const found of then.judge(target, then.options as never, { document, previous, lists, seen, about })) {
            const finding = told.size < lintLimits.findingsOfOneRule ? findingOf(document, rule, target, found) : undefined;
            const once = finding === undefined ? "" : `${whereOf(document, finding)} ${finding.message.en}`;
            if (finding === undefined) omitted[rule.id] = (omitted[rule.id] ?? 0) + 1;
            else if (!told.has(once)) findings.push(finding);
            told.add(once);
          }
        }
      }
    }
  }
  const all = [...withReading(document, findings)];
  all.sort((a, b) => a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
  return sealReport({
    file: document.file,
    standard: standardName(standard),
    ruleset: standard.digest,
    document: sha256(typeof text === "string" ? Buffer.from(text) : text).toString("base64url"),
    lists: digests,
    passed: !all.some(({ severity }) => severity === "error"),
    findings: all,
    omitted,
  });
}

/** By what a finding is told once: what operations of Swagger 2.0 share is given at one place, and derived at many. */
const whereOf = ({ version }: LintDocument, { pointer, line, column }: LintFinding): string =>
  version === "2.0" ? `${line}:${column}` : pointer;

interface Lists {
  readonly lists: ReferenceLists;
  readonly digests: LintReport["lists"];
}
const read = new WeakMap<Standard, Lists>();

function listsOf(standard: Standard): Lists {
  const known = read.get(standard);
  if (known !== undefined) return known;
  const texts = standard.lists ?? [];
  const named = texts.flatMap((text) =>
    [...readLists([text]).values()].map(({ list, version }) => [`${list}@${version}`, sha256(Buffer.from(text)).toString("base64url")]),
  );
  const found = { lists: readLists(texts), digests: Object.fromEntries(named) as LintReport["lists"] };
  read.set(standard, found);
  return found;
}

/** The target itself, its member, or the name of each member. */
function fieldsOf({ value, steps }: PathTarget, { field }: Then): readonly PathTarget[] {
  if (field === undefined) return [{ value, steps }];
  if (typeof value !== "object" || value === null) return [];
  if (field === "@key") return Object.keys(value).map((name) => ({ value: name, steps: [...steps, name] }));
  return [{ value: (value as Record<string, unknown>)[field], steps: [...steps, field] }];
}

const fill = (sentence: string, words: Readonly<Record<string, string>>): string =>
  sentence.replaceAll(/\{\{(error|property)\}\}/g, (_, name: string) => words[name]!);

function findingOf(
  document: LintDocument,
  rule: Rule,
  target: PathTarget,
  { steps = target.steps, named = false, error, property = steps.at(-1) ?? "" }: Found,
): LintFinding {
  const { id, severity, basis, message } = rule;
  let existing: PointerTokens = steps;
  while ((nodeAt(document.value, existing) ?? nodeAt(document.given, existing)) === undefined) existing = existing.slice(0, -1);
  const both: Text = {
    id: fill(message.id, { error: error?.id ?? "", property }),
    en: fill(message.en, { error: error?.en ?? "", property }),
  };
  const isName = named || existing.length < steps.length || nameOnly(document, target, steps);
  return {
    rule: id,
    severity,
    ...document.place(existing, isName),
    pointer: pointerOf(existing),
    basis,
    message: both,
    remedy: rule.remedy,
  };
}

/** Whether a target is a member's name (`@key`) and not its value. */
const nameOnly = (document: LintDocument, target: PathTarget, steps: PointerTokens): boolean =>
  steps === target.steps &&
  typeof target.value === "string" &&
  target.value === steps.at(-1) &&
  nodeAt(document.value, steps) !== target.value;
