import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Problem } from "../../base/problem.ts";
import type { Text } from "../../base/text.ts";
import { finish, refuse } from "../../exchange/answer.ts";
import { commitToContent } from "../../exchange/content.ts";
import { startExchange } from "../../exchange/exchange-record.ts";
import type { Gateway } from "../../exchange/ports.ts";
import { meterExchange } from "../../exchange/meter-exchange.ts";
import { peerOf } from "./peer.ts";
import { breakContent } from "./exchange-listener.ts";

/** What is wrong, by the parser's code. */
const faults: Readonly<Record<string, Text>> = {
  HPE_HEADER_OVERFLOW: { id: "Kepala permintaan terlalu besar.", en: "The head of the request is too large." },
  ERR_HTTP_REQUEST_TIMEOUT: {
    id: "Kepala permintaan tidak selesai pada waktunya.",
    en: "The head of the request was not complete in time.",
  },
};
const notHttp: Text = { id: "Permintaan bukan HTTP/1.1 yang sah.", en: "The request is not valid HTTP/1.1." };

/** After its refusal a broken connection is read from this long, so that the refusal arrives (RFC 9112 §9.6), and then closed. */
const lingerMs = 1000;

/**
 * What is not even HTTP, or none that this gateway speaks, gets the same kind of refusal as everything else, and is metered. A fault in the
 * content of an exchange belongs to that exchange; one after it waits until the exchange is answered, or it would be taken for its answer.
 */
export function refuseMalformed(server: Server, gateway: Gateway): void {
  const latest = new WeakMap<Socket, ServerResponse>();
  const broken = new WeakSet<Socket>();
  const track = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    latest.set(socket, response);
    response.once("close", () => void (latest.get(socket) === response && latest.delete(socket)));
  };
  for (const event of ["request", "checkContinue", "checkExpectation"]) server.prependListener(event, track);

  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const code = error.code ?? "";
    if (broken.has(socket)) return;
    broken.add(socket);
    const problem = new Problem("request-malformed", { detail: faults[code] ?? notHttp });
    const response = latest.get(socket);
    const hungUp =
      !/^(?:HPE_|ERR_HTTP_)/.test(code) ||
      (response?.req.complete === false && (code === "HPE_INVALID_EOF_STATE" || code === "ERR_HTTP_REQUEST_TIMEOUT"));
    if (hungUp) socket.destroy();
    else if (response === undefined) refuseOn(gateway, socket, problem);
    else if (response.req.complete) response.once("close", () => refuseOn(gateway, socket, problem));
    else breakContent(response.req, problem);
  });
  server.on("connect", (_request: IncomingMessage, socket: Socket) =>
    refuseOn(gateway, socket, new Problem("request-malformed", { detail: notHttp })),
  );
}

function refuseOn(gateway: Gateway, socket: Socket, problem: Problem): void {
  if (!socket.writable) return void socket.destroy();
  const record = startExchange(gateway, { receivedAt: gateway.clock(), peer: peerOf(socket), method: "", fields: [] });
  const pending = refuse(gateway, record, problem);
  meterExchange(gateway, record, pending);
  const fields = [
    ...finish(record, pending, commitToContent(pending.content)).fields,
    "Content-Length",
    String(pending.content.length),
    "Connection",
    "close",
  ];
  let head = `HTTP/1.1 ${pending.status} Bad Request\r\n`;
  for (let i = 0; i < fields.length; i += 2) head += `${fields[i]}: ${fields[i + 1]}\r\n`;
  socket.end(Buffer.concat([Buffer.from(`${head}\r\n`, "latin1"), pending.content]));
  setTimeout(() => socket.destroy(), lingerMs).unref();
}
