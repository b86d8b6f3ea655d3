import { afterAll, beforeAll, expect, it } from "vitest";
import { collections } from "../../../src/http/control/collections.ts";
import { actions } from "../../../src/policy/acts/actions.ts";
import { gatewayFixture, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { compile, type OpenApi, type OpenApiOperation } from "./office-fixture.ts";

let w: GatewayFixture;
let document: OpenApi;
let operations: readonly (OpenApiOperation & { readonly path: string; readonly method: string })[];
beforeAll(async () => {
  w = await gatewayFixture();
  document = (await (await fetch(`${w.controlOrigin}/v1/openapi.json`)).json()) as OpenApi;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, path, method })),
  );
});
afterAll(() => w.close());

it("The document is OpenAPI 3.1 and needs no token", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document)).toEqual(["openapi", "info", "tags", "paths", "components"]);
});

it("It has every action and both readings of every collection, each once", () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining([...actions.keys(), ...collections.flatMap(({ kind }) => [`${kind}.list`, `${kind}.get`])]));
});

it("Only the catalogue and the document itself are open without a token", () => {
  const open = operations.filter(({ security }) => security.length === 0).map(({ path }) => path);
  expect(open.sort()).toEqual(["/v1/catalogue", "/v1/catalogue/{id}/openapi.json", "/v1/openapi.json"]);
});

it("Every route that it lists is there, and asks for a token unless it is open", async () => {
  for (const { path, method, security } of operations) {
    const { status } = await fetch(w.controlOrigin + path.replaceAll(/\{\w+\}/g, "x"), { method: method.toUpperCase() });
    expect([path, status]).toEqual([path, security.length > 0 ? 401 : path.includes("{") ? 404 : 200]);
  }
});

it("Path templates and path parameters agree, and every operation answers success and problems", () => {
  for (const { path, parameters = [], responses, operationId } of operations) {
    expect([operationId, parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name)]).toEqual([
      operationId,
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    ]);
    const statuses = Object.keys(responses);
    expect(statuses.some((status) => status.startsWith("2"))).toBe(true);
    if (operationId !== "openapi.get") expect(statuses).toContain("default");
  }
});

it("Every schema in it is JSON Schema 2020-12, with references that lead somewhere", () => {
  const schemas = operations.flatMap(({ parameters = [], requestBody, responses }) =>
    [...parameters, ...[requestBody, ...Object.values(responses)].flatMap((one) => Object.values(one?.content ?? {}))].map(({ schema }) =>
      JSON.stringify(schema),
    ),
  );
  for (const schema of new Set(schemas)) expect(() => compile(document, JSON.parse(schema) as object)).not.toThrow();
});

it("The input of an action is the schema of the table itself", () => {
  const stated = new Map(operations.map(({ operationId, requestBody }) => [operationId, requestBody?.content["application/json"]?.schema]));
  for (const [name, { input }] of actions) expect(stated.get(name)).toEqual(input);
});
