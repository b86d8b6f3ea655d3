import { policyReader } from "../../policy/profile/policies-in-force.ts";
import { whatRunsOut, type Due } from "../../policy/validity/due.ts";
import { followRegistry } from "../../registry/follow.ts";
import { doubtful, good, type DoctorCheck } from "./diagnosis.ts";
import { readableInstance } from "./identity.ts";
import { keyPeriods } from "./registry.ts";
import { withRegistry } from "./stores.ts";
import { messages } from "./messages.ts";

const soonDays = 30;
const mostShown = 10;

/** What runs out within 30 days, or has run out and nobody has acted. Without a profile there are only keys to speak of. */
export const due: DoctorCheck = async (examined) => {
  const { config, clock } = examined;
  const administratorUntil = readableInstance(config)?.adminToken?.until;
  const found = await withRegistry(config, async (store) => {
    const registry = await followRegistry(store).newest();
    const { profile } = await policyReader(store)(registry);
    const now = clock();
    if (profile === undefined) return undefined;
    return whatRunsOut({ registry, profile, now, ...(administratorUntil === undefined ? {} : { administratorUntil }) }, soonDays);
  }).catch(() => undefined);
  if (found === undefined) return keyPeriods(examined);
  // The gateway makes that one itself.
  const open = found.filter(({ id }) => id !== "administrator");
  if (open.length === 0) return [good(messages.nothingRunsOut(soonDays))];
  const more = open.length - mostShown;
  return [...open.slice(0, mostShown).map(told), ...(more > 0 ? [doubtful(messages.moreRunsOut(more))] : [])];
};

const told = ({ what, lastDay, ended, next, command }: Due) =>
  doubtful((ended ? messages.hasRunOut : messages.runsOut)(what, lastDay, next, command));
