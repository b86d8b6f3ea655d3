import { timingSafeEqual } from "node:crypto";
import Fastify, { type FastifyInstance } from "fastify";
import { sha256 } from "../../base/bytes.ts";
import { Refusal } from "../../policy/refusal.ts";
import { controlApi } from "./control-api.ts";
import type { ControlApi } from "./control.ts";
import { endSlow } from "../public/end-slow.ts";
import { messages } from "./messages.ts";
import { ownNamesOnly } from "./own-names.ts";
import { problemReply, refusalOf, refuseNoHttp } from "./problem-reply.ts";

/** The times and the rate that a connection has to keep. */
export interface Pace {
  readonly headTimeoutMs: number;
  readonly contentTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly writeTimeoutMs: number;
  readonly minBytesPerSecond: number;
}

export interface ControlAppOptions {
  /** Prometheus text and its content type. */
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Why the gateway takes no exchanges now; nothing if it does. */
  obstacles(): readonly Obstacle[];
  readonly api: ControlApi;
  /** As on the public port. */
  readonly pace: Pace;
  /** Names that the port answers to, beside loopback and the address of a connection. */
  readonly names: readonly string[];
  /** What `/metrics` asks for; `undefined` if it is open. */
  metricsToken(): string | undefined;
}

/**
 * `stopping`: it drains. `ledger`: the last commit failed, so no leaf can be written. `overloaded`: it refuses strangers, and
 * then those who ask most. `connections`: as many are open as may be.
 */
export type Obstacle = "stopping" | "ledger" | "overloaded" | "connections";

/** The longest id of an entry has about 400 characters when it is percent-encoded. */
const maxIdLength = 600;

/** The officers' and operators' port: the control API, metrics and health. */
export function createControlApp({ metrics, obstacles, api, names, metricsToken, pace }: ControlAppOptions): FastifyInstance {
  const { publicOrigin } = api;
  const requestTimeout = pace.headTimeoutMs + pace.contentTimeoutMs;
  const app = Fastify({
    forceCloseConnections: true,
    keepAliveTimeout: pace.idleTimeoutMs,
    requestTimeout,
    // Node compares the two when the server is made; Fastify sets its own option later.
    http: { headersTimeout: pace.headTimeoutMs, requestTimeout, connectionsCheckingInterval: 1000 },
    routerOptions: { maxParamLength: maxIdLength },
    // What Fastify refuses before there is a route.
    frameworkErrors: (_, request, reply) =>
      void problemReply(new Refusal("input-invalid", messages.targetForm), publicOrigin, request, reply),
    clientErrorHandler: (_, socket) => refuseNoHttp(publicOrigin, socket),
  });
  endSlow(app.server, {
    minBytesPerSecond: pace.minBytesPerSecond,
    contentGraceMs: pace.headTimeoutMs,
    answerGraceMs: pace.writeTimeoutMs,
  });
  app.setErrorHandler((error, request, reply) => problemReply(refusalOf(error), publicOrigin, request, reply));
  app.addHook("onRequest", ownNamesOnly(names));
  app.get("/metrics", async ({ headers }, reply) => {
    requireToken(metricsToken(), headers.authorization);
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

/** Digests are compared, so that time tells nothing. Throws the refusals `token-missing` and `token-invalid`. */
function requireToken(wanted: string | undefined, authorization: string | undefined): void {
  if (wanted === undefined) return;
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (given === undefined) throw new Refusal("token-missing", messages.metricsToken);
  if (wanted === "" || !timingSafeEqual(sha256(Buffer.from(given)), sha256(Buffer.from(wanted))))
    throw new Refusal("token-invalid", messages.metricsToken);
}
