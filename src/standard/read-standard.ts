import { policiesFolder } from "../base/project.ts";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import type { PointerTokens } from "../source/steps.ts";
import { explainRule } from "../contract/rule-text.ts";
import { findFormat } from "../contract/formats/formats.ts";
import { createSchemaCheck } from "../contract/check/schema-check.ts";
import { faultAt } from "../source/fault.ts";
import { readSource, type Source } from "../source/source.ts";
import { fileStart } from "../source/tree.ts";
import type { LintFunction, Options } from "./function.ts";
import { coreFunctions, ownFunctions } from "./functions/functions.ts";
import { messages } from "./messages.ts";
import { parsePath } from "./path-expression.ts";
import { regularExpression } from "./regular-expression.ts";
import { standardFault, type StandardFault } from "./standard-fault.ts";
import type { Rule, Severity, Standard, Then } from "./standard.ts";

/** A file of `policies/standards/`, as its schema has passed it. */
interface RulesetFile {
  readonly "x-standard": {
    readonly id: string;
    readonly version: string;
    readonly title: Text;
    readonly setters: readonly string[];
    readonly validFrom: string;
    readonly validUntil?: string;
  };
  readonly functions?: readonly string[];
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  readonly rules: Readonly<Record<string, RuleFile>>;
}
interface RuleFile {
  readonly description: string;
  readonly message: string;
  readonly severity: Severity;
  readonly given: string | readonly string[];
  readonly then: ThenFile | readonly ThenFile[];
  readonly extensions: {
    readonly basis: string;
    readonly see?: string;
    readonly title: string;
    readonly en: string;
    readonly remedy: Text;
  };
}
interface ThenFile {
  readonly field?: string;
  readonly function: string;
  readonly functionOptions?: Options;
}

/** The structure that this program understands: it is part of the program, not of the folder that is judged. */
const schema = JSON.parse(readFileSync(join(policiesFolder, "schema/standard.json"), "utf8")) as object;
const check = createSchemaCheck(new Map([["standard", schema]]));

const compiles = (text: string): boolean => {
  try {
    return regularExpression(text) instanceof RegExp;
  } catch {
    return false;
  }
};
const optionsAjv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, verbose: true, logger: false });
optionsAjv.addFormat("regular-expression", compiles);
optionsAjv.addFormat("known-format", (name) => findFormat(name) !== undefined);
const optionJudges = new Map<LintFunction, ValidateFunction>();

/** A path with its alias expanded: each of the alias's own paths, followed by the rest. */
function writeOut(
  text: string,
  aliases: NonNullable<RulesetFile["aliases"]>,
  trail: readonly string[] = [],
): readonly string[] | "alias-unknown" | "alias-circular" {
  const [, alias, rest] = /^#([A-Za-z][A-Za-z0-9_-]*)(.*)$/s.exec(text) ?? [];
  if (alias === undefined) return [text];
  if (trail.includes(alias)) return "alias-circular";
  if (!Object.hasOwn(aliases, alias)) return "alias-unknown";
  const all: string[] = [];
  for (const one of aliases[alias]!) {
    const found = writeOut(one, aliases, [...trail, alias]);
    if (typeof found === "string") return found;
    all.push(...found.map((path) => `${path}${rest}`));
  }
  return all;
}

class Reader {
  readonly faults: StandardFault[] = [];
  private readonly source: Source;
  private readonly isSound: boolean;
  private readonly file: RulesetFile;

  constructor(source: Source, isSound: boolean) {
    this.isSound = isSound;
    this.source = source;
    this.file = source.value as RulesetFile;
  }

  /** Spectral ignores a function or an alias that it does not know; a rule that is never run would seem to hold. */
  rules(): readonly Rule[] {
    const listed = this.file.functions ?? [];
    listed.forEach((name, index) => {
      if (!Object.hasOwn(ownFunctions, name))
        this.faults.push(
          standardFault(this.source.at(["functions", String(index)]), "function-unknown", Object.keys(ownFunctions).join(", ")),
        );
    });
    for (const [name, paths] of Object.entries(this.file.aliases ?? {})) paths.forEach((_, index) => this.given(["aliases", name], index));
    return Object.entries(this.file.rules).map(([id, rule]) => {
      const { extensions } = rule;
      const { basis, see } = extensions;
      return {
        id,
        basis,
        title: { id: rule.description, en: extensions.title },
        severity: rule.severity,
        ...(see === undefined ? {} : { see }),
        message: { id: rule.message, en: extensions.en },
        remedy: extensions.remedy,
        given: [rule.given].flat().flatMap((_, index) => this.given(["rules", id, "given"], index)),
        then: [rule.then]
          .flat()
          .flatMap((then, index) =>
            this.then(then, Array.isArray(rule.then) ? ["rules", id, "then", String(index)] : ["rules", id, "then"]),
          ),
      };
    });
  }

