import { lookup as dnsLookup } from "node:dns";
import { isIP, type BlockList, type LookupFunction } from "node:net";
import { buildConnector, errors, Pool, type Dispatcher } from "undici";
import { isInside } from "../../base/networks.ts";
import { Problem } from "../../base/problem.ts";
import type { Forward, ProviderAnswer, ProviderRequest } from "../../exchange/forward.ts";
import type { ServiceVersion } from "../../registry/snapshot.ts";
import { messages } from "./messages.ts";

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
      const pool = new Pool(service.upstream, {
        connections: service.maxConnections,
        pipelining: 1,
        connect: guardedConnector(networks, service.connectTimeoutMs),
        headersTimeout: 0,
        bodyTimeout: 0,
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

/**
 * Refuses addresses outside the networks before a byte is sent: a literal as normalised by the URL parser (`0x7f.1` is
 * 127.0.0.1 by then), each address that a name resolves to, and the address that the socket is connected to.
 */
function guardedConnector(networks: BlockList, timeout: number): buildConnector.connector {
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

class TooLarge extends Error {}
class Deadline extends Error {}

function send(pool: Pool, { service, method, target, fields, content }: ProviderRequest): Promise<ProviderAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let status = 0;
    let answered: string[] = [];
    const chunks: Buffer[] = [];
    let bytes = 0;
    let settled = false;
    const fail = (error: Error): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      reject(problemOf(error));
      controller?.abort(error);
    };
    const timer = setTimeout(() => fail(new Deadline()), service.responseTimeoutMs);
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started;
        if (settled) started.abort(new Deadline());
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
        settled = true;
        clearTimeout(timer);
        resolve({ status, fields: answered, content: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) });
      },
      onResponseError: (_, error) => fail(error),
    };
    pool.dispatch({ method: method, path: target, headers: fields as string[], body: content.length === 0 ? null : content }, handler);
  });
}

/** The problem for an error of the connection. It must not reveal the upstream's address. */
function problemOf(error: Error): Problem {
  if (error instanceof Deadline) return new Problem("upstream-timeout", { cause: error });
  if (error instanceof TooLarge) {
    return new Problem("response-invalid", { detail: messages.answerTooLarge, cause: error });
  }
  // undici's errors for 101 and for an unrequested 100, neither of which is an acceptable answer.
  const refused = error instanceof errors.SocketError && /^bad (?:upgrade|response)$/.test(error.message);
  if (
    refused ||
    error instanceof errors.HTTPParserError ||
    error instanceof errors.ResponseContentLengthMismatchError ||
    error instanceof errors.HeadersOverflowError
  ) {
    return new Problem("response-invalid", { detail: messages.answerNotHttp, cause: error });
  }
  return new Problem("upstream-unreachable", { cause: error });
}
