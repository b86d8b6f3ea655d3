import { lookup as dnsLookup } from "node:dns";
import { isIP, type BlockList, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { isInside } from "../../base/networks.ts";

/**
 * Refuses addresses outside the networks before a byte is sent: a literal as normalised by the URL parser (`0x7f.1` is
 * 127.0.0.1 by then), each address that a name resolves to, and the address that the socket is connected to.
 */
export function guardedConnector(networks: BlockList, timeout: number): buildConnector.connector {
  const guard: LookupFunction = (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, "");
      const forbidden = addresses.some(({ address }) => !isInside(networks, address));
      const first = addresses[0];
      if (forbidden || first === undefined) return callback(new ForbiddenAddress(), "");
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
  const connect = buildConnector({ timeout, lookup: guard, allowH2: false });
  return (options, callback) => {
    const literal = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(literal) !== 0 && !isInside(networks, literal)) return callback(new ForbiddenAddress(), null);
    connect(options, (...[error, socket]: Parameters<buildConnector.Callback>) => {
      if (error !== null) return callback(error, null);
      if (socket.remoteAddress === undefined || !isInside(networks, socket.remoteAddress)) {
        socket.destroy();
        return callback(new ForbiddenAddress(), null);
      }
      callback(null, socket);
    });
  };
}

class ForbiddenAddress extends Error {
  override readonly message = "The upstream's address is outside the permitted networks";
}
