import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

const tickMs = 20;

/**
 * Accepts no new connections, waits until every exchange has ended and its answer is sent, then closes. Connections
 * without an exchange in flight do not delay it: idle ones, ones with an unfinished request, and ones whose caller has
 * hung up while its exchange goes on.
 */
export async function drain(app: FastifyInstance, inFlight: () => number): Promise<void> {
  let closed = false;
  const closing = app.close().finally(() => (closed = true));
  while (!closed || inFlight() > 0) {
    if (inFlight() > 0) app.server.closeIdleConnections();
    else app.server.closeAllConnections();
    await Promise.race([wait(tickMs), ...(closed ? [] : [closing])]);
  }
  await closing;
}
