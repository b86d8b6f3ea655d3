import { readLeaf } from "../../ledger/read-leaf.ts";
import { followRegistry } from "../../registry/follow.ts";
import { doubtful, good, unchecked, wrong, type Diagnosis, type DoctorCheck, type Examined } from "./diagnosis.ts";
import { withLedger, withRegistry } from "./stores.ts";
import { messages } from "./machine-messages.ts";

/** This version was made later than this. */
const madeIn = Date.parse("2026-01-01T00:00:00Z");

/** A statement may be this far ahead (protocol §3); a gateway that is off by more refuses what is right. */
const mostOffMs = 5000;

/** Providers whose `Date` is asked for. */
const mostAsked = 5;

/**
 * The clock is wrong if it shows a time before this version was made or before the newest leaf, or if it disagrees with the server that
 * the operator trusts, or with several providers. Without anything to compare with, it is not called good.
 */
export const clock: DoctorCheck = async (examined) => {
  const { config, clock: read, timeService } = examined;
  const newest = await withLedger(config, async (store) => {
    const size = (await store.head())?.size ?? 0;
    const [last] = size === 0 ? [] : await store.leaves({ by: "index", begin: size - 1, end: size });
    return last === undefined ? undefined : Date.parse(readLeaf(last.leaf)?.at ?? "");
  }).catch(() => undefined);
  const now = read();
  const says = new Date(now).toISOString();
  if (now < madeIn) return [wrong(messages.clockBeforeVersion(says))];
  if (newest !== undefined && now < newest) return [wrong(messages.clockBehindLedger(says, Math.ceil((newest - now) / 1000)))];

  const service = await timeService();
  const found = [
    ...(service === undefined
      ? []
      : [service.synchronized ? good(messages.clockKept(says, service.name)) : doubtful(messages.clockNotKept(says, service.name))]),
    ...(await trustedSource(examined)),
    ...(await providers(examined)),
  ];
  return found.length > 0 ? found : [unchecked(messages.clockUnchecked(says))];
};

/** Milliseconds by which this machine is ahead of a server's `Date`, which is cut off to the second. */
async function aheadOf({ clock: read, dateOf }: Examined, url: string): Promise<number | undefined> {
  const date = await dateOf(url);
  return date === undefined ? undefined : read() - (date + 500);
}

async function trustedSource(examined: Examined): Promise<readonly Diagnosis[]> {
  const { timeSource } = examined;
  if (timeSource === undefined) return [];
  const ahead = await aheadOf(examined, timeSource);
  if (ahead === undefined) return [unchecked(messages.timeSourceSilent(timeSource))];
  if (Math.abs(ahead) <= mostOffMs) return [good(messages.clockAgreesWith(timeSource))];
  return [wrong(messages.clockDiffersFrom(timeSource, Math.round(ahead / 1000)))];
}

/** One provider may be wrong itself; several that agree are not. */
async function providers(examined: Examined): Promise<readonly Diagnosis[]> {
  const asked = await upstreams(examined).catch(() => []);
  const heard = (await Promise.all(asked.map((url) => aheadOf(examined, url)))).filter((ahead) => ahead !== undefined);
  if (heard.length === 0) return [];
  const median = heard.sort((a, b) => a - b)[Math.floor(heard.length / 2)]!;
  if (Math.abs(median) <= mostOffMs) return [good(messages.clockAgreesWithProviders(heard.length))];
  return [(heard.length > 1 ? wrong : doubtful)(messages.clockDiffersFromProviders(heard.length, Math.round(median / 1000)))];
}

async function upstreams({ config }: Examined): Promise<readonly string[]> {
  const origins = await withRegistry(config, async (store) => {
    const state = await followRegistry(store).newest();
    return Array.from(state.of("subsystem"), (entry) => (entry.state === "active" ? entry.content.upstream : undefined));
  });
  return [...new Set(origins?.filter((origin) => origin !== undefined))].slice(0, mostAsked);
}
