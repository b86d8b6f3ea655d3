import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

/** A provider that is no HTTP server: whatever request comes, it answers with bytes of the test's choosing. */
export interface RawProvider {
  readonly origin: string;
  /** How many requests came. */
  requests(): number;
  /** What it does from now on with each of them. */
  answer(act: (socket: Socket) => void): void;
  close(): Promise<void>;
}

/** Takes requests without content. */
export async function rawProvider(): Promise<RawProvider> {
  const sockets = new Set<Socket>();
  let requests = 0;
  let act = (_: Socket): void => undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    let heads = "";
    socket.on("data", (chunk: Buffer) => {
      const parts = (heads + chunk.toString("latin1")).split("\r\n\r\n");
      heads = parts.pop()!;
      for (const _ of parts) {
        requests++;
        act(socket);
      }
    });
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    answer: (next) => void (act = next),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