  private given(steps: PointerTokens, index: number): Rule["given"] {
    const value = steps.reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], this.file);
    const place = this.source.at(Array.isArray(value) ? [...steps, String(index)] : steps);
    const aliases = this.file.aliases ?? {};
    const texts = writeOut(String([value].flat()[index]), aliases);
    if (typeof texts === "string") {
      this.faults.push(
        texts === "alias-unknown" ? standardFault(place, texts, Object.keys(aliases).join(", ")) : standardFault(place, texts),
      );
      return [];
    }
    return texts.flatMap((text) => {
      const path = parsePath(text);
      if (path === undefined) this.faults.push(standardFault(place, "path-unknown"));
      return path === undefined ? [] : [{ text, path }];
    });
  }

  private then({ field, function: name, functionOptions = {} }: ThenFile, steps: PointerTokens): readonly Then[] {
    const core = Object.hasOwn(coreFunctions, name) ? coreFunctions[name] : undefined;
    const own = Object.hasOwn(ownFunctions, name) ? ownFunctions[name] : undefined;
    const found = core ?? own;
    const place = this.source.at([...steps, "function"]);
    if (found === undefined) {
      this.faults.push(standardFault(place, "function-unknown", [...Object.keys(coreFunctions), ...Object.keys(ownFunctions)].join(", ")));
      return [];
    }
    if (core === undefined && this.file.functions?.includes(name) !== true)
      this.faults.push(standardFault(place, "function-unlisted", name));
    if (this.isSound) return [{ ...(field === undefined ? {} : { field }), judge: found.judge, options: functionOptions }];
    const judge = optionJudges.get(found) ?? optionsAjv.compile(found.options);
    optionJudges.set(found, judge);
    if (!judge(functionOptions)) {
      const [error] = judge.errors ?? [];
      const below = (error?.instancePath ?? "").split("/").slice(1);
      const text = error === undefined ? messages.unexplained : explainRule(error);
      this.faults.push(standardFault(this.source.at([...steps, "functionOptions", ...below]), "function-options", text.id, text.en));
    }
    return [{ ...(field === undefined ? {} : { field }), judge: found.judge, options: functionOptions }];
  }
}

/**
 * Reads one ruleset. There is a standard only without faults: with one, none of its rules could be relied on. `isSound`: this very text
 * was found without faults before, and is not judged again.
 */
export function readStandard(
  file: string,
  text: string,
  isSound = false,
): { readonly standard: Standard | undefined; readonly faults: readonly StandardFault[] } {
  const { source, faults: broken } = readSource(file, text);
  if (source === undefined || broken.length > 0) return { standard: undefined, faults: broken };
  const { rules, faults } = readRules(source, isSound);
  if (rules === undefined) return { standard: undefined, faults };
  const { "x-standard": about } = source.value as RulesetFile;
  return { standard: { ...about, rules, file, text, digest: sha256(Buffer.from(text)).toString("base64url") }, faults };
}

/** The faults of the rulesets among policies, by path below `policies/`. */
export const judgeRulesets = (policies: ReadonlyMap<string, Source>): readonly StandardFault[] =>
  Array.from(policies).flatMap(([path, source]) => {
    if (!path.startsWith("standards/")) return [];
    return path.endsWith(".yaml") ? readRules(source).faults : [faultAt(fileStart(source.file), "file-unknown", "*.yaml")];
  });

function readRules(
  source: Source,
  isSound = false,
): { readonly rules: readonly Rule[] | undefined; readonly faults: readonly StandardFault[] } {
  const structural = isSound ? [] : check("standard", source);
  if (structural.length > 0) return { rules: undefined, faults: structural };
  const reader = new Reader(source, isSound);
  const rules = reader.rules();
  const { "x-standard": about } = source.value as RulesetFile;
  const faults = [...reader.faults];
  const right = `${about.id}-${about.version}.yaml`;
  if (source.file.split("/").at(-1) !== right) faults.push(standardFault(source.at(["x-standard", "id"]), "name-wrong", right));
  if (about.validUntil !== undefined && about.validUntil <= about.validFrom)
    faults.push(standardFault(source.at(["x-standard", "validUntil"]), "period-empty"));
  return { rules: faults.length > 0 ? undefined : rules, faults };
}
