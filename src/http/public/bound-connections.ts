import type { Server } from "node:http";
import type { BlockList, Socket } from "node:net";
import { isInside } from "../../base/networks.ts";
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

/** What counts as one address: of IPv6 the network of 64 bits, in which every host has as many addresses as it likes. */
export function oneCaller(address: string): string {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(":")) return mapped ?? address;
  const [before = "", after] = address.split("::");
  const groups = before === "" ? [] : before.split(":");
  const behind = after === undefined || after === "" ? [] : after.split(":");
  if (after !== undefined) groups.push(...Array<string>(Math.max(0, 8 - groups.length - behind.length)).fill("0"), ...behind);
  return `${groups.slice(0, 4).join(":")}::/64`;
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
