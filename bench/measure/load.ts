import autocannon, { type Request } from "autocannon";
import { quantile } from "./quantile.ts";

export interface Load {
  readonly origin: string;
  readonly connections: number;
  /** The load ends after so many seconds, or when the lists are used up. */
  readonly seconds: number;
  /** At most so many requests a second over all connections; without it, as many as are answered. */
  readonly perSecond?: number;
  /** One request for all, again and again; or a list for each connection, each element of which is sent at most once. */
  readonly requests: Request | readonly (readonly Request[])[];
  /** When the first request is about to leave. */
  readonly onStart: () => void;
}

export interface Measured {
  readonly requests: number;
  /** From the first request to the last answer. */
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Puts a load on an origin, with autocannon. Throws when an answer is not 2xx, times out or does not come: then nothing was measured. */
export async function applyLoad({ origin, connections, seconds, perSecond, requests, onStart }: Load): Promise<Measured> {
  const lists = isLists(requests) ? requests : undefined;
  const durations: number[] = [];
  const refused = new Map<number, number>();
  let began = 0;
  let last = 0;
  let connected = 0;

  const run = autocannon({
    url: origin,
    connections,
    duration: seconds,
    sampleInt: 50,
    timeout: 20,
    ...(perSecond === undefined ? undefined : { overallRate: perSecond }),
    ...(lists === undefined ? undefined : { maxConnectionRequests: lists[0]!.length }),
    setupClient(client) {
      client.setRequests(lists === undefined ? [requests as Request] : lists[connected++]!);
      client.on("response", (status: number, _bytes: number, ms: number) => {
        last = performance.now();
        durations.push(ms);
        if (status < 200 || status > 299) refused.set(status, (refused.get(status) ?? 0) + 1);
      });
    },
  });
  run.once("start", () => {
    onStart();
    began = performance.now();
  });
  const { errors, timeouts, resets } = await run;
  if (errors + timeouts + resets > 0 || refused.size > 0 || durations.length === 0) {
    const statuses = [...refused].map(([status, count]) => `${count} × ${status}`).join(", ");
    throw new Error(
      `${origin}: ${durations.length} answers, of these not 2xx: ${statuses || "none"}; ` +
        `errors ${errors}, timeouts ${timeouts}, lists begun again ${resets}`,
    );
  }
  durations.sort((a, b) => a - b);
  return { requests: durations.length, seconds: (last - began) / 1000, p50Ms: quantile(durations, 0.5), p99Ms: quantile(durations, 0.99) };
}

const isLists = (requests: Load["requests"]): requests is readonly (readonly Request[])[] => Array.isArray(requests);
