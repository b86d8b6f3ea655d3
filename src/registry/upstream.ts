import { isIP } from "node:net";
import { isInside, networksOf } from "../base/networks.ts";

/**
 * Whether an upstream's address is outside the networks that a provider may have. Only of an address itself: what a
 * host name resolves to is known when it is called, and is judged there.
 */
export function isOutside(upstream: string, networks: readonly string[]): boolean {
  const host = new URL(upstream).hostname.replace(/^\[|\]$/g, "");
  return isIP(host) !== 0 && !isInside(networksOf(networks), host);
}
