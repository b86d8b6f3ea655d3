import type { FaultFixture } from "./fault-fixture.ts";
import { failures, named, type Failure } from "./faulty-stores.ts";

/** One fault: what a gateway may do while it lasts, and that it is well when it is over. It rejects with what was not as it should be. */
export type Scenario = {
  readonly name: string;
  /** Of the suite too, because it is quick and says the most. */
  readonly short?: true;
  /** What this machine lacks for it; `undefined` if nothing. */
  readonly lacks?: () => string | undefined;
} & (
  | {
      /** Of a fixture that others were in before: a gateway runs, and nothing fails. It leaves the fixture as it found it. */
      readonly run: (scenario: FaultFixture) => Promise<void>;
    }
  | {
      /** In fixtures of its own, in which no gateway runs yet. */
      readonly alone: (open: OpenFixture) => Promise<void>;
    }
);

/** A fixture that is closed with the scenario. */
export type OpenFixture = (settings?: Readonly<Record<string, string>>) => Promise<FaultFixture>;

/** One scenario for each way in which a write fails: lost, and landed though it was reported lost. */
export const eachFailure = (
  what: string,
  run: (scenario: FaultFixture, failure: Failure) => Promise<void>,
  more: { readonly short?: true } = {},
): Scenario[] => failures.map((failure) => ({ name: named(what, failure), run: (scenario) => run(scenario, failure), ...more }));

/** The same in scenes of its own. */
export const eachFailureAlone = (what: string, alone: (open: OpenFixture, failure: Failure) => Promise<void>): Scenario[] =>
  failures.map((failure) => ({ name: named(what, failure), alone: (open) => alone(open, failure) }));
