import type { BlockList } from "node:net";
import type { Peer } from "../base/message.ts";
import { isInside } from "../base/networks.ts";
import { Problem } from "../base/problem.ts";
import { messages } from "./messages.ts";

/** Check 2: the caller's socket is inside the intra network. */
export function requireIntranetSource(allowedNetworks: BlockList, { address }: Peer): void {
  if (!isInside(allowedNetworks, address)) throw new Problem("not-intra", { detail: messages.outsideIntranet });
}
