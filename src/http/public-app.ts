import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import type { Answer, Message } from "../base/message.ts";
import { Problem } from "../base/problem.ts";
import { exchange } from "../exchange/exchange.ts";
import { refuse } from "../exchange/answer.ts";
import type { Forward } from "../exchange/forward.ts";
import type { Gateway } from "../exchange/gateway.ts";
import { giveReceipt } from "../exchange/receipt-request.ts";
import { begin } from "../exchange/facts.ts";
import { meterExchange } from "../exchange/notarise.ts";
import { messageOf, respond } from "./exchange-listener.ts";
import { logRoutes } from "./log-routes.ts";
import { problemPages } from "./problem-pages.ts";

export interface PublicAppOptions {
  readonly gateway: Gateway;
  readonly forward: Forward;
  /** The signed list of this instance's logs, as a note (protocol §4.1). */
  readonly logList: string;
  /** Told +1 when a request is taken and −1 when it is answered. */
  readonly onInFlight: (change: 1 | -1) => void;
  readonly maxHeadBytes: number;
  readonly maxPathBytes: number;
  readonly maxConnections: number;
  readonly headTimeoutMs: number;
  readonly contentTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

/**
 * The consumers' listener. Exchanges go from node:http straight into the pipeline, so that nothing decodes a path or reads content before the
 * checks say so; pages (the log, the problems) are Fastify's. Whatever is not a page is an exchange, and refused as one.
 */
export function createPublicApp(options: PublicAppOptions): FastifyInstance {
  const { gateway, forward } = options;

  const answer = (message: Message): Promise<Answer> =>
    /^\/receipts(?:[/?]|$)/.test(message.target) ? giveReceipt(gateway, message) : exchange(gateway, message, forward);
  const take = (request: IncomingMessage, response: ServerResponse, expects: boolean): void => {
    const message = messageOf(request, response, expects, gateway.clock());
    options.onInFlight(1);
    answer(message)
      .then((given) => respond(request, response, given))
      .catch((error: unknown) => {
        gateway.log.failed({ exchange: "", error });
        response.destroy();
      })
      .finally(() => options.onInFlight(-1));
  };
  const isPage = ({ url = "", method }: IncomingMessage): boolean => (method === "GET" || method === "HEAD") && /^\/(?:log\/|logs$|problems\/)/.test(url);

  return Fastify({
    forceCloseConnections: "idle",
    serverFactory: (page) => {
      const server = createServer(
        {
          maxHeaderSize: options.maxHeadBytes,
          headersTimeout: options.headTimeoutMs,
          requestTimeout: options.headTimeoutMs + options.contentTimeoutMs,
          keepAliveTimeout: options.idleTimeoutMs,
          connectionsCheckingInterval: 1000,
          // A missing Host is check 1's to refuse, in the form of every refusal.
          requireHostHeader: false,
        },
        (request, response) => (isPage(request) ? page(request, response) : take(request, response, false)),
      );
      server.maxConnections = options.maxConnections;
      server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => take(request, response, true));
      server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => take(request, response, false));
      refuseMalformed(server, gateway);
      return server;
    },
  })
    .register(logRoutes, { gateway, logList: options.logList })
    .register(problemPages);
}

/** What is not even HTTP, or none that this gateway speaks, gets the same kind of refusal as everything else, and is metered. */
function refuseMalformed(server: Server, gateway: Gateway): void {
  const refuseOn = (socket: Socket): void => {
    if (!socket.writable || socket.destroyed) return void socket.destroy();
    const now = gateway.clock();
    const facts = begin(gateway, { receivedAt: now, source: socket.remoteAddress ?? "" });
    const problem = new Problem("request-malformed", {
      detail: { id: "Permintaan bukan HTTP/1.1 yang sah atau kepalanya terlalu besar.", en: "The request is not valid HTTP/1.1, or its head is too large." },
    });
    const draft = refuse(gateway, facts, problem);
    meterExchange(gateway, facts, draft);
    const fields = [...draft.fields, "Spl-Exchange", facts.id, "Content-Length", String(draft.content.length), "Connection", "close"];
    let head = `HTTP/1.1 ${draft.status} Bad Request\r\n`;
    for (let i = 0; i < fields.length; i += 2) head += `${fields[i]}: ${fields[i + 1]}\r\n`;
    socket.end(Buffer.concat([Buffer.from(`${head}\r\n`, "latin1"), draft.content]));
  };
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === "ECONNRESET") socket.destroy();
    else refuseOn(socket);
  });
  server.on("connect", (_request: IncomingMessage, socket: Socket) => refuseOn(socket));
}

