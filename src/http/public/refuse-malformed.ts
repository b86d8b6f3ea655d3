import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Socket } from "node:net";
import type { Peer } from "../../base/message.ts";
import { Problem } from "../../base/problem.ts";
import type { Text } from "../../base/text.ts";
import type { Gateway } from "../../exchange/ports.ts";
import { refuseUnread } from "../../exchange/refuse-unread.ts";
import { messages } from "./messages.ts";
import type { PeerOf } from "./peer.ts";
import { closeGently, isClosing, type LingerLimits } from "./close-gently.ts";
import { breakContent } from "./exchange-listener.ts";
import { newestOn } from "./bound-waiting.ts";
import { beforeListeners, readFirstBytes, type Judged } from "./first-bytes.ts";
import { judgeFirstLine } from "./request-line.ts";

/** The fault by the code of Node's parser; any other is `notHttp`. */
const faults: Readonly<Record<string, Text>> = {
  HPE_HEADER_OVERFLOW: messages.headTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: messages.headTooSlow,
};

/** What Node's parser says of a version that it does not know; it knows 0.9, 1.0, 1.1 and 2.0. */
const otherMajorVersion = / HTTP\/[02-9]\.\d\r?$/;

function problemOf({ code = "", rawPacket, bytesParsed = 0 }: ParserError): Problem {
  const before = code === "HPE_INVALID_VERSION" ? (rawPacket?.toString("latin1") ?? "") : "";
  const line = before.slice(before.lastIndexOf("\n", bytesParsed - 1) + 1).split("\n", 1)[0]!;
  if (otherMajorVersion.test(line)) return new Problem("http-version-unsupported");
  return new Problem("request-malformed", { detail: faults[code] ?? messages.notHttp });
}

type ParserError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer; readonly bytesParsed?: number };

/** `headTimeoutMs` and `maxHeadBytes` bound a head's first line, too. */
export interface HeadLimits {
  readonly headTimeoutMs: number;
  readonly maxHeadBytes: number;
}

/**
 * Refuses bytes that Node's parser cannot read in the same form as every other request, and meters the refusal. A fault
 * in the content of an exchange belongs to that exchange. A fault after it is refused once the exchange is answered:
 * the caller would otherwise read the refusal as the answer. Nothing else may listen to connections yet.
 */
export function refuseMalformed(server: Server, gateway: Gateway, peerOf: PeerOf, limits: LingerLimits & HeadLimits): void {
  const broken = new WeakSet<Socket>();
  const refuseOn = (socket: Socket, problem: Problem): void => {
    if (!socket.writable) return void socket.destroy();
    socket.write(refusalOf(gateway, peerOf({ socket, rawHeaders: [] }), problem));
    closeGently(server, socket, limits);
  };

  server.on("clientError", (error: ParserError, socket: Socket) => {
    const code = error.code ?? "";
    if (broken.has(socket) || isClosing(socket)) return;
    broken.add(socket);
    const problem = problemOf(error);
    const response = newestOn(socket);
    const hungUp =
      !/^(?:HPE_|ERR_HTTP_)/.test(code) ||
      (response?.req.complete === false && (code === "HPE_INVALID_EOF_STATE" || code === "ERR_HTTP_REQUEST_TIMEOUT"));
    if (hungUp) socket.destroy();
    else if (response === undefined) refuseOn(socket, problem);
    else if (response.req.complete) response.once("close", () => refuseOn(socket, problem));
    else breakContent(response.req, problem);
  });
  const refuseFor = (detail: Text, socket: Socket): void => refuseOn(socket, new Problem("request-malformed", { detail }));
  server.on("connect", (_request: IncomingMessage, socket: Socket) => refuseFor(messages.notHttp, socket));
  beforeListeners(server, (socket, go) => {
    const judge = (bytes: Buffer): Judged => {
      const line = judgeFirstLine(bytes, limits.maxHeadBytes);
      return line === "more" ? line : { go: line === "right" ? go : () => refuseFor(messages.requestLine, socket) };
    };
    readFirstBytes(server, socket, limits.headTimeoutMs, judge, (bytes, ended) => {
      if (ended && bytes.length === 0) socket.destroy();
      else refuseFor(ended ? messages.notHttp : messages.headTooSlow, socket);
    });
  });
}

/** The refusal as it goes on the wire; it is metered. */
function refusalOf(gateway: Gateway, peer: Peer, problem: Problem): Buffer {
  const { status, fields, content } = refuseUnread(gateway, { receivedAt: gateway.clock(), peer, method: "", fields: [] }, problem);
  const all = [...fields, "Content-Length", String(content.length), "Connection", "close"];
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
  for (let i = 0; i < all.length; i += 2) head += `${all[i]}: ${all[i + 1]}\r\n`;
  return Buffer.concat([Buffer.from(`${head}\r\n`, "latin1"), content]);
}
