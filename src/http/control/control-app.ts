import Fastify, { type FastifyInstance } from "fastify";
import { controlApi } from "./control-api.ts";
import type { ControlApi } from "./control.ts";

export interface ControlAppOptions {
  /** Prometheus text and its content type. */
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Why the gateway takes no exchanges now; nothing if it does. */
  obstacles(): readonly Obstacle[];
  readonly api: ControlApi;
}

/** `stopping`: it drains. `ledger`: the last commit failed, so no leaf can be written. */
export type Obstacle = "stopping" | "ledger";

/** The longest id of an entry has about 400 characters when it is percent-encoded. */
const maxIdLength = 600;

/** The officers' and operators' port: the control API, metrics and health. */
export function createControlApp({ metrics, obstacles, api }: ControlAppOptions): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: maxIdLength } });
  app.get("/metrics", async (_, reply) => {
    const { contentType, text } = await metrics();
    return reply.type(contentType).send(text);
  });
  app.get("/livez", async (_, reply) => reply.type("text/plain").send("ok\n"));
  app.get("/readyz", async (_, reply) => {
    const found = obstacles();
    return reply
      .code(found.length === 0 ? 200 : 503)
      .type("text/plain")
      .send(found.length === 0 ? "ok\n" : `not ready: ${found.join(", ")}\n`);
  });
  app.register(controlApi, api);
  return app;
}
