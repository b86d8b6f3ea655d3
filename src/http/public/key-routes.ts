import type { FastifyInstance } from "fastify";
import type { Gateway } from "../../exchange/ports.ts";
import { requireIntranetSource } from "../../exchange/intranet.ts";
import type { RegisteredKey } from "../../trust/registered-key.ts";
import type { PublishedKey } from "../../trust/key-directory.ts";
import { messages } from "./messages.ts";
import type { PeerOf } from "./peer.ts";
import { refusePage, sendNotFound } from "./refuse-page.ts";

/**
 * `GET /keys/{kid}`, open inside the intra network: the key with its owner and its proof of possession. Providers
 * verify consumers' statements with it (protocol §2.4). There is no list, so a caller without a kid learns nothing.
 */
export function keyRoutes(app: FastifyInstance, { gateway, peerOf }: { gateway: Gateway; peerOf: PeerOf }): void {
  app.setErrorHandler(refusePage(gateway));
  app.addHook("onRequest", async (request) => requireIntranetSource(gateway.allowedNetworks, peerOf(request.raw)));
  app.get<{ Params: { kid: string } }>("/keys/:kid", async (request, reply) => {
    const key = gateway.snapshot().keys.get(request.params.kid);
    if (key === undefined) return sendNotFound(reply, messages.keyUnknown);
    return reply.type("application/json").header("Cache-Control", "max-age=60").send(published(key));
  });
}

const published = ({ kid, alg, owner, publicKey, from, until, state, revoked, proof }: RegisteredKey): PublishedKey => ({
  kid,
  alg,
  jwk: publicKey.export({ format: "jwk" }) as PublishedKey["jwk"],
  owner,
  ...(from === 0 ? {} : { from: new Date(from).toISOString() }),
  ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  state,
  ...(revoked === undefined ? {} : { revoked }),
  proof,
});
