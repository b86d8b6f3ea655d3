import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Ends a connection on which an answer waits to be read and nothing of it was taken for `writeTimeoutMs`. One that is idle ends as
 * before; one whose provider takes its time goes on.
 */
export function endUnread(server: Server, writeTimeoutMs: number): void {
  server.timeout = writeTimeoutMs;
  server.on("timeout", (socket: Socket) => {
    if (socket.writableLength > 0 || newestOn(socket) === undefined) socket.destroy();
  });
}

/** What one connection has under way. */
interface Pipeline {
  running: number;
  paused: boolean;
  /** The newest response that has not been sent yet. */
  newest: ServerResponse | undefined;
  readonly waiting: (() => void)[];
}

const pipelines = new WeakMap<Socket, Pipeline>();

/** The response to the newest request on this connection, `undefined` when all have been sent. */
export const newestOn = (socket: Socket): ServerResponse | undefined => pipelines.get(socket)?.newest;

/** Carries out a request when it is its turn on its connection. */
export type InPipeline = (socket: Socket, response: ServerResponse, carryOut: () => void) => void;

/**
 * Of the requests that arrive on one connection before the first is answered (RFC 9112 §9.3.2), at most `most` are carried out at a
 * time. Nothing more is read from the connection while others wait; those that wait when it breaks are not carried out.
 */
export function boundPipeline(most: number): InPipeline {
  return (socket, response, carryOut) => {
    let pipeline = pipelines.get(socket);
    if (pipeline === undefined) pipelines.set(socket, (pipeline = { running: 0, paused: false, newest: undefined, waiting: [] }));
    const { waiting } = pipeline;
    pipeline.newest = response;
    response.once("close", () => {
      if (pipeline.newest === response) pipeline.newest = undefined;
      pipeline.running--;
      if (!socket.destroyed) waiting.shift()?.();
      if (waiting.length > 0 || !pipeline.paused) return;
      pipeline.paused = false;
      socket.resume();
    });
    const run = (): void => {
      pipeline.running++;
      carryOut();
    };
    if (pipeline.running < most) return run();
    waiting.push(run);
    pipeline.paused = true;
    socket.pause();
  };
}
