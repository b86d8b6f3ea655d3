import type { FastifyInstance } from "fastify";
import { requireIntranetSource } from "../../exchange/intranet.ts";
import type { Gateway } from "../../exchange/ports.ts";
import type { PeerOf } from "./peer.ts";
import { refusePage } from "./refuse-page.ts";

/** The longest field that `?field=N` asks for. */
const longestField = 8192;

/** A request as it arrived, after whatever stands before the gateway. */
export interface Arrived {
  readonly method: string;
  readonly target: string;
  /** Names and values as they arrived, alternating. */
  readonly fields: readonly string[];
  /** Whom the gateway takes for the caller; `""` where the proxy did not say. */
  readonly caller: string;
}

/**
 * `GET /arrived` and any path or query below it, open inside the intra network: what arrived of the caller's own request, so that it
 * shows what a library or a proxy changes. `?field=N` answers with a field of N bytes beside. `doctor --through` asks it.
 */
export function arrivedPage(app: FastifyInstance, { gateway, peerOf }: { gateway: Gateway; peerOf: PeerOf }): void {
  app.setErrorHandler(refusePage(gateway));
  app.addHook("onRequest", async (request) => requireIntranetSource(gateway.allowedNetworks, peerOf(request.raw)));
  for (const path of ["/arrived", "/arrived/*"])
    app.get<{ Querystring: { field?: unknown } }>(path, async ({ raw, query }, reply) => {
      const wanted = Number(query.field ?? 0);
      if (wanted >= 1 && wanted <= longestField) reply.header("Spl-Field", "x".repeat(wanted));
      const arrived: Arrived = {
        method: raw.method ?? "",
        target: raw.url ?? "",
        fields: raw.rawHeaders,
        caller: peerOf(raw).address,
      };
      return reply
        .type("application/json")
        .header("Cache-Control", "no-store, no-transform")
        .header("X-Content-Type-Options", "nosniff")
        .header("Spl-Method", arrived.method)
        .send(JSON.stringify(arrived));
    });
}
