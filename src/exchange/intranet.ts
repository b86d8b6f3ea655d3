import { isIPv6, type BlockList } from "node:net";
import { Problem } from "../base/problem.ts";

/** Check 2: the caller's socket is inside the intra network. A list may say so of few addresses, so the answers are remembered. */
export function requireIntranetSource(allowedNetworks: BlockList, source: string): void {
  if (isInside(allowedNetworks, source)) return;
  throw new Problem("not-intra", {
    detail: {
      id: "Gerbang hanya melayani alamat di dalam Jaringan Intra; mintalah Dinas mendaftarkan jaringan Anda.",
      en: "The gateway serves addresses inside the intra network only; ask the Dinas to register your network.",
    },
  });
}

const remembered = new WeakMap<BlockList, Map<string, boolean>>();

/** Whether an address, IPv4, IPv6 or IPv4 in IPv6, is on a list of networks. */
export function isInside(networks: BlockList, address: string): boolean {
  let answers = remembered.get(networks);
  if (answers === undefined || answers.size > 10_000) remembered.set(networks, (answers = new Map<string, boolean>()));
  let inside = answers.get(address);
  if (inside === undefined) answers.set(address, (inside = networks.check(address, isIPv6(address) ? "ipv6" : "ipv4")));
  return inside;
}
