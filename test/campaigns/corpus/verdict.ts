import { Validator } from "@seriousme/openapi-schema-validator";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../src/base/clock.ts";
import { policiesFolder } from "../../../src/base/project.ts";
import { configOnFreePorts } from "../../../src/cli/own-config.ts";
import type { SchemaCheck } from "../../../src/contract/check/schema-check.ts";
import { applyManifests } from "../../../src/gateway/apply-manifests.ts";
import { createInstance } from "../../../src/gateway/identity.ts";
import { startGateway } from "../../../src/gateway/process.ts";
import { loadPolicies } from "../../../src/registry/manifest/load-policies.ts";
import { CannotValidate } from "../../../src/standard/cannot-validate.ts";
import { lint } from "../../../src/standard/lint.ts";
import { loadStandards } from "../../../src/standard/load-standards.ts";
import type { Standard } from "../../../src/standard/standard.ts";
import { attempt } from "../../../src/workbench/attempt.ts";
import { startMock } from "../../../src/workbench/mock.ts";
import { layOutSandbox } from "../../../src/workbench/sandbox.ts";
import { readTrial, type Trial } from "../../../src/workbench/trial.ts";

/** What becomes of one published document, as it is. */
export interface Verdict {
  /** By the OpenAPI Initiative's schema of the version that the document names. */
  readonly valid: boolean;
  /** Codes of the faults for which the registry does not take it; none if it is taken. */
  readonly refused: readonly string[];
  /** The standard's findings, or why lint does not judge the document. */
  readonly lint: { readonly errors: number; readonly warnings: number } | "not judged";
  /** Whether lint refuses for the same reason: every fault's code, or a finding at its line. Absent if the registry takes it. */
  readonly sameCause?: boolean;
  /** Operations that answered with their own examples and a receipt that verifies, and what the first other one said. */
  readonly answered?: { readonly good: number; readonly of: number; readonly first?: string };
}

/** The registry's check of schemas and the standard that the project ships. */
export interface Judges {
  readonly check: SchemaCheck;
  readonly standard: Standard;
}

export function judges(): Judges {
  const { check } = loadPolicies(policiesFolder);
  const { standards } = loadStandards(policiesFolder);
  const standard = [...standards.values()].at(-1);
  if (check === undefined || standard === undefined) throw new Error("The project's own policies do not load");
  return { check, standard };
}

/** Lints, loads and tries one document, as its provider would. */
export async function verdictOn(file: string, { check, standard }: Judges): Promise<Verdict> {
  const { trial, faults } = readTrial(file, check);
  const valid = await isValid(file);
  const found = await findingsOf(file, standard);
  const lintVerdict =
    found === undefined
      ? ("not judged" as const)
      : {
          errors: found.filter(({ severity }) => severity === "error").length,
          warnings: found.filter(({ severity }) => severity !== "error").length,
        };
  const refused = [...new Set(faults.map(({ code }) => code))].sort();
  if (trial !== undefined) return { valid, refused, lint: lintVerdict, answered: await tryOut(trial) };
  const lines = new Set(found?.map(({ line }) => line));
  return { valid, refused, lint: lintVerdict, sameCause: found === undefined || faults.every(({ line }) => lines.has(line ?? 1)) };
}

async function isValid(file: string): Promise<boolean> {
  try {
    return (await new Validator().validate(readFileSync(file, "utf8"))).valid;
  } catch {
    return false;
  }
}

async function findingsOf(file: string, standard: Standard) {
  try {
    return (await lint({ file, text: readFileSync(file, "utf8") }, standard)).findings;
  } catch (error) {
    if (error instanceof CannotValidate) return undefined;
    throw error;
  }
}

/** Calls every operation once, through a gateway of its own. */
async function tryOut(trial: Trial): Promise<NonNullable<Verdict["answered"]>> {
  const folder = mkdtempSync(join(tmpdir(), "simpul-corpus-"));
  const mock = await startMock(trial.samples);
  try {
    const config = await configOnFreePorts({ data: join(folder, "data"), "log-level": "error" });
    const sandbox = layOutSandbox(folder, trial, { upstream: mock.origin }, Math.floor(systemClock() / 1000));
    const instance = createInstance(config, systemClock);
    const applied = await applyManifests({ ...config, services: sandbox.services }, { by: "try" });
    const of = trial.samples.length;
    if (applied.faults.length > 0) return { good: 0, of, first: applied.faults[0]!.detail.en };
    const running = await startGateway({ config, instance, logTo: 2 });
    try {
      const serving = { publicOrigin: running.publicOrigin, base: `/r1/${trial.service}`, vkey: instance.vkey, real: false };
      let good = 0;
      let first: string | undefined;
      for (const sample of trial.samples) {
        const made = await attempt(sample, sandbox, serving);
        if (made.good) good++;
        else first ??= `${sample.id}: ${made.result.en}`;
      }
      return { good, of, ...(first === undefined ? undefined : { first }) };
    } finally {
      await running.close();
    }
  } finally {
    await mock.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
