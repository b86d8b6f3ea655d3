import type { FastifyRequest } from "fastify";
import { isIP } from "node:net";
import { isLoopback } from "../../base/networks.ts";
import { Refusal } from "../../policy/refusal.ts";
import { messages } from "./messages.ts";

/**
 * Lets a request through if its Host (RFC 9110 §7.2) is loopback, the address that it came to, or one of `names`. A page whose name is
 * made to lead here ("DNS rebinding") carries its own name in Host, and one of another site its own Origin: neither may read metrics or
 * use a token that a browser holds. Throws the refusals `misdirected` (421, RFC 9110 §15.5.20) and `origin-foreign`.
 */
export function ownNamesOnly(names: readonly string[]): (request: FastifyRequest) => Promise<void> {
  const own = new Set(names.map((name) => name.toLowerCase()));
  return async ({ headers: { host = "", origin }, socket }) => {
    const name = nameOf(host);
    const address = socket.localAddress?.replace(/^::ffff:/, "");
    const isOwn = isLoopback(name) || own.has(name) || (isIP(name) !== 0 && name === address);
    if (!isOwn) throw new Refusal("misdirected", messages.misdirected(host.slice(0, 260)));
    if (origin !== undefined && URL.parse(origin)?.host !== host.toLowerCase())
      throw new Refusal("origin-foreign", messages.originForeign(origin.slice(0, 260)));
  };
}

/** The name in a Host field, in lower case, without its port and without the brackets of IPv6. */
const nameOf = (host: string): string =>
  (/^\[([^\]]*)\](?::\d*)?$/.exec(host)?.[1] ?? /^([^:]*)(?::\d*)?$/.exec(host)?.[1] ?? "").toLowerCase();
