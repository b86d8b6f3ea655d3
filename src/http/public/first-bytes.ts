import type { Server } from "node:http";
import type { Socket } from "node:net";

/** What the first bytes of a connection are: too few to tell, or what to do with it. */
export type Judged = "more" | { readonly go: (socket: Socket) => void; readonly skip?: number };

/** Connections of which nothing was handed on yet, by server. */
const waiting = new WeakMap<Server, Set<Socket>>();

/**
 * Reads a connection until `judge` can tell, at most `withinMs`, then puts back what it does not `skip` and lets the connection go on.
 * `late` hears of what did not arrive in time or ended before.
 */
export function readFirstBytes(
  server: Server,
  socket: Socket,
  withinMs: number,
  judge: (bytes: Buffer) => Judged,
  late: (bytes: Buffer, ended: boolean) => void,
): void {
  const sockets = waitingOn(server);
  let bytes: Buffer = Buffer.alloc(0);
  const stop = (): void => {
    clearTimeout(timer);
    sockets.delete(socket);
    socket.off("readable", read).off("error", broken).off("end", ended).off("close", stop);
  };
  const broken = (): void => void socket.destroy();
  const ended = (): void => {
    stop();
    late(bytes, true);
  };
  const timer = setTimeout(() => {
    stop();
    late(bytes, false);
  }, withinMs);
  const read = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    const judged = judge(bytes);
    if (judged === "more") return;
    stop();
    const rest = bytes.subarray(judged.skip ?? 0);
    if (rest.length > 0) socket.unshift(rest);
    judged.go(socket);
  };
  sockets.add(socket);
  socket.on("readable", read).on("error", broken).on("end", ended).on("close", stop);
  // What an earlier reader has put back is not announced again.
  if (socket.readableLength > 0) read();
}

/** Node does not know of a connection before its parser does: those that wait end with the idle ones when the server closes. */
function waitingOn(server: Server): Set<Socket> {
  const known = waiting.get(server);
  if (known !== undefined) return known;
  const sockets = new Set<Socket>();
  waiting.set(server, sockets);
  for (const method of ["closeIdleConnections", "closeAllConnections"] as const) {
    const close = server[method].bind(server);
    server[method] = () => {
      close();
      for (const socket of sockets) socket.destroy();
    };
  }
  return sockets;
}

/** Puts `begin` in the place of what listens to new connections, and hands it what stood there. */
export function beforeListeners(server: Server, begin: (socket: Socket, go: (socket: Socket) => void) => void): void {
  const listeners = server.listeners("connection") as ((this: Server, socket: Socket) => void)[];
  const go = (socket: Socket): void => listeners.forEach((listener) => listener.call(server, socket));
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => begin(socket, go));
}
