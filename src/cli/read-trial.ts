import { policiesFolder } from "../base/project.ts";
import { loadPolicies } from "../registry/manifest/load-policies.ts";
import { readTrial, type Trial } from "../workbench/trial.ts";
import { faultList } from "./fault-list.ts";
import { CommandFault } from "./verb.ts";

/** A contract as the registry would take it; throws a `CommandFault` with every reason why it would not. */
export function readTrialOrRefuse(file: string): Trial {
  const policies = loadPolicies(policiesFolder);
  if (policies.check === undefined || policies.faults.length > 0) throw new CommandFault(faultList(policies.faults));
  const { trial, faults } = readTrial(file, policies.check);
  if (trial === undefined) throw new CommandFault(faultList(faults));
  return trial;
}
