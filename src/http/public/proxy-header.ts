import type { Server } from "node:http";
import { isIP, type BlockList, type Socket } from "node:net";
import { isInside } from "../../base/networks.ts";
import { beforeListeners, readFirstBytes, type Judged } from "./first-bytes.ts";
import { nameCaller } from "./peer.ts";

/** The longest header of version 1, and the longest of version 2 that is read: 16 bytes and addresses with their TLVs. */
const longestLine = 107;
const longestBinary = 16 + 520;

const signature = Buffer.from("\r\n\r\n\0\r\nQUIT\n", "latin1");

/** What the first bytes of a connection say; `more` if too few have arrived, `none` if there is no such header. */
export type ProxyHeader = { readonly bytes: number; readonly address: string | undefined } | "more" | "none" | "broken";

/**
 * Reads a header of the PROXY protocol, version 1 or 2 (HAProxy, `doc/proxy-protocol.txt`, §2). `address` is absent where the proxy
 * speaks for itself: LOCAL, UNKNOWN, and families other than IP.
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  const start = bytes.subarray(0, signature.length);
  if (start.equals(signature.subarray(0, start.length))) return start.length < signature.length ? "more" : binaryHeader(bytes);
  const line = bytes.subarray(0, longestLine).toString("latin1");
  if (!"PROXY ".startsWith(line.slice(0, 6))) return "none";
  if (line.length < 6) return "more";
  const end = line.indexOf("\r\n");
  if (end < 0) return line.length < longestLine ? "more" : "broken";
  const [, family, source = ""] = line.slice(0, end).split(" ");
  if (family === "UNKNOWN") return { bytes: end + 2, address: undefined };
  const wanted = family === "TCP4" ? 4 : family === "TCP6" ? 6 : -1;
  return isIP(source) === wanted ? { bytes: end + 2, address: source } : "broken";
}

function binaryHeader(bytes: Buffer): ProxyHeader {
  if (bytes.length < 16) return "more";
  const command = bytes[12]!;
  const family = bytes[13]! >> 4;
  const length = 16 + bytes.readUInt16BE(14);
  if ((command !== 0x20 && command !== 0x21) || length > longestBinary) return "broken";
  if (bytes.length < length) return "more";
  if (command === 0x20 || family === 0 || family === 3) return { bytes: length, address: undefined };
  if (family === 1) return length < 16 + 12 ? "broken" : { bytes: length, address: bytes.subarray(16, 20).join(".") };
  if (family !== 2 || length < 16 + 36) return "broken";
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(16 + 2 * i).toString(16));
  return { bytes: length, address: groups.join(":") };
}

/**
 * Lets trusted proxies begin a connection with a PROXY protocol header; others' bytes go to the HTTP parser as they are. A header that
 * is broken, or is not there whole within `withinMs`, ends the connection.
 */
export function takeProxyHeaders(server: Server, trusted: BlockList, withinMs: number): void {
  const end = (socket: Socket): void => void socket.destroy();
  beforeListeners(server, (socket, go) => {
    if (!isInside(trusted, socket.remoteAddress ?? "")) return go(socket);
    const judge = (bytes: Buffer): Judged => {
      const header = readProxyHeader(bytes);
      if (header === "more") return "more";
      if (header === "broken") return { go: end };
      if (header === "none") return { go };
      if (header.address !== undefined) nameCaller(socket, header.address);
      return { go, skip: header.bytes };
    };
    readFirstBytes(server, socket, withinMs, judge, () => end(socket));
  });
}
