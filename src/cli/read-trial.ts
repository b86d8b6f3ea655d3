import { policiesFolder } from "../base/project.ts";
import { loadPolicies } from "../registry/manifest/load-policies.ts";
import { treeLimits } from "../source/limits.ts";
import { readTextFile } from "../source/tree.ts";
import { readTrial, type Trial } from "../workbench/trial.ts";
import { faultList } from "./fault-list.ts";
import { CommandFault } from "./verb.ts";

/** The text of a contract that the registry would read; throws a `CommandFault` for one that is too large or no UTF-8. */
export function readContractFile(file: string): string {
  const { text, fault } = readTextFile(file, treeLimits.contractBytes, file);
  if (fault !== undefined) throw new CommandFault(faultList([fault]));
  return text;
}

/** A contract as the registry would take it; throws a `CommandFault` with every reason why it would not. */
export function readTrialOrRefuse(file: string): Trial {
  const policies = loadPolicies(policiesFolder);
  if (policies.check === undefined || policies.faults.length > 0) throw new CommandFault(faultList(policies.faults));
  readContractFile(file);
  const { trial, faults } = readTrial(file, policies.check);
  if (trial === undefined) throw new CommandFault(faultList(faults));
  return trial;
}
