import { policiesFolder } from "../base/project.ts";
import type { PolicyJudge } from "../registry/manifest/load-policies.ts";
import { loadManifests, type Loaded } from "../registry/manifest/load.ts";
import { keepLast } from "../source/source.ts";
import { judgeRulesets } from "../standard/read-standard.ts";
import { compileProfiles } from "./profile/load-profiles.ts";

const judges: readonly PolicyJudge[] = [(sources) => compileProfiles(sources).faults, keepLast(judgeRulesets)];

/**
 * What the manifests in `services` and the policies say the registry should hold, and every fault of theirs, each once:
 * the policies are read one time, and those who know what they mean judge them there. Throws only if a folder cannot be
 * read at all.
 */
export const loadDesired = ({
  policies = policiesFolder,
  ...tree
}: {
  readonly services: string;
  readonly policies?: string;
  readonly upstreamNetworks?: readonly string[];
}): Promise<Loaded> => loadManifests({ ...tree, policies, judges });
