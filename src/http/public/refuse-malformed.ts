import type { IncomingMessage, Server } from "node:http";
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

/** The fault by the code of Node's parser; any other is `notHttp`. */
const faults: Readonly<Record<string, Text>> = {
  HPE_HEADER_OVERFLOW: messages.headTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: messages.headTooSlow,
};

/**
 * Refuses bytes that Node's parser cannot read in the same form as every other request, and meters the refusal. A fault
 * in the content of an exchange belongs to that exchange. A fault after it is refused once the exchange is answered:
 * the caller would otherwise read the refusal as the answer.
 */
export function refuseMalformed(server: Server, gateway: Gateway, peerOf: PeerOf, limits: LingerLimits): void {
  const broken = new WeakSet<Socket>();
  const refuseOn = (socket: Socket, problem: Problem): void => {
    if (!socket.writable) return void socket.destroy();
    socket.write(refusalOf(gateway, peerOf({ socket, rawHeaders: [] }), problem));
    closeGently(server, socket, limits);
  };

  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const code = error.code ?? "";
    if (broken.has(socket) || isClosing(socket)) return;
    broken.add(socket);
    const problem = new Problem("request-malformed", { detail: faults[code] ?? messages.notHttp });
    const response = newestOn(socket);
    const hungUp =
      !/^(?:HPE_|ERR_HTTP_)/.test(code) ||
      (response?.req.complete === false && (code === "HPE_INVALID_EOF_STATE" || code === "ERR_HTTP_REQUEST_TIMEOUT"));
    if (hungUp) socket.destroy();
    else if (response === undefined) refuseOn(socket, problem);
    else if (response.req.complete) response.once("close", () => refuseOn(socket, problem));
    else breakContent(response.req, problem);
  });
  server.on("connect", (_request: IncomingMessage, socket: Socket) =>
    refuseOn(socket, new Problem("request-malformed", { detail: messages.notHttp })),
  );
}

/** The refusal as it goes on the wire; it is metered. */
function refusalOf(gateway: Gateway, peer: Peer, problem: Problem): Buffer {
  const { status, fields, content } = refuseUnread(gateway, { receivedAt: gateway.clock(), peer, method: "", fields: [] }, problem);
  const all = [...fields, "Content-Length", String(content.length), "Connection", "close"];
  let head = `HTTP/1.1 ${status} Bad Request\r\n`;
  for (let i = 0; i < all.length; i += 2) head += `${all[i]}: ${all[i + 1]}\r\n`;
  return Buffer.concat([Buffer.from(`${head}\r\n`, "latin1"), content]);
}
