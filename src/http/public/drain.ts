import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { closingOn } from "./close-gently.ts";

const tickMs = 20;

/**
 * Accepts no new connections, waits until every exchange has ended and its answer is sent, then closes. Connections
 * without an exchange in flight do not delay it: idle ones, ones with an unfinished request, and ones whose caller has
 * hung up while its exchange goes on. An answer counts as sent when its caller has closed, too, or the bounds of that
 * have passed (`closeGently`).
 */
export async function drain(app: FastifyInstance, inFlight: () => number): Promise<void> {
  let closed = false;
  const closing = app.close().finally(() => (closed = true));
  while (!closed || inFlight() > 0) {
    if (inFlight() > 0 || closingOn(app.server) > 0) app.server.closeIdleConnections();
    else app.server.closeAllConnections();
    await Promise.race([wait(tickMs), ...(closed ? [] : [closing])]);
  }
  await closing;
}
