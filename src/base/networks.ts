import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Networks in CIDR notation, checked by the configuration, as a list that `isInside` looks addresses up in. */
export function networksOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = "", prefix] = cidr.split("/");
    list.addSubnet(address, Number(prefix), isIPv6(address) ? "ipv6" : "ipv4");
  }
  return list;
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

/** Whether a host name, an address or a network in CIDR notation is of this machine alone (RFC 6761 §6.3, RFC 6890). */
export function isLoopback(host: string): boolean {
  const name = host.replace(/\/\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" || (isIPv4(name) && name.startsWith("127."));
}

/** What counts as one address: of IPv6 the network of 64 bits, in which every host has as many addresses as it likes. */
export function oneCaller(address: string): string {
  if (!address.includes(":")) return address;
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [before = "", after] = address.split("::");
  const groups = before === "" ? [] : before.split(":");
  const behind = after === undefined || after === "" ? [] : after.split(":");
  if (after !== undefined) groups.push(...Array<string>(Math.max(0, 8 - groups.length - behind.length)).fill("0"), ...behind);
  return `${groups.slice(0, 4).join(":")}::/64`;
}
