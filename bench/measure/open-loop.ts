import { setTimeout as pause } from "node:timers/promises";
import { Pool } from "undici";
import { quantile } from "./quantile.ts";

/** What became of one request. */
export interface Answer {
  /** When it was due to leave, by `performance.now()`. */
  readonly dueAt: number;
  /** From then until its answer was whole: a request that had to wait before it could leave has waited, too. */
  readonly ms: number;
  /** 0 where no answer came. */
  readonly status: number;
  readonly exchange: string | undefined;
}

export interface OpenLoop {
  readonly answers: readonly Answer[];
  /** Sends no more, and waits for the answers that are out; rejects with what `onAnswer` threw. */
  stop(): Promise<void>;
}

export interface OpenLoopRequest {
  readonly method: "GET";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Called with the fields (lower case) and content of its answer. */
  readonly onAnswer?: (status: number, fields: Readonly<Record<string, string | string[] | undefined>>, content: Buffer) => void;
}

/**
 * Sends requests at a fixed rate, whether those before are answered or not (an open loop): a gateway that stands still for a second does
 * so for all that came in that second. `next` makes each as it leaves.
 */
export function startOpenLoop(origin: string, perSecond: number, connections: number, next: (count: number) => OpenLoopRequest): OpenLoop {
  const pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
  const answers: Answer[] = [];
  const out = new Set<Promise<void>>();
  const faults: unknown[] = [];
  let stopped = false;

  async function send(dueAt: number, { onAnswer, ...request }: OpenLoopRequest): Promise<void> {
    let [status, exchange]: [number, string | undefined] = [0, undefined];
    try {
      const { statusCode, headers, body } = await pool.request(request);
      const content = Buffer.from(await body.arrayBuffer());
      [status, exchange] = [statusCode, headers["spl-exchange"] as string | undefined];
      onAnswer?.(status, headers, content);
    } catch (fault) {
      faults.push(fault);
    }
    answers.push({ dueAt, ms: performance.now() - dueAt, status, exchange });
  }

  const sending = (async (): Promise<void> => {
    const began = performance.now();
    for (let count = 0; !stopped; await pause(1)) {
      for (let due; (due = began + (count * 1000) / perSecond) <= performance.now() && !stopped; count++) {
        const sent = send(due, next(count)).finally(() => out.delete(sent));
        out.add(sent);
      }
    }
  })();

  return {
    answers,
    async stop() {
      stopped = true;
      await sending;
      await Promise.all(out);
      await pool.close();
      for (const fault of faults.slice(0, 3)) console.error(fault);
    },
  };
}

/** How long the answers to what was due in a span took. */
export function waitsBetween(
  answers: readonly Answer[],
  from: number,
  to: number,
): Record<"p50" | "p99" | "slowest", number> & { count: number } {
  const waits = answers
    .filter(({ dueAt }) => dueAt >= from && dueAt < to)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
  return { count: waits.length, p50: quantile(waits, 0.5), p99: quantile(waits, 0.99), slowest: waits.at(-1) ?? NaN };
}
