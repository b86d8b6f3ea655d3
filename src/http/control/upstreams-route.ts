import type { FastifyInstance } from "fastify";
import { Refusal } from "../../policy/refusal.ts";
import { isEnded } from "../../registry/entry.ts";
import { addressesOf } from "../../registry/move-upstream.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { idParameter, json, problem, type RouteSchema } from "./route-schema.ts";

/** `GET /v1/subsystems/<id>/upstreams`: the addresses of a subsystem's services, and whether this gateway calls them. */
export function upstreamsRoute(app: FastifyInstance, { newest, upstreams }: Pick<ControlApi, "newest" | "upstreams">): void {
  app.get<{ Params: { id: string } }>("/v1/subsystems/:id/upstreams", { schema }, async ({ params: { id: subsystem } }, reply) => {
    const registry = await newest();
    const entry = registry.get("subsystem", subsystem);
    if (entry === undefined) throw new Refusal("not-found");
    const services = new Map<string, string[]>(addressesOf(entry.content).map((address) => [address, []]));
    for (const service of registry.of("service")) {
      if (isEnded(service) || service.content.provider !== subsystem) continue;
      for (const address of addressesOf(service.content)) services.set(address, [...(services.get(address) ?? []), service.id]);
    }
    const readings = upstreams();
    const items = Array.from(services, ([upstream, of]) => {
      const here = readings.filter((reading) => reading.upstream === upstream);
      const out = here.find(({ state }) => state !== "closed");
      return {
        upstream,
        state: entry.content.drained?.includes(upstream) === true ? "drained" : (out?.state ?? "closed"),
        pending: here.reduce((sum, { pending }) => sum + pending, 0),
        services: of,
      };
    });
    return reply.header("Cache-Control", "private, no-cache").send({ subsystem, items });
  });
}

const text = { type: "string" } as const;

const schema: RouteSchema = {
  operationId: "subsystem.upstreams",
  tags: ["subsystems"],
  summary: messages.summaries.upstreams,
  description:
    "`closed`: requests go there. `open`: it failed so often in a row that none do for a while; `half-open`: one will try it. " +
    "`drained`: an officer lets none go there. States are those of this gateway since it started.",
  params: idParameter,
  response: {
    200: json("In the order of the manifests.", {
      type: "object",
      required: ["subsystem", "items"],
      properties: {
        subsystem: text,
        items: {
          type: "array",
          items: {
            type: "object",
            required: ["upstream", "state", "pending", "services"],
            properties: {
              upstream: text,
              state: { enum: ["closed", "open", "half-open", "drained"] },
              pending: { type: "integer", description: "Requests that are there, or wait for a connection." },
              services: { type: "array", items: text, description: "The service versions that are reached there." },
            },
          },
        },
      },
    }),
    default: problem,
  },
};
