import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { latestOn } from "./exchange-listener.ts";

/**
 * Ends a connection on which an answer waits to be read and nothing of it was taken for `writeTimeoutMs`. One that is idle ends as
 * before; one whose provider takes its time goes on.
 */
export function endUnread(server: Server, writeTimeoutMs: number): void {
  server.timeout = writeTimeoutMs;
  server.on("timeout", (socket: Socket) => {
    if (socket.writableLength > 0 || latestOn(socket) === undefined) socket.destroy();
  });
}

/** Carries out a request when it is its turn on its connection. */
export type Pipeline = (socket: Socket, response: ServerResponse, carryOut: () => void) => void;

/**
 * Of the requests that arrive on one connection before the first is answered (RFC 9112 §9.3.2), at most `most` are carried out at a
 * time. Nothing more is read from the connection while others wait.
 */
export function boundPipeline(most: number): Pipeline {
  const pipelines = new WeakMap<Socket, { running: number; paused: boolean; readonly waiting: (() => void)[] }>();
  return (socket, response, carryOut) => {
    let pipeline = pipelines.get(socket);
    if (pipeline === undefined) pipelines.set(socket, (pipeline = { running: 0, paused: false, waiting: [] }));
    const { waiting } = pipeline;
    const run = (): void => {
      pipeline.running++;
      response.once("close", () => {
        pipeline.running--;
        waiting.shift()?.();
        if (waiting.length > 0 || !pipeline.paused) return;
        pipeline.paused = false;
        socket.resume();
      });
      carryOut();
    };
    if (pipeline.running < most) return run();
    waiting.push(run);
    pipeline.paused = true;
    socket.pause();
  };
}
