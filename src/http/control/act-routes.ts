import type { FastifyInstance, FastifyRequest } from "fastify";
import { sha256 } from "../../base/bytes.ts";
import type { Action } from "../../policy/acts/action.ts";
import type { Input } from "../../policy/context.ts";
import { actions } from "../../policy/acts/actions.ts";
import { etagOf, type CommandResult } from "../../policy/acts/command-handler.ts";
import { permissions, type Permission } from "../../policy/acts/permissions.ts";
import { stateNow } from "../../policy/validity/end-of.ts";
import { Refusal } from "../../policy/refusal.ts";
import { newSecret, formatToken } from "../../policy/acts/token.ts";
import { canonicalJson } from "../../base/canonical-json.ts";
import type { ControlApi } from "./control.ts";
import { actorOf } from "./actor.ts";
import { collectionOf, pathOf } from "./collections.ts";
import { messages } from "./messages.ts";
import { resourceOf } from "./resource.ts";
import { etagHeader, idParameter, json, named, problem, type RouteSchema } from "./route-schema.ts";

/** `POST /v1/<collection>` for actions that create an entry, `POST /v1/<collection>/<id>/<verb>` for every other action. */
export function actRoutes(app: FastifyInstance, api: ControlApi): void {
  for (const action of actions.values()) {
    const { name: collection } = collectionOf(action.kind);
    const path = action.from === "new" ? `/v1/${collection}` : `/v1/${collection}/:id/${verbOf(action)}`;
    app.post<{ Params: { id?: string }; Body: Input }>(path, { schema: schemaOf(action) }, async (request, reply) => {
      const { id } = request.params;
      const issued = action.name === "token.issue" ? newSecret() : undefined;
      const done = await perform(api, action, id, request, issued === undefined ? {} : { hash: issued.hash });
      const { entry, decision, replayed } = done;
      if (replayed === true) reply.header("Idempotency-Replayed", "true");
      // A revision or a renewal creates an entry from another one.
      const isCreated = entry.id !== id;
      const [registry, now] = [await api.newest(), api.clock()];
      reply
        .code(isCreated ? 201 : 200)
        .header("ETag", etagOf(entry, stateNow(registry, entry, now)))
        .header("Cache-Control", "no-store");
      if (isCreated) reply.header("Location", pathOf(entry.kind, entry.id));
      return reply.send({
        entry: resourceOf(entry, registry, now),
        decision: resourceOf(decision, registry, now),
        ...(issued === undefined || replayed === true ? {} : { token: formatToken(entry.id, issued.secret) }),
      });
    });
  }
}

function perform(
  { commands }: ControlApi,
  action: Action,
  id: string | undefined,
  request: FastifyRequest<{ Body: Input }>,
  beside: Input,
): Promise<CommandResult> {
  const actor = actorOf(request);
  const { "if-match": ifMatch, "idempotency-key": key } = request.headers as Readonly<Record<string, string | undefined>>;
  if (id !== undefined && ifMatch === undefined) throw new Refusal("precondition-required", messages.ifMatchRequired);
  return commands.execute({
    actor,
    action: action.name,
    input: { ...request.body, ...beside },
    ...(id === undefined ? {} : { id }),
    ...(id === undefined || ifMatch === undefined ? {} : { ifMatch }),
    ...(key === undefined
      ? {}
      : {
          request: {
            key: hashOf(`${actor.officer}\n${key}`),
            digest: hashOf(canonicalJson({ action: action.name, id, input: request.body })),
          },
        }),
  });
}

const hashOf = (text: string): string => sha256(Buffer.from(text)).toString("base64url");

/** `recognise-mandiri-tik` of `member.recognise-mandiri-tik`. */
const verbOf = ({ name, kind }: Action): string => name.slice(kind.length + 1);

function schemaOf({ name, kind, title, from, to, input, guards, key }: Action): RouteSchema {
  const isNew = from === "new";
  const roles = permissions[name as Permission];
  const performed = { type: "object", required: ["entry", "decision"], properties: { entry: named(kind), decision: named("decision") } };
  const token = { type: "string", description: "The bearer token itself, told this once." };
  const made = json("Made.", name === "token.issue" ? { ...performed, properties: { ...performed.properties, token } } : performed, {
    ...etagHeader,
    Location: { description: "Where it stands.", schema: { type: "string" } },
  });
  return {
    operationId: name,
    tags: [collectionOf(kind).name],
    summary: title,
    description: [
      `Roles: ${roles.join(", ")}.`,
      ...(isNew ? [] : [`From: ${from.join(", ")}.`]),
      ...(to === "same" ? [] : [`To: ${to.join(", ")}.`]),
      ...(guards.length === 0 ? [] : [`Guards: ${guards.join(", ")}.`]),
    ].join(" "),
    rules: { roles, from, to, guards, ...(key === undefined ? {} : { key }) },
    ...(isNew ? {} : { params: idParameter }),
    headers: {
      type: "object",
      properties: {
        "Idempotency-Key": {
          type: "string",
          pattern: "^[\\x21-\\x7e]{1,64}$",
          description: "The same request under the same key is carried out once in 24 hours.",
        },
        ...(isNew
          ? {}
          : { "If-Match": { type: "string", description: "The entity tag that was read; without it 428, with another one 412." } }),
      },
    },
    body: input,
    response: isNew
      ? { 201: made, default: problem }
      : {
          200: json("Done.", performed, etagHeader),
          ...(name === "revision.revise" || name === "grant.renew" ? { 201: made } : {}),
          default: problem,
        },
  };
}
