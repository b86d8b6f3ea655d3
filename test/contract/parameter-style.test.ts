import { expect, test } from "vitest";
import type { ContractDocument } from "../../src/contract/document.ts";
import { createServiceContract } from "../../src/contract/service-contract.ts";
import { stylesOf, writeParameter, type ParameterPlace } from "../../src/contract/parameter-style.ts";

const schemas: Readonly<Record<string, object>> = {
  text: { type: "string" },
  number: { type: ["integer", "null"] },
  list: { type: "array", items: { anyOf: [{ type: "integer" }, { type: "string", pattern: "^[a-z ]*$" }] } },
  object: {
    type: "object",
    additionalProperties: false,
    properties: { a: { type: "integer" }, b: { type: ["string", "null"] }, c: { type: "boolean" } },
  },
};
const values: Readonly<Record<string, readonly unknown[]>> = {
  text: ["x", "a b&c=d,é/%", "1"],
  number: [5, -1],
  list: [[1, "ab"], ["a b"], [1]],
  object: [{ a: 1 }, { a: 1, b: "x,y=z&é" }, { c: true, b: "" }],
};
const names: Readonly<Record<ParameterPlace, string>> = { query: "n[x]$", path: "n", header: "X-N" };

/** What a style cannot carry in its place: it has no place for the separator or the character. */
const cannot = (place: ParameterPlace, style: string, explode: boolean | undefined, value: unknown): boolean =>
  (style === "deepObject" && (typeof value !== "object" || Array.isArray(value))) ||
  (style === "spaceDelimited" && explode !== true && JSON.stringify(value).includes("a b")) ||
  (place === "header" && /é|x,y/.test(JSON.stringify(value))) ||
  (place === "path" && /[/%]/.test(JSON.stringify(value)));

test.each(["3.0.3", "3.1.0", "3.1.1"])("what is written in a style is read again as the contract says: %s", (version) => {
  let tried = 0;
  for (const place of Object.keys(stylesOf) as ParameterPlace[])
    for (const style of stylesOf[place])
      for (const explode of [true, false, undefined])
        for (const [kind, schema] of Object.entries(schemas))
          for (const value of values[kind]!) {
            if (cannot(place, style, explode, value)) continue;
            const parameter = {
              name: names[place],
              in: place,
              required: true,
              style,
              schema,
              ...(explode === undefined ? {} : { explode }),
            };
            const own = { name: "n", in: "path", required: true, schema: { type: "string" } };
            const operation = { operationId: "x", parameters: place === "path" ? [parameter] : [parameter, own], responses: {} };
            const document = { openapi: version, info: {}, paths: { "/q/{n}": { get: operation } } } as unknown as ContractDocument;
            const written = writeParameter(parameter, value, version)!;
            const { contract } = createServiceContract(document).findOperation("GET", "/q/1")!.operation;
            const faults = contract.judgeRequest({
              pathParameters: ["path" in written ? written.path : "1"],
              rawQuery: "query" in written ? written.query.join("&") : "",
              hdr: "header" in written ? { "X-N": written.header } : {},
              contentType: undefined,
              content: Buffer.alloc(0),
            });
            expect([place, style, explode, value, written, ...faults]).toEqual([place, style, explode, value, written]);
            tried++;
          }
  expect(tried).toBe(191);
});
