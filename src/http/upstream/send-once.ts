import { Client, errors, type Pool, type buildConnector, type Dispatcher } from "undici";
import { Problem } from "../../base/problem.ts";
import type { ProviderAnswer, ProviderRequest } from "../../exchange/forward.ts";
import { messages } from "./messages.ts";
import { watchSocket, type ProviderSocket } from "./provider-socket.ts";

/** One connection of a pool at a time. It tells each request's handler on which socket the request goes out. */
export class Connection extends Client {
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

/** There was no connection: nothing of the request has left, so it may go to another address (RFC 9110 §9.2.2). */
export class NeverSent extends Problem {
  constructor(cause: Error) {
    super("upstream-unreachable", { cause });
  }
}

/**
 * Sends a request through a pool, once, and waits for its answer for so long. Rejects with the problems that `Forward` names; `NeverSent`
 * is one of `upstream-unreachable`.
 */
export function sendOnce(
  pool: Pool,
  { service, method, target, fields, content }: ProviderRequest,
  withinMs: number,
): Promise<ProviderAnswer> {
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
    const timer = setTimeout(() => fail(new Deadline()), withinMs);
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
  if (socket === undefined) return new NeverSent(error);
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
