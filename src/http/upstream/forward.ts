import type { BlockList } from "node:net";
import { Pool } from "undici";
import { Problem, type ProblemCode } from "../../base/problem.ts";
import type { Forward, ProviderAnswer, ProviderRequest } from "../../exchange/forward.ts";
import type { Replica, ServiceVersion } from "../../registry/snapshot.ts";
import type { UpstreamReading } from "../../telemetry/meter.ts";
import { circuit, type Circuit, type CircuitLimits } from "./circuit.ts";
import { guardedConnector } from "./guarded-connector.ts";
import { Connection, NeverSent, sendOnce } from "./send-once.ts";

export interface Forwarder {
  readonly forward: Forward;
  /** The addresses that requests have gone to, as they stand. */
  upstreams(): readonly UpstreamReading[];
  /** Closes the pools of upstreams that no service uses any more, after the requests in flight on them have ended. */
  prune(services: Iterable<ServiceVersion>): void;
  close(): Promise<void>;
}

export interface ForwarderOptions {
  /** The addresses that an upstream may have. */
  readonly networks: BlockList;
  /** How many requests may queue for a connection to one upstream. */
  readonly maxWaiting: number;
  readonly circuit: CircuitLimits;
  readonly clock: () => number;
  /** An upstream was taken out, or serves again. */
  readonly onState?: (upstream: string, isOut: boolean) => void;
}

/** One address of a provider. */
interface Upstream {
  readonly origin: string;
  readonly pool: Pool;
  readonly circuit: Circuit;
  isOut: boolean;
  /** Requests that are there, or wait. */
  pending: number;
  /** Requests that are there. */
  sent: number;
  /** How many may be there: half of those that are when a provider does not keep up, one more with each answer (AIMD, RFC 5681 §3.1). */
  room: number;
  /** Those that wait until one is back. */
  readonly waiting: Set<() => void>;
  lastUsed: number;
}

/**
 * How long a connection is kept without a request. A request that crosses the provider's own end of the connection is lost, and the
 * gateway never sends one twice: the statement's `jti` counts once with the provider, too. Usual servers keep a connection for two
 * seconds and more (gunicorn's threads 2 s, uvicorn and Apache 5 s); a `Keep-Alive` field says otherwise and is heeded, less a margin
 * (RFC 9112 §9.3.1, §9.5).
 */
const idle = { keepAliveTimeout: 1000, keepAliveTimeoutThreshold: 2000 } as const;

/**
 * Forwards through undici's dispatcher, which keeps bytes as bytes and never sends a request twice.
 * `@fastify/reply-from` serialises parsed content anew, retries a 503, copies the provider's fields onto refusals and
 * names the upstream in its errors; each of these has a test.
 *
 * Of several addresses a request goes to the one with the least to do for its weight. One that fails again and again is left out for a
 * while, then tried with one request. A request that found no connection goes to the next address, every other one is sent once.
 */
