import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import Fastify, { type FastifyInstance, type FastifyPluginCallback } from "fastify";
import type { Answer, Message } from "../../base/message.ts";
import type { SubsystemId } from "../../base/names.ts";
import { turns, type InTurn } from "../../base/turns.ts";
import type { Assemble } from "../../evidence/assemble.ts";
import { giveBundle } from "../../exchange/reading/bundle-request.ts";
import { exchange } from "../../exchange/exchange.ts";
import { namesAuthority, requirePageHead } from "../../exchange/head.ts";
import { refusesStranger } from "../../exchange/overload.ts";
import type { Gateway } from "../../exchange/ports.ts";
import { giveReceipt } from "../../exchange/reading/receipt-request.ts";
import { turnAway } from "../../exchange/refuse-unread.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { arrivedPage } from "./arrived-page.ts";
import { boundConnections, countConnections, type ConnectionLimit, type ConnectionLimits } from "./bound-connections.ts";
import { boundPipeline, endUnread } from "./bound-waiting.ts";
import { cataloguePages } from "./catalogue-pages.ts";
import { closeConnectionsGently, isClosing, type LingerLimits } from "./close-gently.ts";
import { messageOf, respond } from "./exchange-listener.ts";
import { endSlow } from "./end-slow.ts";
import { homePages } from "./home-pages.ts";
import { keyRoutes } from "./key-routes.ts";
import { logRoutes, type LogTexts } from "./log-routes.ts";
import { messages } from "./messages.ts";
import { peersBehind, type PeerOf, type TrustedProxies } from "./peer.ts";
import { problemPages } from "./problem-pages.ts";
import { takeProxyHeaders } from "./proxy-header.ts";
import { refuseMalformed } from "./refuse-malformed.ts";
import { refusePage, sendNotFound } from "./refuse-page.ts";
import { httpVersionOf, noteRequestLine } from "./request-line.ts";

export interface PublicAppOptions extends LingerLimits, LogTexts, ConnectionLimits {
  readonly gateway: Gateway;
  readonly assemble: Assemble;
  readonly maxBundles: number;
  readonly catalogue: Catalogue;
  readonly proxies: TrustedProxies;
  /** Called with +1 when a request is taken, and with −1 when its answer has left or can no longer leave. */
  readonly onInFlight: (change: 1 | -1) => void;
  /** Called for each connection that is turned away. */
  readonly onConnectionRefused: (limit: ConnectionLimit, address: string) => void;
  readonly maxHeadBytes: number;
  /** Requests of one connection that are carried out at a time. */
  readonly maxPipelined: number;
  readonly headTimeoutMs: number;
  readonly contentTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly writeTimeoutMs: number;
  readonly minBytesPerSecond: number;
}

export interface PublicApp {
  readonly publicApp: FastifyInstance;
  /** Connections that are open. */
  readonly connections: () => number;
}

type Handle = (message: Message) => Promise<Answer>;

/**
 * What serves a request-target that begins so: pages, which Fastify routes and only GET and HEAD read, or the pipeline. `always`: also for
 * strangers while the gateway is overloaded.
 */
type Route = { readonly target: RegExp; readonly always?: true } & (
  { readonly pages: FastifyPluginCallback<PublicAppOptions & { readonly peerOf: PeerOf }> } | { readonly handle: Handle }
);

/** Shows also what arrives under another host. */
const arrived = /^\/arrived(?:[/?]|$)/;

