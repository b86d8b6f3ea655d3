import type { FastifySchema } from "fastify";
import type { Text } from "../../base/text.ts";

/** The schema of a route: requests are validated by it, and the OpenAPI document is made of it. */
export interface RouteSchema extends FastifySchema {
  /** `revision.apply`: the name in the table of permissions. */
  readonly operationId: string;
  readonly tags: readonly [string];
  readonly summary: Text;
  readonly description?: string;
  /** The route needs no token. */
  readonly open?: true;
  /** Roles and guards, for machines. */
  readonly rules?: Readonly<Record<string, unknown>>;
  readonly params?: ObjectSchema;
  readonly querystring?: ObjectSchema;
  readonly headers?: ObjectSchema;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, ResponseSchema>>;
}

export interface ObjectSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
}

export interface ResponseSchema {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: object }>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export const json = (description: string, schema: object, headers?: ResponseSchema["headers"]): ResponseSchema => ({
  description,
  ...(headers === undefined ? {} : { headers }),
  content: { "application/json": { schema } },
});

/** A named schema of the document. */
export const named = (name: string): { readonly $ref: string } => ({ $ref: `#/components/schemas/${name}` });

export const problem: ResponseSchema = {
  description: "Refused: a problem document (RFC 9457).",
  content: { "application/problem+json": { schema: named("Problem") } },
};

/** One path segment; ids that hold slashes are percent-encoded. */
export const idParameter: ObjectSchema = {
  type: "object",
  properties: {
    id: { type: "string", minLength: 1, maxLength: 500, description: "One segment: `/` in an id is written `%2F`, `#` is written `%23`." },
  },
  required: ["id"],
};

export const etagHeader = { ETag: { description: "What If-Match has to name.", schema: { type: "string" } } } as const;