export function createForwarder({ networks, maxWaiting, circuit: limits, clock, onState }: ForwarderOptions): Forwarder {
  const upstreams = new Map<string, Upstream>();
  let uses = 0;

  const upstreamOf = (origin: string, service: ServiceVersion): Upstream => {
    const key = keyOf(origin, service);
    let upstream = upstreams.get(key);
    if (upstream === undefined) {
      const connect = guardedConnector(networks, service.connectTimeoutMs);
      const pool = new Pool(origin, {
        connections: service.maxConnections,
        pipelining: 1,
        headersTimeout: 0,
        bodyTimeout: 0,
        ...idle,
        factory: (to, options) => new Connection(to, options, connect),
      });
      const idleNow = { isOut: false, pending: 0, sent: 0, room: service.maxConnections, lastUsed: 0 };
      upstreams.set(key, (upstream = { origin, pool, circuit: circuit(limits), waiting: new Set(), ...idleNow }));
    }
    return upstream;
  };

  /** The address for this request, of those that were not tried for it. Throws `upstream-unreachable` or `upstream-busy`. */
  const choose = ({ service, method }: ProviderRequest, tried: ReadonlySet<string>, now: number): Upstream => {
    let best: Upstream | undefined;
    let least = Infinity;
    let soonest = Infinity;
    for (const { origin, weight } of addressesOf(service)) {
      if (tried.has(origin) || service.drained.has(origin)) continue;
      const upstream = upstreamOf(origin, service);
      const wait = upstream.circuit.wait(now);
      soonest = Math.min(soonest, wait);
      if (wait > 0 || upstream.pending >= service.maxConnections + maxWaiting) continue;
      // A trial may fail: another address, if there is one, carries out what must not fail.
      const isRisky = upstream.circuit.state(now) === "half-open" && method !== "GET" && method !== "HEAD";
      const load = (upstream.pending + 1) / weight + (isRisky ? 1e9 : 0);
      if (load > least || (load === least && upstream.lastUsed > best!.lastUsed)) continue;
      [best, least] = [upstream, load];
    }
    if (best !== undefined) return best;
    if (soonest === 0) throw new Problem("upstream-busy", { fields: { "Retry-After": "1" } });
    const seconds = Number.isFinite(soonest) ? Math.ceil(soonest / 1000) : 1;
    throw new Problem("upstream-unreachable", { fields: { "Retry-After": String(seconds) } });
  };

  const settle = (upstream: Upstream, outcome: Outcome): void => {
    const now = clock();
    if (outcome === "failed") upstream.circuit.failed(now);
    else upstream.circuit[outcome]();
    if ((upstream.circuit.state(now) !== "closed") === upstream.isOut) return;
    upstream.isOut = !upstream.isOut;
    onState?.(upstream.origin, upstream.isOut);
  };

  const through = async (upstream: Upstream, request: ProviderRequest): Promise<ProviderAnswer> => {
    const { maxConnections, responseTimeoutMs } = request.service;
    upstream.circuit.begin(clock());
    upstream.pending++;
    upstream.lastUsed = ++uses;
    try {
      const left = upstream.sent < upstream.room ? responseTimeoutMs : await turn(upstream, responseTimeoutMs);
      upstream.sent++;
      const answer = await sendOnce(upstream.pool, request, left).finally(() => upstream.sent--);
      upstream.room = answer.status === tooBusy ? half(upstream.sent + 1) : Math.min(maxConnections, upstream.room + 1);
      settle(upstream, outcomeOf(answer, addressesOf(request.service).length > 1));
      return answer;
    } catch (error) {
      const { code } = error as Problem;
      if (code === "upstream-timeout") upstream.room = half(upstream.sent + 1);
      settle(upstream, failures.has(code) ? "failed" : "undecided");
      throw error;
    } finally {
      upstream.pending--;
      wake(upstream);
    }
  };

  return {
    async forward(request) {
      const tried = new Set<string>();
      for (;;) {
        const upstream = choose(request, tried, clock());
        try {
          return await through(upstream, request);
        } catch (error) {
          tried.add(upstream.origin);
          const { drained } = request.service;
          const isLast = addressesOf(request.service).every(({ origin }) => tried.has(origin) || drained.has(origin));
          if (!(error instanceof NeverSent) || isLast) throw error;
        }
      }
    },
    upstreams: () =>
      Array.from(upstreams.values(), ({ origin, circuit: gate, pending }) => ({ upstream: origin, state: gate.state(clock()), pending })),
    prune(services) {
      const used = new Set(Array.from(services, (service) => addressesOf(service).map(({ origin }) => keyOf(origin, service))).flat());
      for (const [key, { pool }] of upstreams) {
        if (used.has(key)) continue;
        upstreams.delete(key);
        void pool.close().catch(() => undefined);
      }
    },
    async close() {
      await Promise.all(Array.from(upstreams.values(), ({ pool }) => pool.destroy()));
    },
  };
}

const keyOf = (origin: string, { maxConnections, connectTimeoutMs }: ServiceVersion): string =>
  `${origin} ${maxConnections} ${connectTimeoutMs}`;

/** Where a service can be reached. */
const addressesOf = ({ upstream, replicas }: ServiceVersion): readonly Replica[] => [{ origin: upstream, weight: 1 }, ...replicas];

type Outcome = "succeeded" | "failed" | "undecided";

const failures: ReadonlySet<ProblemCode> = new Set(["upstream-unreachable", "upstream-timeout", "upstream-lost"]);

/** The status of a provider that has more to do than it can; 429 is said to one consumer. */
const tooBusy = 503;

/** Statuses of a front server whose application does not answer: another address may do better, if there is one. */
const frontServer: ReadonlySet<number> = new Set([502, 503, 504]);

function outcomeOf({ status, cut }: ProviderAnswer, hasOthers: boolean): Outcome {
  if (cut !== undefined) return failures.has(cut.code) ? "failed" : "undecided";
  return hasOthers && frontServer.has(status) ? "failed" : "succeeded";
}

/** Waits until there is room; gives the milliseconds that are left. Throws `upstream-busy` when none are: nothing was sent. */
function turn({ waiting }: Upstream, withinMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const go = (): void => {
      clearTimeout(timer);
      waiting.delete(go);
      resolve(Math.max(1, withinMs - (performance.now() - begun)));
    };
    const timer = setTimeout(() => {
      waiting.delete(go);
      reject(new Problem("upstream-busy", { fields: { "Retry-After": "1" } }));
    }, withinMs);
    waiting.add(go);
  });
}

/** Lets as many go as there is room for. */
function wake({ waiting, sent, room }: Upstream): void {
  let free = room - sent;
  for (const go of waiting) {
    if (free-- <= 0) return;
    go();
  }
}

const half = (sent: number): number => Math.max(1, Math.floor(sent / 2));
