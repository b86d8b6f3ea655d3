import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import Fastify, { type FastifyInstance } from "fastify";
import type { Answer, Message } from "../../base/message.ts";
import type { Assemble } from "../../evidence/assemble.ts";
import { giveBundle } from "../../exchange/reading/bundle-request.ts";
import { exchange } from "../../exchange/exchange.ts";
import type { Gateway } from "../../exchange/ports.ts";
import { giveReceipt } from "../../exchange/reading/receipt-request.ts";
import { messageOf, respond } from "./exchange-listener.ts";
import { keyRoutes } from "./key-routes.ts";
import { logRoutes } from "./log-routes.ts";
import { problemPages } from "./problem-pages.ts";
import { refuseMalformed } from "./refuse-malformed.ts";

export interface PublicAppOptions {
  readonly gateway: Gateway;
  readonly assemble: Assemble;
  /** The signed list of this instance's logs, as a note (protocol §4.1). */
  readonly logList: string;
  /** Told +1 when a request is taken and −1 when it has ended and its answer has left, or cannot any more. */
  readonly onInFlight: (change: 1 | -1) => void;
  readonly maxHeadBytes: number;
  readonly maxConnections: number;
  readonly headTimeoutMs: number;
  readonly contentTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

/**
 * The consumers' listener. Exchanges go from node:http straight into the pipeline, so that nothing decodes a path or reads content before the
 * checks say so; pages (the log, keys, the problems) are Fastify's. Whatever is not a page is an exchange, and refused as one.
 */
export function createPublicApp(options: PublicAppOptions): FastifyInstance {
  const { gateway, assemble } = options;

  const answer = (message: Message): Promise<Answer> => {
    const [, folder] = /^\/(receipts|evidence)(?:[/?]|$)/.exec(message.target) ?? [];
    if (folder === "receipts") return giveReceipt(gateway, message);
    return folder === "evidence" ? giveBundle(gateway, message, assemble) : exchange(gateway, message);
  };
  const take = async (request: IncomingMessage, response: ServerResponse, expects: boolean): Promise<void> => {
    options.onInFlight(1);
    try {
      const given = await answer(messageOf(request, response, expects, gateway.clock()));
      respond(request, response, given, !app.server.listening);
    } catch (error) {
      gateway.log.failed({ exchange: "", error });
      response.destroy();
    }
    if (response.closed) options.onInFlight(-1);
    else response.once("close", () => options.onInFlight(-1));
  };
  const isPage = ({ url = "", method }: IncomingMessage): boolean =>
    (method === "GET" || method === "HEAD") && /^\/(?:log\/|logs$|keys\/|problems\/)/.test(url);

  const app = Fastify({
    forceCloseConnections: "idle",
    // Fastify has an answer of its own to broken connections; `refuseMalformed` gives ours.
    clientErrorHandler: () => undefined,
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
        (request, response) => (isPage(request) ? page(request, response) : void take(request, response, false)),
      );
      server.maxConnections = options.maxConnections;
      server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => void take(request, response, true));
      server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => void take(request, response, false));
      refuseMalformed(server, gateway);
      return server;
    },
  });
  return app.register(logRoutes, { gateway, logList: options.logList }).register(keyRoutes, { gateway }).register(problemPages);
}
