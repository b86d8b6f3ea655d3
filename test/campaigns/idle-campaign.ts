import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { networksOf } from "../../src/base/networks.ts";
import { Problem } from "../../src/base/problem.ts";
import { oneAddress, patientForwarder } from "../http/upstream/patient-forwarder.ts";
import type { ServiceVersion } from "../../src/registry/snapshot.ts";
import { patienceMs } from "../support/patience.ts";

export interface IdleResult {
  readonly delivered: number;
  /** POSTs that failed though the provider was well, by code. */
  readonly failed: Readonly<Record<string, number>>;
  /** How many connections the provider ended under a request. */
  readonly ended: number;
  readonly connections: number;
}

/**
 * A provider that ends a connection at the worst moment: it has been idle for `keptMs`, a request is on its way, and what the provider
 * sends is the end. `parallel` POSTs go out together, again and again: after just that time, and after some part of it, in turn.
 */
export async function idleCampaign(options: {
  readonly posts: number;
  readonly parallel: number;
  /** As long as the provider keeps a connection without a request. */
  readonly keptMs: number;
  /** A `Keep-Alive` field, where it says so. */
  readonly says?: string;
  readonly random: () => number;
}): Promise<IdleResult> {
  const { posts, parallel, keptMs, says, random } = options;
  const sockets = new Set<Socket>();
  let [connections, ended] = [0, 0];
  const answer = `HTTP/1.1 201 Created\r\n${says === undefined ? "" : `Keep-Alive: ${says}\r\n`}Content-Length: 2\r\n\r\n{}`;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)));
    let idleSince = Infinity;
    socket.on("data", () => {
      if (performance.now() - idleSince >= keptMs) {
        ended++;
        return void socket.destroy();
      }
      socket.write(answer);
      idleSince = performance.now();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const service = {
    ...oneAddress,
    upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    maxConnections: parallel,
    maxResponseBytes: 1024,
    connectTimeoutMs: patienceMs,
    responseTimeoutMs: patienceMs,
  } as ServiceVersion;
  const forwarder = patientForwarder(networksOf(["127.0.0.0/8"]), parallel);
  const failed: Record<string, number> = {};
  let delivered = 0;
  const post = async (): Promise<void> => {
    try {
      const { status, cut } = await forwarder.forward({ service, method: "POST", target: "/", fields: [], content: Buffer.from("{}") });
      if (cut !== undefined || status !== 201) throw cut ?? new Error(String(status));
      delivered++;
    } catch (error) {
      const code = error instanceof Problem ? error.code : String(error);
      failed[code] = (failed[code] ?? 0) + 1;
    }
  };
  for (let sent = 0, worst = true; sent < posts; sent += parallel, worst = !worst) {
    if (sent > 0) await pause(worst ? keptMs * random() : keptMs + 20 * random());
    await Promise.all(Array.from({ length: Math.min(parallel, posts - sent) }, post));
  }
  await forwarder.close();
  for (const socket of sockets) socket.destroy();
  server.close();
  return { delivered, failed, ended, connections };
}
