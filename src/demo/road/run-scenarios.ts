import type { Control, Done } from "../../control-client/control-client.ts";
import { ControlRefusal } from "../../control-client/control-refusal.ts";
import { actions } from "../../policy/acts/actions.ts";
import type { ScenarioStep, Phase, PhaseName, Scenario } from "./script.ts";

/** The result of one step. */
export interface StepResult {
  readonly step: ScenarioStep;
  /** Undefined if the step was refused. */
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
 * Runs the phases in order, each step as its official. A step has an idempotency key and is taken once, so a road that was broken off
 * goes on where it stopped. A refusal is a result; any other fault is thrown.
 */
export async function* runScenarios(phases: readonly Phase[], as: (officer: string) => Control): AsyncGenerator<PhaseResult> {
  for (const { name, title, scenarios } of phases) {
    const results: ScenarioResult[] = [];
    for (const [index, scenario] of scenarios.entries()) results.push(await play(scenario, as, `${name}-${index}`));
    yield { name, title, scenarios: results };
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
    // A step that is not possible from the state of its subject was taken at an earlier start.
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

/** The scenarios of one phase. */
export const phaseOf = (phases: readonly PhaseResult[], name: PhaseName): readonly ScenarioResult[] =>
  phases.find((phase) => phase.name === name)?.scenarios ?? [];
