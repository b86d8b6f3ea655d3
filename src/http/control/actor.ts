import type { FastifyRequest } from "fastify";
import type { Actor } from "../../policy/context.ts";

export const actorKey = "actor";

/** The authenticated officer, present on every route that is not open. */
export const actorOf = (request: FastifyRequest): Actor => request.getDecorator<Actor>(actorKey);
