import { availableParallelism } from "node:os";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Intention, SigningKey } from "../../src/trust/sign.ts";

/** So many statements of one intention; each gets a `jti` of its own. */
export interface Order {
  readonly intention: Omit<Intention, "nowSeconds" | "lifetimeSeconds">;
  readonly key: SigningKey;
  readonly count: number;
}

/**
 * Signs ahead, on all cores, before anything is measured: an RS256 signature takes the client ten times what its
 * verification takes the gateway. They live as long as the protocol lets them (300 s).
 */
export async function signAhead(order: Order): Promise<string[]> {
  const threads = availableParallelism();
  const shares = Array.from({ length: threads }, (_, i) => Math.floor((order.count + i) / threads));
  return (await Promise.all(shares.map((count) => signInThread({ ...order, count })))).flat();
}

async function signInThread(order: Order): Promise<string[]> {
  const worker = new Worker(new URL("./statement-thread.ts", import.meta.url), { workerData: order });
  const [[statements]] = await Promise.all([once(worker, "message") as Promise<[string[]]>, once(worker, "exit")]);
  return statements;
}

/** Deals a list out so that no two connections share an element; each gets as many as the others. */
export function deal<T>(list: readonly T[], hands: number): T[][] {
  const each = Math.floor(list.length / hands);
  return Array.from({ length: hands }, (_, hand) => list.slice(hand * each, (hand + 1) * each));
}
