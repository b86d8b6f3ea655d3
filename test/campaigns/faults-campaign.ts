import { openFaultFixture, type FaultFixture } from "./fault-fixture.ts";
import { clocks } from "./faults/clocks.ts";
import { damages } from "./faults/damage.ts";
import { disks } from "./faults/disks.ts";
import { ledgerWrites } from "./faults/ledger-writes.ts";
import { registryWrites } from "./faults/registry-writes.ts";
import type { Scenario } from "./scenario.ts";

export const scenarios: readonly Scenario[] = [...ledgerWrites, ...registryWrites, ...disks, ...damages, ...clocks];

export interface FaultsResult {
  readonly seed: number;
  readonly passed: readonly string[];
  /** What this machine cannot be made to do, and why. */
  readonly notTried: readonly { readonly name: string; readonly lacks: string }[];
  readonly findings: readonly { readonly name: string; readonly said: string }[];
  /** Exchanges answered while something failed or had failed, all held to what was promised. */
  readonly answers: number;
  readonly executions: number;
}

export interface FaultsOptions {
  readonly seed: number;
  readonly scenarios: readonly Scenario[];
  readonly progress?: (done: number, name: string, findings: FaultsResult["findings"]) => void;
}

/**
 * Goes through faults one after another. Most strike one gateway that is never restarted, since recovery needs no hand; what is left of one
 * is what the next one meets.
 */
export async function faultsCampaign({ seed, scenarios, progress }: FaultsOptions): Promise<FaultsResult> {
  const passed: string[] = [];
  const notTried: { name: string; lacks: string }[] = [];
  const findings: { name: string; said: string }[] = [];
  const sums = { answers: 0, executions: 0 };
  let shared: FaultFixture | undefined;
  const end = async (fixture: FaultFixture): Promise<void> => {
    sums.answers += fixture.judge.judged.answers;
    sums.executions += fixture.judge.judged.executions;
    await fixture.close();
  };

  const play = async (scenario: Scenario): Promise<void> => {
    if ("run" in scenario) {
      if (shared === undefined) {
        shared = await openFaultFixture(seed);
        await shared.start();
      }
      return scenario.run(shared);
    }
    const opened: FaultFixture[] = [];
    try {
      await scenario.alone(async (settings) => {
        const fixture = await openFaultFixture(seed, settings);
        opened.push(fixture);
        return fixture;
      });
    } finally {
      for (const fixture of opened) await end(fixture);
    }
  };

  for (const [done, scenario] of scenarios.entries()) {
    const { name } = scenario;
    progress?.(done, name, findings);
    const lacks = scenario.lacks?.();
    if (lacks !== undefined) {
      notTried.push({ name, lacks });
      continue;
    }
    try {
      await play(scenario);
      passed.push(name);
    } catch (fault) {
      findings.push({ name, said: fault instanceof Error ? fault.message : String(fault) });
      // A gateway that a fault has left unwell would only say so again.
      if (shared !== undefined) await end(shared);
      shared = undefined;
    }
  }
  if (shared !== undefined) await end(shared);
  progress?.(scenarios.length, "", findings);
  return { seed, passed, notTried, findings, ...sums };
}
