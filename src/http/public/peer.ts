import type { IncomingMessage } from "node:http";
import { isIP, type BlockList, type Socket } from "node:net";
import type { Peer } from "../../base/message.ts";
import { isInside } from "../../base/networks.ts";

/** The proxies whose word about a caller counts, and the one field in which they give it (RFC 7239 §8.1). */
export interface TrustedProxies {
  readonly networks: BlockList;
  readonly field: ForwardedField;
}

export const forwardedFields = ["x-forwarded-for", "forwarded"] as const;
export type ForwardedField = (typeof forwardedFields)[number];

/** Who sent a request. An address that cannot be known is `""`, which no network contains, so check 2 refuses it. */
export type PeerOf = (request: Pick<IncomingMessage, "socket" | "rawHeaders">) => Peer;

/** Callers that a trusted proxy has named in a PROXY protocol header, by connection. */
const named = new WeakMap<Socket, string>();

export const nameCaller = (socket: Socket, address: string): void => void named.set(socket, address);

/** Whose connection it is, as far as that is known before a request: the other end's, or the one a trusted proxy has named. */
export const callerOf = (socket: Socket): string => named.get(socket) ?? socket.remoteAddress ?? "";

/**
 * The peer of a request is the other end of its connection. Where that is a trusted proxy, it is the last address in the proxies' field
 * that is none of theirs: everything to its left is what that caller says. Where all are theirs, the first one called. A proxy that names
 * nobody, or something that is no address, leaves the caller unknown.
 */
export function peersBehind({ networks, field }: TrustedProxies): PeerOf {
  return ({ socket, rawHeaders }) => {
    const nearest = callerOf(socket);
    if (nearest === "" || !isInside(networks, nearest)) return { address: nearest };
    const values: string[] = [];
    for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]!.toLowerCase() === field) values.push(rawHeaders[i + 1]!);
    const hops = (field === "forwarded" ? forwardedHops : listed)(values.join(",")).map(addressOf);
    const caller = hops.findLast((address) => address === "" || !isInside(networks, address));
    return { address: caller ?? hops[0] ?? named.get(socket) ?? "" };
  };
}

const listed = (value: string): readonly string[] => (value === "" ? [] : value.split(",").map((hop) => hop.trim()));

/** The `for` of each element of `Forwarded` (RFC 7239 §4): `for="[2001:db8::17]:4711";proto=https`. */
function forwardedHops(value: string): readonly string[] {
  // A quotation that does not end is one to the end: looked for from each mark, it would take the square of the length.
  const elements = value.match(/(?:"(?:[^"\\]|\\.)*(?:"|\\?$)|[^,"])+/g) ?? [];
  return elements.map((element) => /(?:^|;)\s*for=(?:"([^"]*)"|([^;"\s]*))/i.exec(element)?.slice(1).join("") ?? "");
}

/** `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`; `""` for anything else, such as `unknown` or `_hidden`. */
function addressOf(hop: string): string {
  const address = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(hop)?.[1] ?? /^(\d[\d.]*)(?::\d{1,5})?$/.exec(hop)?.[1] ?? hop;
  return isIP(address) === 0 ? "" : address;
}
