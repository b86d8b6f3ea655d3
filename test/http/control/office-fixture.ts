import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { adminTokenFile } from "../../../src/gateway/identity.ts";
import { addFormats } from "../../../src/contract/formats/formats.ts";
import type { Role } from "../../../src/registry/entry.ts";
import { gatewayFixture, type GatewayFixture, type FixtureOptions } from "../../support/gateway-fixture.ts";

export const dinasMember = "ID-16.03/GOV/inspektorat";
export const consumerMember = "ID-16.03/GOV/dinsos";
export const ownerMember = "ID-16.03/GOV/disdukcapil";

export interface Asking {
  readonly token?: string;
  /** Sent as JSON; text and bytes as they are. */
  readonly body?: unknown;
  readonly fields?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly fields: Headers;
  /** The JSON document, or nothing. */
  readonly body: Document;
}

/** What answers hold, as far as tests look at it. */
export interface Document {
  readonly [name: string]: unknown;
  readonly code: string;
  readonly detail: string;
  readonly entry: Shown;
  readonly decision: Shown;
  readonly token: string;
  readonly items: readonly (Shown & Readonly<Record<string, unknown>>)[];
  readonly next: string;
}

export interface Shown {
  readonly kind: string;
  readonly id: string;
  readonly state: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** A gateway with a profile, its first administrator, and officers as they are appointed. */
export interface OfficeFixture extends GatewayFixture {
  readonly admin: string;
  /** Every answer is held against the API's own document. */
  ask(method: string, path: string, asking?: Asking): Promise<Reply>;
  /** Reads the subject for its entity tag, then acts on it. */
  act(
    token: string,
    collection: string,
    id: string,
    verb: string,
    body?: unknown,
    fields?: Readonly<Record<string, string>>,
  ): Promise<Reply>;
  /** Appoints an officer and gives their token; a year's, if no day is named. */
  officer(
    id: string,
    member: string,
    roles: readonly Role[],
    over?: { readonly until?: string; readonly tokenRoles?: readonly Role[] },
  ): Promise<string>;
}

export const seg = encodeURIComponent;

export const dayFrom = (ms: number, days: number): string => new Date(ms + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

export async function officeFixture(options: FixtureOptions & { readonly profile?: string } = {}): Promise<OfficeFixture> {
  const { profile = "muara-enim-52-2022", ...others } = options;
  const w = await gatewayFixture(others);
  chooseProfile(w, profile);
  await w.apply();
  const admin = readFileSync(adminTokenFile(w.config), "utf8").trim();
  const judge = answerJudge(w.controlOrigin);

  const ask: OfficeFixture["ask"] = async (method, path, { token, body, fields } = {}) => {
    const headers = {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...fields,
    };
    const answer = await fetch(w.controlOrigin + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const document = (text === "" ? {} : JSON.parse(text)) as Document;
    await judge(method, path, answer.status, document);
    return { status: answer.status, fields: answer.headers, body: document };
  };
  return {
    ...w,
    admin,
    ask,
    async act(token, collection, id, verb, body, fields) {
      const path = `/v1/${collection}/${seg(id)}`;
      const seen = await ask("GET", path, { token });
      return ask("POST", `${path}/${verb}`, {
        token,
        ...(body === undefined ? {} : { body }),
        fields: { "If-Match": seen.fields.get("etag") ?? '""', ...fields },
      });
    },
    async officer(id, member, roles, { until = dayFrom(w.clock(), 300), tokenRoles } = {}) {
      await must(ask("POST", "/v1/officers", { token: admin, body: { id, member, position: `Pejabat ${id}`, roles } }));
      const issued = await must(
        ask("POST", "/v1/tokens", {
          token: admin,
          body: { officer: id, until, ...(tokenRoles === undefined ? {} : { roles: tokenRoles }) },
        }),
      );
      return issued.body.token;
    },
  };
}

/** The answer, which has to be a success. */
export async function must(asked: Promise<Reply>): Promise<Reply> {
  const reply = await asked;
  if (reply.status >= 300) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return reply;
}

/** Names the profile in the instance's manifest, which has to be applied. */
export function chooseProfile({ services }: Pick<GatewayFixture, "services">, profile: string): void {
  const file = join(services, "instance.yaml");
  const text = readFileSync(file, "utf8").replace(/^profile:.*\n/m, "");
  writeFileSync(file, `${text}profile: ${profile}\n`);
}

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
}

/** Throws if an answer is not what the document promises for this method, path and status. */
function answerJudge(origin: string): (method: string, path: string, status: number, body: object) => Promise<void> {
  let promised: Promise<OpenApi> | undefined;
  const compiled = new Map<string, ValidateFunction>();
  return async (method, path, status, body) => {
    const document = await (promised ??= fetch(`${origin}/v1/openapi.json`).then((answer) => answer.json() as Promise<OpenApi>));
    const [pathname = ""] = path.split("?");
    const template = Object.keys(document.paths).find((one) =>
      new RegExp(`^${one.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname),
    );
    const responses = template === undefined ? undefined : document.paths[template]![method.toLowerCase()]?.responses;
    if (responses === undefined) {
      if (status !== 404) throw new Error(`the document does not know ${method} ${path}, answered ${status}`);
      return;
    }
    const response = responses[status] ?? responses["default"];
    const schema = Object.values(response?.content ?? {})[0]?.schema;
    if (schema === undefined) return;
    const key = `${method} ${template} ${responses[status] === undefined ? "default" : status}`;
    const validate = compiled.get(key) ?? compile(document, schema);
    compiled.set(key, validate);
    if (!validate(body))
      throw new Error(`${key} is not what the document says: ${JSON.stringify(validate.errors)} in ${JSON.stringify(body)}`);
  };
}

const readers = new WeakMap<object, Ajv2020>();

/** Compiles a schema whose references lead into the document's components. */
export function compile(document: Pick<OpenApi, "components">, schema: object): ValidateFunction {
  const absolute = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('"#/components/', '"document#/components/')) as T;
  let ajv = readers.get(document);
  if (ajv === undefined) {
    ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
    ajv.addVocabulary(["components"]);
    addFormats(ajv);
    ajv.addSchema({ $id: "document", components: absolute(document.components) });
    readers.set(document, ajv);
  }
  return ajv.compile(absolute(schema));
}
