import { isIPv6, type BlockList } from "node:net";
import type { Peer } from "../base/message.ts";
import { Problem } from "../base/problem.ts";
import { messages } from "./messages.ts";

/** Check 2: the caller's socket is inside the intra network. */
export function requireIntranetSource(allowedNetworks: BlockList, { address }: Peer): void {
  if (!isInside(allowedNetworks, address)) throw new Problem("not-intra", { detail: messages.outsideIntranet });
}

/** `BlockList.check` is slow and few distinct addresses call, so results are cached. */
const cached = new WeakMap<BlockList, Map<string, boolean>>();

/** Whether an address, IPv4, IPv6 or IPv4 in IPv6, is on a list of networks. */
export function isInside(networks: BlockList, address: string): boolean {
  let results = cached.get(networks);
  if (results === undefined || results.size > 10_000) cached.set(networks, (results = new Map<string, boolean>()));
  let inside = results.get(address);
  if (inside === undefined) results.set(address, (inside = networks.check(address, isIPv6(address) ? "ipv6" : "ipv4")));
  return inside;
}
