import type { FastifyInstance, RouteOptions } from "fastify";
import { inline, type Text } from "../../base/text.ts";
import { roles } from "../../registry/entry.ts";
import { refusals } from "../../policy/refusal.ts";
import { endingKinds } from "../../policy/validity/end-of.ts";
import { collections } from "./collections.ts";
import { messages } from "./messages.ts";
import { json, named, type ObjectSchema, type RouteSchema } from "./route-schema.ts";

/**
 * `GET /v1/openapi.json`, made of the same schemas that validate the requests. Must be registered before all other
 * routes.
 */
export function openapiRoute(app: FastifyInstance, { publicOrigin }: { readonly publicOrigin: string }): void {
  const routes: { readonly method: string; readonly url: string; readonly schema: RouteSchema }[] = [];
  app.addHook("onRoute", ({ method, url, schema }: RouteOptions) => {
    if (method !== "HEAD") routes.push({ method: String(method).toLowerCase(), url, schema: schema as RouteSchema });
  });

  let document: object | undefined;
  app.get("/v1/openapi.json", { schema: ownSchema }, async (_, reply) =>
    reply.header("Cache-Control", "no-cache").send((document ??= describe(routes, publicOrigin))),
  );

  function describe(all: typeof routes, origin: string): object {
    const paths: Record<string, Record<string, object>> = {};
    for (const { method, url, schema } of all) (paths[url.replaceAll(/:(\w+)/g, "{$1}")] ??= {})[method] = operationOf(schema);
    return {
      openapi: "3.1.0",
      info: {
        title: "Simpul: antarmuka kendali (control API)",
        version: "1",
        description:
          "Layanan, izin akses, pertimbangan dan petugas sebagai sumber daya. (Services, grants, opinions and officers as resources.)",
      },
      tags: [
        ...collections.map(({ name, title }) => ({ name, description: inline(title) })),
        ...furtherTags.map(([name, title]) => ({ name, description: inline(title) })),
      ],
      paths,
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer", description: "Token petugas (an officer's token): spl_<id>_<secret>" },
        },
        schemas: componentSchemas(origin),
      },
    };
  }
}

const furtherTags: readonly (readonly [string, Text])[] = [
  ["profiles", messages.summaries.profilesTag],
  ["catalogue", messages.summaries.catalogueTag],
  ["due", messages.summaries.dueTag],
  ["why", messages.summaries.whyTag],
  ["openapi", messages.summaries.openapiTag],
];

function operationOf({
  operationId,
  tags,
  summary,
  description,
  open,
  rules,
  params,
  querystring,
  headers,
  body,
  response,
}: RouteSchema): object {
  const parameters = [...parametersIn("path", params), ...parametersIn("query", querystring), ...parametersIn("header", headers)];
  return {
    operationId,
    tags,
    summary: inline(summary),
    ...(description === undefined ? {} : { description }),
    security: open === true ? [] : [{ token: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    // Without a required member, absent content is the same as {}.
    ...(body === undefined
      ? {}
      : {
          requestBody: { required: (body["required"] as readonly string[]).length > 0, content: { "application/json": { schema: body } } },
        }),
    responses: response,
    ...(rules === undefined ? {} : { "x-simpul-rules": rules }),
  };
}

function parametersIn(where: "path" | "query" | "header", schema: ObjectSchema | undefined): object[] {
  return Object.entries(schema?.properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    ...(where === "path" || schema!.required?.includes(name) === true ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

const text = { type: "string" } as const;
const strings = { type: "array", items: text } as const;
const moment = { type: "string", format: "date-time" } as const;
const object = (properties: Readonly<Record<string, object>>, required: readonly string[] = Object.keys(properties)): object => ({
  type: "object",
  required,
  properties,
});

function componentSchemas(publicOrigin: string): Readonly<Record<string, object>> {
  const judgement = object(
    {
      guard: text,
      verdict: { enum: ["met", "unmet", "later", "not-required", "exempt"] },
      key: text,
      cite: { type: ["string", "null"] },
      basis: text,
      detail: named("Text"),
      remedy: named("Text"),
    },
    ["guard", "verdict", "cite", "basis", "detail"],
  );
  const decision = object(
    {
      action: text,
      subject: text,
      from: text,
      to: text,
      by: text,
      roles: { type: "array", items: { enum: roles } },
      at: moment,
      profile: object({ id: text, version: text, digest: text }),
      judgements: { type: "array", items: named("Judgement") },
      documents: strings,
      note: text,
    },
    ["action", "subject", "to", "by", "roles", "at", "profile", "judgements", "documents"],
  );
  const problem = object(
    {
      type: { type: "string", format: "uri", examples: [`${publicOrigin}/problems/guard-unmet`] },
      title: text,
      status: { type: "integer" },
      detail: text,
      code: { enum: Object.keys(refusals) },
      errors: { type: "array", items: object({ pointer: { type: "string", description: "RFC 6901" }, detail: text }) },
      judgements: { type: "array", description: "All that the guards found, what holds too.", items: named("Judgement") },
      texts: object({ detail: named("Text"), errors: { type: "array", items: named("Text") } }, ["detail"]),
    },
    ["type", "title", "status", "detail", "code", "texts"],
  );
  const entries = collections.map(
    ({ kind, states }) =>
      [
        kind,
        object(
          {
            kind: { const: kind },
            id: text,
            state: { enum: states },
            content: kind === "decision" ? decision : { type: "object" },
            ...(endingKinds.includes(kind)
              ? { lastDay: { type: "string", format: "date", description: "The last day on which it holds, in the region." } }
              : {}),
            ...(kind === "grant" ? { replacedBy: object({ grant: text, from: moment }) } : {}),
          },
          ["kind", "id", "state", "content"],
        ),
      ] as const,
  );
  return {
    Text: object({ id: text, en: text }),
    Judgement: judgement,
    Problem: problem,
    ...(Object.fromEntries(entries) as Record<string, object>),
  };
}

const ownSchema: RouteSchema = {
  operationId: "openapi.get",
  tags: ["openapi"],
  open: true,
  summary: messages.summaries.openapi,
  response: { 200: json("OpenAPI 3.1.", { type: "object" }) },
};
