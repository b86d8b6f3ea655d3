import type { Server } from "node:http";
import type { Socket } from "node:net";

export interface LingerLimits {
  readonly lingerMs: number;
  readonly lingerBytes: number;
}

const closing = new WeakSet<Socket>();
const open = new WeakMap<Server, number>();

/** Whether the gateway has sent its last answer on this connection: what still arrives is no request. */
export const isClosing = (socket: Socket): boolean => closing.has(socket);

/** Connections of this server whose last answer is sent and whose caller has not closed yet. */
export const closingOn = (server: Server): number => open.get(server) ?? 0;

/**
 * Closes a connection in the stages of RFC 9112 §9.6: the gateway ends its side, then reads and throws away what still
 * arrives until the caller ends too, at most `lingerMs` and `lingerBytes`. A socket that is closed with unread bytes
 * would be reset by the kernel, and the reset overtakes the answer: a proxy in front makes a 502 of its own of it.
 */
export function closeGently(server: Server, socket: Socket, { lingerMs, lingerBytes }: LingerLimits): void {
  if (closing.has(socket) || socket.destroyed) return;
  closing.add(socket);
  open.set(server, closingOn(server) + 1);
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => {
    clearTimeout(timer);
    open.set(server, closingOn(server) - 1);
  });
  let left = lingerBytes;
  const discard = (): void => {
    // The parser hears no more: neither content nor a request behind it is read.
    socket.removeAllListeners("data");
    socket.on("data", (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) socket.destroy();
    });
  };
  socket.end();
  // A socket whose content nobody read was paused by node:http, and only its own listener of `resume` reads on.
  if (socket.isPaused()) socket.once("resume", discard).resume();
  else discard();
}

/** Every connection that node:http closes after an answer is closed gently. */
export function closeConnectionsGently(server: Server, limits: LingerLimits): void {
  server.on("connection", (socket: Socket) => (socket.destroySoon = () => closeGently(server, socket, limits)));
}
