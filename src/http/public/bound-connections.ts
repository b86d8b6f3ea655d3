import type { Server } from "node:http";
import type { BlockList, Socket } from "node:net";
import { isInside, oneCaller } from "../../base/networks.ts";
import type { KnownCallers } from "../../exchange/known-callers.ts";
import { callerOf } from "./peer.ts";

/** Which limit a connection was turned away by: that of all connections, that of its address, or that of all addresses not known. */
export const connectionLimits = ["all", "address", "strangers"] as const;
export type ConnectionLimit = (typeof connectionLimits)[number];

export interface ConnectionLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  /** Percent of `maxConnections` that callers may hold who did not authenticate lately. */
  readonly maxStrangerConnections: number;
}

/** The connections of one address. */
interface Held {
  count: number;
  isKnown: boolean;
}

/**
 * Takes at most so many connections, and of one caller's address at most so many: nobody holds them all. A part is left for addresses
 * that authenticated lately, however many strangers come. Trusted proxies are exempt, and a caller that one has named by the PROXY
 * protocol is not. `refused` hears of each connection that is turned away.
 */
export function boundConnections(
  server: Server,
  proxies: BlockList,
  known: Pick<KnownCallers, "knows" | "onKnown">,
  { maxConnections, maxConnectionsPerAddress, maxStrangerConnections }: ConnectionLimits,
  refused: (limit: ConnectionLimit, address: string) => void,
): void {
  const held = new Map<string, Held>();
  const mostStrangers = Math.ceil((maxConnections * maxStrangerConnections) / 100);
  let strangers = 0;
  known.onKnown((caller) => {
    const one = held.get(caller);
    if (one === undefined || one.isKnown) return;
    one.isKnown = true;
    strangers -= one.count;
  });
  server.maxConnections = maxConnections;
  server.on("drop", (dropped) => refused("all", dropped?.remoteAddress ?? ""));
  server.prependListener("connection", (socket: Socket) => {
    const address = callerOf(socket);
    if (isInside(proxies, address)) return;
    const key = oneCaller(address);
    const one = held.get(key) ?? { count: 0, isKnown: known.knows(address) };
    const full = one.count >= maxConnectionsPerAddress ? "address" : !one.isKnown && strangers >= mostStrangers ? "strangers" : undefined;
    if (full !== undefined) {
      refused(full, address);
      return void socket.destroy();
    }
    held.set(key, one);
    one.count++;
    if (!one.isKnown) strangers++;
    socket.once("close", () => {
      one.count--;
      if (!one.isKnown) strangers--;
      if (one.count === 0) held.delete(key);
    });
  });
}

/** Counts the connections that are open, those included on which a proxy has yet to say for whom it comes. */
export function countConnections(server: Server): () => number {
  let open = 0;
  server.on("connection", (socket: Socket) => {
    open++;
    socket.once("close", () => open--);
  });
  return () => open;
}
