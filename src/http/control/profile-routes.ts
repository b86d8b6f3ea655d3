import { nextTurn } from "../../base/next-turn.ts";
import type { FastifyInstance } from "fastify";
import { compileProfile } from "../../policy/profile/profile-compile.ts";
import type { Profile } from "../../policy/profile/profile.ts";
import { Refusal } from "../../policy/refusal.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import type { ControlApi } from "./control.ts";
import { messages } from "./messages.ts";
import { idParameter, json, problem, type RouteSchema } from "./route-schema.ts";

const basePath = "regulations/base.yaml";
const profilePath = (id: string): string => `regulations/${id}.yaml`;

/** The registry's profiles, each with its cited answers. `inForce` marks the one that the instance has chosen. */
export function profileRoutes(app: FastifyInstance, { newest, document }: ControlApi): void {
  const compiled = new Map<string, Profile>();

  const profileOf = async (registry: RegistryState, id: string): Promise<Profile> => {
    const digests = [basePath, profilePath(id)]
      .map((path) => registry.get("policy", path))
      .flatMap((entry) => (entry?.state === "active" ? [entry.content.digest] : []));
    const key = digests.join(" ");
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const [base, own] = await Promise.all(digests.map(async (digest) => (await document(digest)).toString()));
    const { profile } = base === undefined || own === undefined || id === "base" ? { profile: undefined } : compileProfile(base, own);
    if (profile === undefined) throw new Refusal("not-found", messages.profileUnknown(id));
    compiled.set(key, profile);
    // Compiling takes long, so exchanges get their turn after each.
    await nextTurn();
    return profile;
  };
  const chosenBy = (registry: RegistryState): string | undefined => [...registry.of("instance")][0]?.content.profile;

  app.get("/v1/profiles", { schema: listSchema }, async (_, reply) => {
    const registry = await newest();
    const ids = [...registry.of("policy")].flatMap(({ id, state }) =>
      state === "active" && id !== basePath ? (/^regulations\/(.+)\.yaml$/.exec(id)?.slice(1) ?? []) : [],
    );
    const items = [];
    for (const id of ids) items.push(headOf(await profileOf(registry, id), chosenBy(registry)));
    return reply.header("Cache-Control", "private, no-cache").send({ items });
  });

  app.get<{ Params: { id: string } }>("/v1/profiles/:id", { schema: profileSchema }, async (request, reply) => {
    const registry = await newest();
    const profile = await profileOf(registry, request.params.id);
    const answers = [...profile.answers].map(([key, { value, cite, basis, id, en }]) => [key, { value, cite, basis, id, en }]);
    return reply
      .header("Cache-Control", "private, no-cache")
      .send({ ...headOf(profile, chosenBy(registry)), readings: profile.readings, answers: Object.fromEntries(answers) as object });
  });
}

const headOf = ({ id, version, region, regulation, digest }: Profile, chosen: string | undefined): object => ({
  id,
  version,
  region,
  regulation,
  digest,
  inForce: id === chosen,
});

const text = { type: "string" } as const;
const head = { id: text, version: text, region: text, regulation: { type: "object" }, digest: text, inForce: { type: "boolean" } } as const;

const listSchema: RouteSchema = {
  operationId: "profile.list",
  tags: ["profiles"],
  summary: messages.summaries.profiles,
  response: {
    200: json("All of them.", {
      type: "object",
      required: ["items"],
      properties: { items: { type: "array", items: { type: "object", required: Object.keys(head), properties: head } } },
    }),
    default: problem,
  },
};

const profileSchema: RouteSchema = {
  operationId: "profile.get",
  tags: ["profiles"],
  summary: messages.summaries.profile,
  params: idParameter,
  response: {
    200: json("The profile.", {
      type: "object",
      required: [...Object.keys(head), "readings", "answers"],
      properties: {
        ...head,
        readings: { type: "array", items: { type: "object" } },
        answers: {
          type: "object",
          additionalProperties: {
            type: "object",
            required: ["value", "cite", "basis", "id", "en"],
            properties: { value: {}, cite: { type: ["string", "null"] }, basis: text, id: text, en: text },
          },
        },
      },
    }),
    default: problem,
  },
};
