import { createServer, type ListenOptions } from "node:net";

/**
 * A free loopback port below the ephemeral range. The system could give a port of that range to an outgoing connection
 * before the caller listens on it. On Linux no other call gives the same port while this process lives, in any process.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    if (!(await isFree({ port, host: "127.0.0.1" })) || !(await reserve(port))) continue;
    return port;
  }
}

async function isFree(address: ListenOptions): Promise<boolean> {
  const server = createServer();
  const free = await listens(server, address);
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}

/** Holds a name in the kernel's list of abstract sockets, which forgets it when the process ends. */
const reserve = (port: number): Promise<boolean> =>
  process.platform === "linux" ? listens(createServer().unref(), { path: `\0simpul-port-${port}` }) : Promise.resolve(true);

const listens = (server: ReturnType<typeof createServer>, address: ListenOptions): Promise<boolean> =>
  new Promise((resolve) => {
    server.once("error", () => resolve(false)).listen(address, () => resolve(true));
  });
