import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { withinGrant } from "../../src/exchange/fields.ts";
import type { ContractDocument } from "../../src/contract/document.ts";
import { createServiceContract } from "../../src/contract/service-contract.ts";
import { grantedFields } from "../../src/registry/granted-fields.ts";
import type { Operation } from "../../src/contract/contract.ts";
import { grant } from "../support/snapshots.ts";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/fields.md", root), "utf8");
const document = parse(readFileSync(new URL("services/disdukcapil/siak/penduduk/v1/openapi.yaml", root), "utf8")) as ContractDocument;

/** The content of the one fenced block whose info string is `info`. */
function block(info: string): string {
  const found = [...page.matchAll(/^```(.*)\n([^]*?)\n```$/gm)].filter(([, name]) => name === info);
  expect(found, info).toHaveLength(1);
  return found[0]![2]!;
}

const asked = parse(block("yaml grant")) as { service: string; operations: string[]; fields: string[] };
const lookup = createServiceContract(document).operations.get(asked.operations[0]!)!;
const delivered = (fields: readonly string[], operation: Operation, content: string): string =>
  withinGrant(grant({ fields: grantedFields(fields) }), operation, {
    status: 200,
    fields: ["Content-Type", "application/json"],
    content: Buffer.from(content),
  }).content.toString();

describe("docs/fields.md", () => {
  it("asks for fields of a service and an operation that the demo has", () => {
    expect(asked.service).toBe("ID-16.03/GOV/disdukcapil/siak/penduduk/v1");
    expect(asked.fields.filter((field) => !lookup.contract.knowsField(field))).toEqual([]);
  });

  it("shows an answer that keeps the contract, what is delivered of it, and how many bytes the leaf says of both", () => {
    const provider = block("json provider");
    expect(
      lookup.contract.validateResponse({ method: "POST", status: 200, contentType: "application/json", content: Buffer.from(provider) }),
    ).toEqual([]);
    expect(delivered(asked.fields, lookup, provider)).toBe(block("json delivered"));
    expect(JSON.parse(block("json leaf"))).toEqual({
      provider: { status: 200, bytes: provider.length },
      delivered: { status: 200, bytes: block("json delivered").length },
    });
  });

  it("shows what is open under every grant", () => {
    const { components } = document as unknown as { components: { schemas: object } };
    const open = {
      ...document,
      components: { ...components, schemas: { ...components.schemas, Penduduk: parse(block("yaml open")) as object } },
    } as unknown as ContractDocument;
    const operation = createServiceContract(open).operations.get(asked.operations[0]!)!;
    const whole = /`fields: \[\]` jawaban `(\{.*?\})`/.exec(page)![1]!;
    expect(delivered([], operation, whole)).toBe(block("json open-delivered"));
  });

  it("leads to headings and files that exist", () => {
    for (const [, file, anchor] of page.matchAll(/\]\(([^)#]+)(?:#([^)]+))?\)/g)) {
      const text = readFileSync(new URL(file!, new URL("docs/", root)), "utf8");
      if (anchor !== undefined) expect(text).toContain(`<a id="${anchor}">`);
    }
    expect(readFileSync(new URL("docs/client.md", root), "utf8")).toContain("(fields.md)");
  });
});
