import type { FastifyInstance } from "fastify";
import type { Gateway } from "../../exchange/ports.ts";
import { requireIntranetSource } from "../../exchange/intranet.ts";
import { requireAuditor } from "../../exchange/reading/read-request.ts";
import { parseTilePath } from "../../ledger/tiles.ts";
import { messageOf } from "./exchange-listener.ts";
import { messages } from "./messages.ts";
import type { PeerOf } from "./peer.ts";
import { refusePage, sendNotFound } from "./refuse-page.ts";

/** Texts about the logs, as they are when they are asked for. */
export interface LogTexts {
  /** The signed list of the instance's logs. */
  readonly logList: () => Promise<string>;
  /** The signed notes by which their keys handed over, the oldest first; empty where none did. */
  readonly handovers: () => string;
}

/**
 * The published logs, also those that were closed (protocol §4.1; C2SP tlog-tiles). Checkpoint and tiles are open
 * inside the intra network. The entries are for auditors, who ask with a statement as for a receipt.
 */
export function logRoutes(
  app: FastifyInstance,
  { gateway, logList, handovers, peerOf }: { gateway: Gateway; peerOf: PeerOf } & LogTexts,
): void {
  app.setErrorHandler(refusePage(gateway));
  app.addHook("onRequest", async (request) => requireIntranetSource(gateway.allowedNetworks, peerOf(request.raw)));

  app.get("/logs", async (_, reply) => reply.type("text/plain; charset=utf-8").send(await logList()));
  app.get("/logs/handovers", async (_, reply) => reply.type("text/plain; charset=utf-8").send(handovers()));
  for (const log of [gateway.ledger, ...gateway.closedLogs]) {
    const path = log.origin.slice(log.origin.indexOf("/"));
    app.get(`${path}/checkpoint`, async (_, reply) =>
      reply.type("text/plain; charset=utf-8").header("Cache-Control", "no-store").send(log.checkpoint()),
    );
    app.get(`${path}/tile/*`, async (request, reply) => {
      const wanted = parseTilePath(request.url.slice(`${path}/tile/`.length));
      if (wanted?.level === "entries") {
        const leave = await requireAuditor(gateway, messageOf(request.raw, reply.raw, peerOf(request.raw), false, gateway.clock()));
        if (reply.raw.closed) leave();
        else reply.raw.once("close", leave);
      }
      const bytes = wanted === undefined ? undefined : await log.tile(wanted.level, wanted.n, wanted.width);
      if (bytes === undefined) return sendNotFound(reply, messages.tileUnknown);
      // What a path says never changes, of partial tiles neither. Entries are for those who signed, and no cache asks for a signature.
      const caching = wanted?.level === "entries" ? "no-store" : "max-age=31536000, immutable";
      return reply.type("application/octet-stream").header("Cache-Control", caching).send(bytes);
    });
  }
}
