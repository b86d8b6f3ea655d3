import type { Text } from "../../base/text.ts";
import type { ContractDocument } from "../../contract/document.ts";
import { createServiceContract } from "../../contract/service-contract.ts";
import type { Entry } from "../../registry/entry.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import type { RegistryStore } from "../../registry/registry-store.ts";
import { lint } from "../../standard/lint.ts";
import { standardsFor } from "../../standard/load-standards.ts";
import { readStandard } from "../../standard/read-standard.ts";
import { countsOf, type LintFinding } from "../../standard/report.ts";
import { breakingRules } from "../../standard/breaking-rules.ts";
import { standardName, type Standard } from "../../standard/standard.ts";
import { BrokenOff, CannotValidate } from "../../standard/cannot-validate.ts";
import { grantsLosing } from "./lost-fields.ts";
import type { Conformance } from "../context.ts";
import { Refusal } from "../refusal.ts";
import { answerTo, type Profile } from "../profile/profile.ts";
import { isRevisionInForce, revisionsOf } from "../revisions.ts";
import { messages } from "./messages.ts";

/** What depends on the contracts and the standard alone, and is therefore cached. */
type Verdict = Omit<Conformance, "lost">;

type JudgeBy = typeof lint;
type ReadRegistry = Pick<RegistryState, "roots" | "get" | "of">;

/** Findings that a verdict keeps: a report may have thousands. */
const maxFindings = 50;

/**
 * Lints the contract that a revision proposes against the newest standard that the profile's setter has in force on a day, and as a change
 * of the contract that serves. Gives `undefined` where no standard is in force. Runs off the event loop, once for the same contracts under
 * the same policies.
 */
export function evaluateConformance(
  { document }: Pick<RegistryStore, "document">,
  judgeBy: JudgeBy = lint,
): (registry: ReadRegistry, profile: Profile, today: string, revision: Entry<"revision">) => Promise<Conformance | undefined> {
  const known = new Map<string, Verdict>();
  const read = followStandards(document);
  return async (registry, profile, today, { content: { service, proposal } }) => {
    const [standard] = standardsFor(await read(registry), answerTo(profile, "standard.setter").value, today);
    if (standard === undefined) return undefined;
    const inForce = revisionsOf(registry, service).find(isRevisionInForce)?.content.proposal.contract;
    const previous = inForce === proposal.contract ? undefined : inForce;
    const key = [registry.roots.policy, standardName(standard), proposal.contract, previous].join(" ");
    const text = (await document(proposal.contract)).toString();
    const verdict =
      known.get(key) ?? (await judge(judgeBy, standard, text, previous === undefined ? undefined : (await document(previous)).toString()));
    if (known.size >= maxKnown) known.clear();
    known.set(key, verdict);
    const { operations } = createServiceContract(JSON.parse(text) as ContractDocument);
    return { ...verdict, lost: grantsLosing(registry, service, operations) };
  };
}

const maxKnown = 1000;

const showFinding = ({ rule, pointer, message }: LintFinding): Text => messages.lintFinding(rule, pointer, message);

async function judge(lint: JudgeBy, standard: Standard, text: string, previous: string | undefined): Promise<Verdict> {
  try {
    const report = await lint({ file: "openapi.json", text }, standard, previous === undefined ? {} : { previous });
    const breaks = breakingRules(standard);
    const { true: changes = [], false: errors = [] } = Object.groupBy(
      report.findings.filter(({ severity }) => severity === "error"),
      ({ rule }) => (breaks.has(rule) ? "true" : "false"),
    );
    const show = (finding: LintFinding | undefined): Text | undefined => (finding === undefined ? undefined : showFinding(finding));
    const counts = countsOf(report);
    const first = show(changes[0]);
    return {
      standard: standardName(standard),
      passed: errors.length === 0,
      digest: report.digest,
      errors: errors.length,
      first: show(errors[0]),
      findings: [...changes, ...errors].slice(0, maxFindings).map(showFinding),
      ...(first === undefined ? {} : { breaking: { changes: [...breaks].reduce((sum, rule) => sum + (counts[rule] ?? 0), 0), first } }),
    };
  } catch (fault) {
    // What was broken off is no verdict: the act is not carried out, and the next one judges the contract anew.
    if (fault instanceof BrokenOff) throw new Refusal("internal", fault.detail);
    if (!(fault instanceof CannotValidate)) throw fault;
    return { standard: standardName(standard), passed: false, digest: undefined, errors: 1, first: fault.detail };
  }
}

/** The standards and the reference lists that the registry holds, read again when the policies change. A faulty standard is left out. */
function followStandards(document: RegistryStore["document"]): (registry: ReadRegistry) => Promise<readonly Standard[]> {
  let known: { readonly root: string; readonly standards: readonly Standard[] } | undefined;
  return async (registry) => {
    if (known?.root === registry.roots.policy) return known.standards;
    const texts = async (folder: string): Promise<readonly (readonly [string, string])[]> => {
      const active = Array.from(registry.of("policy")).filter(
        ({ id, state }) => state === "active" && id.startsWith(folder) && id.endsWith(".yaml"),
      );
      return Promise.all(active.map(async ({ id, content }) => [id, (await document(content.digest)).toString()] as const));
    };
    const lists = (await texts("reference/")).map(([, text]) => text);
    const standards = (await texts("standards/")).flatMap(([id, text]) => {
      const { standard } = readStandard(`policies/${id}`, text);
      return standard === undefined ? [] : [{ ...standard, lists }];
    });
    known = { root: registry.roots.policy, standards };
    return standards;
  };
}
