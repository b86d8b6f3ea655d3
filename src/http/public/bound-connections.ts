import type { Server } from "node:http";
import type { BlockList, Socket } from "node:net";
import { isInside, oneCaller } from "../../base/networks.ts";
import { callerOf } from "./peer.ts";

/** Which limit a connection was turned away by: that of all connections, or that of its address. */
export type ConnectionLimit = "all" | "address";

export interface ConnectionLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
}

/**
 * Takes at most so many connections, and of one caller's address at most so many: nobody holds them all. Trusted proxies are exempt, and
 * a caller that one has named by the PROXY protocol is not. `refused` hears of each connection that is turned away.
 */
export function boundConnections(
  server: Server,
  proxies: BlockList,
  { maxConnections, maxConnectionsPerAddress }: ConnectionLimits,
  refused: (limit: ConnectionLimit, address: string) => void,
): void {
  const held = new Map<string, number>();
  server.maxConnections = maxConnections;
  server.on("drop", (dropped) => refused("all", dropped?.remoteAddress ?? ""));
  server.prependListener("connection", (socket: Socket) => {
    const address = callerOf(socket);
    if (isInside(proxies, address)) return;
    const key = oneCaller(address);
    const count = (held.get(key) ?? 0) + 1;
    if (count > maxConnectionsPerAddress) {
      refused("address", address);
      return void socket.destroy();
    }
    held.set(key, count);
    socket.once("close", () => {
      const left = held.get(key)! - 1;
      if (left === 0) held.delete(key);
      else held.set(key, left);
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
