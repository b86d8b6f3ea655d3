import type { BlockList } from "node:net";
import { Client, errors, Pool, type buildConnector, type Dispatcher } from "undici";
import { Problem } from "../../base/problem.ts";
import type { Forward, ProviderAnswer, ProviderRequest } from "../../exchange/forward.ts";
import type { ServiceVersion } from "../../registry/snapshot.ts";
import { guardedConnector } from "./guarded-connector.ts";
import { messages } from "./messages.ts";
import { watchSocket, type ProviderSocket } from "./provider-socket.ts";

export interface Forwarder {
  readonly forward: Forward;
  /** Closes the pools of upstreams that no service uses any more, after the requests in flight on them have ended. */
  prune(services: Iterable<ServiceVersion>): void;
  close(): Promise<void>;
}

interface Upstream {
  readonly pool: Pool;
  pending: number;
}

/**
 * How long a connection is kept without a request. A request that crosses the provider's own end of the connection is lost, and the
 * gateway never sends one twice: the statement's `jti` counts once with the provider, too. Usual servers keep a connection for two
 * seconds and more (gunicorn's threads 2 s, uvicorn and Apache 5 s); a `Keep-Alive` field says otherwise and is heeded, less a margin
 * (RFC 9112 §9.3.1, §9.5).
 */
const idle = { keepAliveTimeout: 1000, keepAliveTimeoutThreshold: 2000 } as const;

/**
 * Forwards through undici's dispatcher, which keeps bytes as bytes and never sends a request twice.
 * `@fastify/reply-from` serialises parsed content anew, retries a 503, copies the provider's fields onto refusals and
 * names the upstream in its errors; each of these has a test.
 *
 * `networks` are the addresses that an upstream may have; `maxWaiting` is how many requests may queue for a connection
 * of one service.
 */
export function createForwarder(networks: BlockList, maxWaiting: number): Forwarder {
  const upstreams = new Map<string, Upstream>();

  const upstreamOf = (service: ServiceVersion): Upstream => {
    const key = keyOf(service);
    let upstream = upstreams.get(key);
    if (upstream === undefined) {
      const connect = guardedConnector(networks, service.connectTimeoutMs);
      const pool = new Pool(service.upstream, {
        connections: service.maxConnections,
        pipelining: 1,
        headersTimeout: 0,
        bodyTimeout: 0,
        ...idle,
        factory: (origin, options) => new Connection(origin, options, connect),
      });
      upstreams.set(key, (upstream = { pool, pending: 0 }));
    }
    return upstream;
  };

  return {
    async forward(request) {
      const upstream = upstreamOf(request.service);
      if (upstream.pending >= request.service.maxConnections + maxWaiting)
        throw new Problem("upstream-busy", { fields: { "Retry-After": "1" } });
      upstream.pending++;
      try {
        return await send(upstream.pool, request);
      } finally {
        upstream.pending--;
      }
    },
    prune(services) {
      const used = new Set(Array.from(services, keyOf));
      for (const [key, { pool }] of upstreams) {
        if (used.has(key)) continue;
        upstreams.delete(key);
        void pool.close().catch(() => undefined);
      }
    },
    async close() {
      await Promise.all(Array.from(upstreams.values(), ({ pool }) => pool.destroy()));
    },
  };
}

const keyOf = (service: ServiceVersion): string => `${service.upstream} ${service.maxConnections} ${service.connectTimeoutMs}`;

/** One connection of a pool at a time. It tells each request's handler on which socket the request goes out. */
class Connection extends Client {
  socket: ProviderSocket | undefined;

  constructor(origin: URL, options: Client.Options, connect: buildConnector.connector) {
    super(origin, {
      ...options,
      connect: (to, done) =>
        connect(to, (...[error, socket]: Parameters<buildConnector.Callback>) => {
          if (error !== null) return done(error, null);
          this.socket = watchSocket(socket);
          done(null, socket);
        }),
    });
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: ProviderHandler): boolean {
    handler.connection = this;
    return super.dispatch(options, handler);
  }
}

type ProviderHandler = Dispatcher.DispatchHandler & { connection?: Connection };

class TooLarge extends Error {}
class Deadline extends Error {}
/** The answer ended with the connection, and the connection broke. */
class Torn extends Error {}

function send(pool: Pool, { service, method, target, fields, content }: ProviderRequest): Promise<ProviderAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let socket: ProviderSocket | undefined;
    let status = 0;
    let answered: string[] = [];
    const chunks: Buffer[] = [];
    let bytes = 0;
    let settled = false;
    const arrived = (): ProviderAnswer => ({
      status,
      fields: answered,
      content: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks),
    });
    const fail = (error: Error): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      const problem = problemOf(error, handler.connection, socket, status !== 0);
      if (status === 0) reject(problem);
      else resolve({ ...arrived(), cut: problem });
      controller?.abort(error);
    };
    const timer = setTimeout(() => fail(new Deadline()), service.responseTimeoutMs);
    const handler: ProviderHandler = {
      onRequestStart(started) {
        controller = started;
        if (settled) return started.abort(new Deadline());
        socket = handler.connection!.socket!;
        socket.expectAnswer();
      },
      onRequestUpgrade: () => fail(new errors.HTTPParserError("unexpected upgrade")),
      onResponseStart(started, statusCode) {
        status = statusCode;
        answered = (started.rawHeaders as Buffer[]).map((part) => part.toString("latin1"));
      },
      onResponseData(_, chunk) {
        bytes += chunk.length;
        if (bytes > service.maxResponseBytes) return fail(new TooLarge());
        chunks.push(chunk);
      },
      onResponseEnd() {
        if (settled) return;
        // undici takes a reset for the end of content that has neither length nor chunks.
        if (socket!.broken()) {
          if (socket!.ended()) return fail(new Torn());
          socket!.destroy();
        }
        settled = true;
        clearTimeout(timer);
        resolve(arrived());
      },
      onResponseError: (_, error) => fail(error),
    };
    pool.dispatch({ method: method, path: target, headers: fields as string[], body: content.length === 0 ? null : content }, handler);
  });
}

/**
 * The problem for an error of the connection. It must not reveal the upstream's address. `upstream-unreachable` and `upstream-busy` promise
 * that the request was not carried out: no connection, or one that was lost before the request had left whole (RFC 9112 §8).
 */
function problemOf(error: Error, connection: Connection | undefined, socket: ProviderSocket | undefined, answerBegun: boolean): Problem {
  if (connection === undefined) return new Problem("upstream-busy", { fields: { "Retry-After": "1" }, cause: error });
  if (socket === undefined) return new Problem("upstream-unreachable", { cause: error });
  if (error instanceof Deadline) return new Problem("upstream-timeout", { cause: error });
  if (error instanceof TooLarge) return new Problem("response-invalid", { detail: messages.answerTooLarge, cause: error });
  if (isNotHttp(error) && socket.wasClosedFor(error)) {
    return new Problem("response-invalid", { detail: messages.answerNotHttp, cause: error });
  }
  return new Problem(socket.unsent() && !answerBegun ? "upstream-unreachable" : "upstream-lost", { cause: error });
}

/** Also undici's error for 101, of which the gateway asked nothing. */
const isNotHttp = (error: Error): boolean =>
  error instanceof errors.HTTPParserError ||
  error instanceof errors.ResponseContentLengthMismatchError ||
  error instanceof errors.HeadersOverflowError ||
  (error instanceof errors.SocketError && error.message === "bad upgrade");
