import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

const tickMs = 20;

/**
 * Takes no new connections, lets every exchange end and its answer leave, then closes. Connections on which nothing is under way do not hold it up: kept
 * ones, ones on which a request was begun and never finished, ones whose caller has gone while its exchange goes on.
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
