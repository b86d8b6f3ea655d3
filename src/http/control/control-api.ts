import type { FastifyInstance, FastifyRequest } from "fastify";
import { mayDo } from "../../policy/acts/permissions.ts";
import { Refusal } from "../../policy/refusal.ts";
import { parseJson } from "../../contract/json.ts";
import { actRoutes } from "./act-routes.ts";
import { authenticateOfficer } from "./bearer.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { dueRoute } from "./due-route.ts";
import { consumersRoute } from "./consumers-route.ts";
import { contractRoute } from "./contract-route.ts";
import { dossierRoute } from "./dossier-route.ts";
import { faultsRoute } from "./faults-route.ts";
import type { Rates } from "../../base/rate.ts";
import { messages } from "./messages.ts";
import { inputValidator } from "./validate-input.ts";
import { keyExchanges } from "./key-exchanges.ts";
import { openapiRoute } from "./openapi.ts";
import { opinionExport } from "./opinion-export.ts";
import { profileRoutes } from "./profile-routes.ts";
import { readRoutes } from "./read-routes.ts";
import type { RouteSchema } from "./route-schema.ts";
import { refusalOf, problemReply } from "./problem-reply.ts";
import { upstreamsRoute } from "./upstreams-route.ts";
import { whyRoute } from "./why-route.ts";
import { actorKey } from "./actor.ts";
import type { ControlApi } from "./control.ts";

const maxContentBytes = 262_144;

/** Counts a request of this officer. Throws the refusal `rate-limited`. */
function spendOf(officers: Rates<string>, officer: string, now: number): void {
  const wait = officers.wait(officer, now);
  const { perSecond, burst } = officers.rate;
  if (wait > 0)
    throw new Refusal("rate-limited", messages.tooManyRequests(perSecond, burst), { retryAfterSeconds: Math.ceil(wait / 1000) });
  officers.count(officer, now);
}

/**
 * All actions of officers, as resources below `/v1`. Each route is registered with one schema: requests are validated
 * by it, and the OpenAPI document is made of it. The officer is authenticated before the content is read.
 */
export function controlApi(app: FastifyInstance, api: ControlApi): void {
  app.setValidatorCompiler(inputValidator());
  app.setSerializerCompiler(() => (document) => JSON.stringify(document));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer", bodyLimit: maxContentBytes },
    async (_: FastifyRequest, content: Buffer) => {
      const parsed = parseJson(content);
      if ("wrong" in parsed) throw new Refusal("input-invalid", parsed.wrong, { errors: [{ pointer: "", detail: parsed.wrong }] });
      return parsed.value;
    },
  );

  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.code === "internal") api.log.failed({ exchange: "", error });
    return problemReply(refusal, api.publicOrigin, request, reply);
  });
  app.setNotFoundHandler((request, reply) => problemReply(new Refusal("not-found"), api.publicOrigin, request, reply));

  app.decorateRequest(actorKey);
  app.addHook("onRequest", async (request) => {
    if (api.stopping()) throw new Refusal("stopping");
    if (request.is404 || (request.routeOptions.schema as RouteSchema).open === true) return;
    const actor = authenticateOfficer(request.headers.authorization, await api.newest(), api.adminToken(), api.clock());
    spendOf(api.officers, actor.officer, api.clock());
    if (!mayDo(actor.roles, "read")) throw new Refusal("role-missing");
    request.setDecorator(actorKey, actor);
  });
  // Treat absent content as `{}`.
  app.addHook("preValidation", async (request) => void (request.body ??= {}));

  openapiRoute(app, api);
  catalogueRoutes(app, api);
  readRoutes(app, api);
  contractRoute(app, api);
  dossierRoute(app, api);
  actRoutes(app, api);
  keyExchanges(app, api);
  opinionExport(app, api);
  profileRoutes(app, api);
  dueRoute(app, api);
  consumersRoute(app, api);
  faultsRoute(app, api);
  upstreamsRoute(app, api);
  whyRoute(app, api);
}
