import type { Control, Done } from "../../control-client/control-client.ts";
import { ControlRefusal } from "../../control-client/control-refusal.ts";
import { actions } from "../../policy/acts/actions.ts";
import type { ScenarioStep, Phase, PhaseName, Scenario } from "./script.ts";

/** What became of one deed. */
export interface StepResult {
  readonly step: ScenarioStep;
  /** Undefined if it was refused. */
  readonly done?: Done;
  readonly refusal?: ControlRefusal;
}

export interface ScenarioResult {
  readonly subject: string;
  readonly results: readonly StepResult[];
}

export interface PhaseResult extends Omit<Phase, "scenarios"> {
  readonly scenarios: readonly ScenarioResult[];
}

/**
 * Plays the phases in order, each deed as its official. A deed under the same key is done once, so a road that was broken off goes on where it
 * stood. Throws only for what is no refusal.
 */
export async function* runScenarios(phases: readonly Phase[], as: (officer: string) => Control): AsyncGenerator<PhaseResult> {
  for (const { name, title, scenarios } of phases) {
    const walked: ScenarioResult[] = [];
    for (const [index, scenario] of scenarios.entries()) walked.push(await play(scenario, as, `${name}-${index}`));
    yield { name, title, scenarios: walked };
  }
}

async function play({ subject, steps }: Scenario, as: (officer: string) => Control, key: string): Promise<ScenarioResult> {
  const results: StepResult[] = [];
  let made: string | undefined;
  for (const [index, step] of steps.entries()) {
    const result = await take(
      step,
      step.id ?? (actions.get(step.action)!.from === "new" ? undefined : made),
      as(step.by),
      `demo-${key}-${index}`,
    );
    results.push(result);
    if (result.done !== undefined) made = result.done.entry.id;
    // A step that cannot be taken from where its subject is was taken at an earlier start.
    else if (step.tried !== true && result.refusal?.code !== "illegal-transition") break;
  }
  return { subject, results };
}

async function take(step: ScenarioStep, id: string | undefined, control: Control, idempotencyKey: string): Promise<StepResult> {
  const { action, input = {} } = step;
  try {
    return { step, done: await control.act({ action, input, idempotencyKey, ...(id === undefined ? {} : { id }) }) };
  } catch (refusal) {
    if (refusal instanceof ControlRefusal) return { step, refusal };
    throw refusal;
  }
}

/** The scenes of one phase. */
export const phaseOf = (phases: readonly PhaseResult[], name: PhaseName): readonly ScenarioResult[] =>
  phases.find((phase) => phase.name === name)?.scenarios ?? [];