/** The public port, by the beginning of the request-target; the first row that fits decides. */
const routesOf = ({ gateway, assemble }: PublicAppOptions, inTurn: InTurn<SubsystemId>): readonly Route[] => [
  { target: /^\/(?:$|\?|docs\/)/, pages: homePages },
  { target: /^\/catalogue(?:[/?]|$)/, pages: cataloguePages },
  { target: arrived, pages: arrivedPage },
  { target: /^\/log(?:\/|s$|s\/handovers$)/, pages: logRoutes },
  // Providers ask it about exchanges that are under way.
  { target: /^\/keys\//, pages: keyRoutes, always: true },
  { target: /^\/problems\//, pages: problemPages },
  { target: /^\/receipts(?:[/?]|$)/, handle: (message) => giveReceipt(gateway, message) },
  { target: /^\/evidence(?:[/?]|$)/, handle: (message) => giveBundle(gateway, message, assemble, inTurn) },
  { target: /^/, handle: (message) => exchange(gateway, message) },
];

/**
 * The consumers' listener. Exchanges go from node:http straight into the pipeline, so that nothing decodes a path or
 * reads content before the checks allow it. Pages are Fastify's. A request that is not for a page is an exchange, and
 * is refused as one.
 */
export function createPublicApp(options: PublicAppOptions): PublicApp {
  const { gateway, onInFlight, proxies } = options;
  const inPipeline = boundPipeline(options.maxPipelined);
  let connections = (): number => 0;
  const peerOf = peersBehind(proxies);
  const routes = routesOf(options, turns(options.maxBundles));
  const refusing: Handle = async (message) => turnAway(gateway, message);

  const answer = async (handle: Handle, request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): Promise<void> => {
    onInFlight(1);
    let left: Answer["left"];
    const done = (): void => {
      onInFlight(-1);
      left?.();
    };
    try {
      const message = messageOf(request, response, peerOf(request), expectsContinue, gateway.clock());
      const answered = await handle(message);
      left = answered.left;
      respond(request, response, answered, !app.server.listening || isFaultyFraming(message));
    } catch (error) {
      gateway.log.failed({ exchange: "", error });
      response.destroy();
    }
    if (response.closed) done();
    else response.once("close", done);
  };
  /**
   * `expectation`: whether the caller waits for `100 Continue`, or asks for something else that check 1 refuses. Pages
   * need none, and are in HTTP/1 only.
   */
  const serve = (page: RequestListener, request: IncomingMessage, response: ServerResponse, expectation?: "continue" | "other"): void => {
    if (isClosing(request.socket)) return;
    noteRequestLine(request);
    request.url = withoutOwnOrigin(request.url ?? "", gateway.authority);
    const isRead =
      expectation !== "other" && httpVersionOf(request).startsWith("1.") && (request.method === "GET" || request.method === "HEAD");
    const route = routes.find((row) => row.target.test(request.url ?? "") && (isRead || "handle" in row))!;
    inPipeline(request.socket, response, () => {
      if (isClosing(request.socket)) return;
      if (gateway.load.overload !== undefined && route.always !== true && refusesStranger(gateway, peerOf(request)))
        void answer(refusing, request, response, false);
      else if ("pages" in route) {
        // No page reads content; the connection is closed, so that nobody waits for it.
        if (announcesContent(request)) response.setHeader("Connection", "close");
        page(request, response);
      } else void answer(route.handle, request, response, expectation === "continue");
    });
  };

  const app = Fastify({
    forceCloseConnections: "idle",
    // `refuseMalformed` answers broken connections in the place of Fastify.
    clientErrorHandler: () => undefined,
    serverFactory: (page) => {
      const server = createServer(
        {
          maxHeaderSize: options.maxHeadBytes,
          headersTimeout: options.headTimeoutMs,
          requestTimeout: options.headTimeoutMs + options.contentTimeoutMs,
          keepAliveTimeout: options.idleTimeoutMs,
          connectionsCheckingInterval: 1000,
          // Check 1 refuses a missing Host, in the form of every refusal.
          requireHostHeader: false,
        },
        (request, response) => serve(page, request, response),
      );
      // A caller may end its side after its request and still read (RFC 9112 §9.6); only a reset tells that it has gone.
      (server as { httpAllowHalfOpen?: boolean }).httpAllowHalfOpen = true;
      refuseMalformed(server, gateway, peerOf, options);
      endUnread(server, options.writeTimeoutMs);
      endSlow(server, {
        minBytesPerSecond: options.minBytesPerSecond,
        contentGraceMs: options.headTimeoutMs,
        answerGraceMs: options.writeTimeoutMs,
      });
      boundConnections(server, proxies.networks, gateway.knownCallers, options, options.onConnectionRefused);
      server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => serve(page, request, response, "continue"));
      server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => serve(page, request, response, "other"));
      closeConnectionsGently(server, options);
      if (proxies.networks.rules.length > 0) takeProxyHeaders(server, proxies.networks, options.headTimeoutMs);
      connections = countConnections(server);
      return server;
    },
  });
  app.setErrorHandler(refusePage(gateway));
  app.addHook("onRequest", async ({ raw }) => {
    const { method = "", rawHeaders: fields } = raw;
    requirePageHead({ method, fields, httpVersion: httpVersionOf(raw) }, gateway, arrived.test(raw.url ?? ""));
  });
  app.setNotFoundHandler((_, reply) => sendNotFound(reply, messages.nothingHere));
  for (const route of routes) if ("pages" in route) app.register(route.pages, { ...options, peerOf });
  return { publicApp: app, connections: () => connections() };
}

/**
 * The target in origin form where it is in absolute form and names this gateway (RFC 9112 §3.2.2), as some proxies hand it
 * on; else as it came, for check 1 to refuse. `Host` has to name the gateway, too.
 */
function withoutOwnOrigin(target: string, authority: string): string {
  if (target.startsWith("/")) return target;
  const [, scheme, named, rest] = absoluteForm.exec(target) ?? [];
  if (scheme === undefined || !namesAuthority(named, authority, `${scheme.toLowerCase()}:`)) return target;
  return rest!.startsWith("/") ? rest! : `/${rest!}`;
}

const absoluteForm = /^(https?):\/\/([^/?#@]*)([/?].*|)$/i;

const announcesContent = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";

/** Where one request ends and the next begins, two recipients may read otherwise (RFC 9112 §6.1). */
const isFaultyFraming = ({ httpVersion, fields }: Message): boolean =>
  httpVersion === "" || (httpVersion === "1.0" && fields.some((name, i) => i % 2 === 0 && name.toLowerCase() === "transfer-encoding"));
