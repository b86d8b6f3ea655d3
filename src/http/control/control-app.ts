import Fastify, { type FastifyInstance } from "fastify";
import { controlApi } from "./control-api.ts";
import type { ControlApi } from "./control.ts";

export interface ControlAppOptions {
  /** Prometheus text and its content type. */
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>;
  /**
   * Whether the gateway takes exchanges now: a snapshot is loaded, the ledger takes leaves, and the gateway is not
   * draining.
   */
  ready(): boolean;
  readonly api: ControlApi;
}

/** The longest id of an entry has about 400 characters when it is percent-encoded. */
const maxIdLength = 600;

/** The officers' and operators' port: the control API, metrics and health. */
export function createControlApp({ metrics, ready, api }: ControlAppOptions): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: maxIdLength } });
  app.get("/metrics", async (_, reply) => {
    const { contentType, text } = await metrics();
    return reply.type(contentType).send(text);
  });
  app.get("/livez", async (_, reply) => reply.type("text/plain").send("ok\n"));
  app.get("/readyz", async (_, reply) => {
    const isReady = ready();
    return reply
      .code(isReady ? 200 : 503)
      .type("text/plain")
      .send(isReady ? "ok\n" : "not ready\n");
  });
  app.register(controlApi, api);
  return app;
}
