import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problems } from "../../src/base/problem.ts";
import { namesOf, variables } from "../../src/config/variables.ts";
import { checkBundle } from "../../src/verify/check-bundle.ts";
import { auditLog } from "../../src/audit/recompute.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { readLeaf } from "../../src/ledger/read-leaf.ts";
import { leafHash, verifyConsistency, verifyInclusion } from "../../src/ledger/merkle.ts";
import { parseNote, parseVkey, verifyNote } from "../../src/ledger/note.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { decodeEntryBundle } from "../../src/ledger/tiles.ts";
import { defaultLimits } from "../../src/registry/manifest/manifests.ts";
import { readAnswerSignature } from "../../src/trust/answer-signature.ts";
import { importPublicJwk } from "../../src/trust/public-jwk.ts";
import { thumbprint } from "../../src/trust/sign.ts";
import { readStatement } from "../../src/trust/statement.ts";
import { answering, bundleFor, idOf } from "../support/bundles.ts";
import { auditor, consumer, record, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { protocolVectors } from "./protocol-vectors.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/protocol.md"), "utf8");
const vectors = await protocolVectors();

/** The value at a path of member names and indices. */
const vectorAt = (path: string): string =>
  path.split(".").reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], vectors) as string;

/** A part of the page, from its heading to the next one of any depth. */
function section(number: string): string {
  const [, text] = new RegExp(`^#+ ${number.replaceAll(".", "\\.")}\\.? [^\\n]*\\n([^]*?)(?=^#+ \\d|$(?![^]))`, "m").exec(page) ?? [];
  expect(text, `section ${number}`).toBeDefined();
  return text!;
}

/** The names in the first columns of the tables of a section whose first cell says this. */
function tablesIn(number: string, head: string): string[][] {
  const tables = section(number)
    .split(/\n\n/)
    .filter((part) => part.startsWith(`| ${head} |`));
  expect(tables, `${number}: ${head}`).not.toEqual([]);
  return tables.map((table) =>
    table
      .split("\n")
      .slice(2)
      .flatMap((row) => [...row.split("|")[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)),
  );
}
const namesIn = (number: string, head: string): string[] => tablesIn(number, head)[0]!;

describe("docs/protocol.md", () => {
  it("has every section that a comment or a page cites", () => {
    const headings = new Set([...page.matchAll(/^#+ (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number));
    const cited = new Map(
      tracked().flatMap((file) =>
        [...readFileSync(join(root, file), "utf8").matchAll(/protocol (?:§|section )\s?(\d+(?:\.\d+)?)/g)].map(
          ([, number]) => [number!, file] as const,
        ),
      ),
    );
    expect(cited.size).toBeGreaterThan(8);
    for (const [number, file] of cited) expect({ number, file, exists: headings.has(number) }).toEqual({ number, file, exists: true });
  });

  it("shows the bytes that the code makes, in every block of its example", async () => {
    const filled = page.replaceAll(
      /^```text ([a-z]+(?:\.\w+)*)\n[^]*?^```$/gm,
      (_, path: string) => `\`\`\`text ${path}\n${vectorAt(path).replace(/\n$/, "")}\n\`\`\``,
    );
    await expect(filled).toMatchFileSnapshot("../../docs/protocol.md");
    await expect(`${JSON.stringify(vectors, undefined, 2)}\n`).toMatchFileSnapshot("../../docs/protocol-vectors.json");
  });

  it("has every problem with its status and its cause", () => {
    const rows = [...section("3.1").matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| (\w+) \|/gm)].map(([, code, status, by]) => [
      code,
      Number(status),
      by,
    ]);
    expect(rows).toEqual(Object.entries(problems).map(([code, { status, by }]) => [code, status, by]));
  });

  it("has the defaults of the limits", () => {
    const rows = [...section("8").matchAll(/^\| `(\w+)` \| `([^`]+)` \|/gm)].map(([, name, preset]) => [name!, preset!] as const);
    const settings = Object.entries(variables).map(([key, { preset }]) => [namesOf(key).environment, preset]);
    const known = new Map<string, string>([
      ...(settings as [string, string][]),
      ...Object.entries(defaultLimits).map(([name, value]) => [name, String(value)] as const),
    ]);
    expect(rows.length).toBeGreaterThan(14);
    for (const [name, preset] of rows) expect([name, preset]).toEqual([name, known.get(name)]);
    for (const name of Object.keys(defaultLimits)) expect(rows.map(([row]) => row)).toContain(name);
  });

  it("names exactly the claims that a statement and an answer may have", () => {
    const forms = { "2.1": [readStatement, vectors.statement], "3.2": [readAnswerSignature, vectors.answer] } as const;
    for (const [number, [read, { header, claims }]] of Object.entries(forms)) {
      const names = namesIn(number, "claim").filter((name) => !name.startsWith("x_"));
      const judge = (more: object) =>
        read(
          [header, JSON.stringify({ ...(JSON.parse(claims) as object), ...more }), "-"]
            .map((part) => Buffer.from(part).toString("base64url"))
            .join("."),
        );
      expect(Object.keys(JSON.parse(claims) as object).filter((name) => !names.includes(name) && !name.startsWith("x_"))).toEqual([]);
      for (const name of names)
        expect(judge({ [name]: [{}] })).toMatchObject({ en: expect.stringContaining(`The claim ${name} is malformed;`) as string });
      expect(judge({ nbf: 1 })).toMatchObject({ en: expect.stringContaining("unknown claim") as string });
      expect(judge({ x_other: 1 })).toHaveProperty("claims");
    }
  });

  it("names every member of a leaf in the order in which it is written", () => {
    const [members, request, response] = ["member", "member of `request`", "member of `response`"].map((head) => namesIn("4.2", head));
    const written = vectors.leaves.map(({ leaf }) => JSON.parse(leaf) as Record<string, object>);
    const inOrder = (names: readonly string[], value: object): void =>
      expect(names.filter((name) => name in value)).toEqual(Object.keys(value));
    for (const leaf of written) {
      inOrder(members!, leaf);
      inOrder(request!, leaf["request"] ?? {});
      inOrder(response!, leaf["response"] ?? {});
    }
    const exchange = written[3]!;
    const isRead = (leaf: object): boolean => readLeaf(Buffer.from(JSON.stringify(leaf))) !== undefined;
    for (const name of [...members!, "other"]) {
      const has = isRead({ ...exchange, [name]: exchange[name] ?? "x" });
      expect([name, has]).toEqual([name, !["since", "counts", "change", "other"].includes(name) || name === "problem"]);
    }
    const required = [...members!.slice(0, members!.indexOf("consumer") + 1), "request", "basis"];
    for (const name of members!) expect([name, isRead({ ...exchange, [name]: undefined })]).toEqual([name, !required.includes(name)]);
    for (const name of request!)
      expect([name, isRead({ ...exchange, request: { ...exchange["request"], [name]: undefined } })]).toEqual([
        name,
        !["statement", "jti", "kid"].includes(name),
      ]);
    for (const units of [1, 512, 513])
      expect(isRead({ ...exchange, purpose: "\u{1F600}".repeat(units).slice(0, units) })).toBe(units < 513);
    expect(isRead({ ...written[0], change: { other: "x".repeat(513) } })).toBe(true);
  });

  it("names every member of the seven forms of a change, in their order", () => {
    const changes = [...vectors.leaves, vectors.next, vectors.rotated]
      .map(({ leaf }) => (JSON.parse(leaf) as { change?: object }).change)
      .filter((change) => change !== undefined);
    const shown = tablesIn("4.3", "member of `change`").map((names) => names.filter((name) => !optionalInChange.has(name)));
    expect(shown.sort()).toEqual(changes.map((change) => Object.keys(change)).sort());
  });

  it("names every member of a bundle", () => {
    const { properties, $defs } = JSON.parse(readFileSync(join(root, "policies/schema/evidence.json"), "utf8")) as {
      readonly properties: Record<string, { properties?: object }>;
      readonly $defs: {
        opened: { properties: { entries: { items: { properties: object } } } };
        step: { required: string[]; properties: object };
      };
    };
    expect(namesIn("5.2", "member").filter((name) => !["request", "delivered", "provider"].includes(name))).toEqual(
      Object.keys(properties),
    );
    expect(namesIn("5.2", "member of `entries[]`").toSorted()).toEqual(
      Object.keys($defs.opened.properties.entries.items.properties).toSorted(),
    );
    expect(namesIn("5.2", "member of `trace`")).toEqual(Object.keys(properties["trace"]!.properties!));
    expect(tablesIn("5.2", "member of a step")[0]!).toEqual(Object.keys($defs.step.properties));
  });

  it("leads to files and headings that are there, and to no source", () => {
    const anchors = new Set(
      [...page.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
        title!
          .toLowerCase()
          .replaceAll(/[^\p{L}\d\s-]/gu, "")
          .replaceAll(/\s/g, "-"),
      ),
    );
    for (const [, target] of page.matchAll(/\]\(([^)]+)\)/g)) {
      const [file, anchor] = target!.split("#") as [string, string?];
      expect(file === "" ? anchors.has(anchor!) : existsSync(join(root, "docs", file)), target).toBe(true);
    }
    expect(page).not.toMatch(/\bsrc\//);
  });
});

describe("docs/protocol-vectors.json", () => {
  const { keys, statement, answer, log, leaves } = vectors;

  it("has the same statement under every algorithm", () => {
    for (const { alg, jwk, kid, jws } of [...vectors.signatures, { ...keys.consumer, jws: statement.jws }]) {
      const [signed, key] = [readStatement(jws), importPublicJwk(alg as "ES256", JSON.parse(jwk) as Record<string, string>)];
      if ("id" in signed || typeof key === "string") throw new Error(`${alg}: not a statement, or not a key`);
      expect([signed.jws.algorithm.alg, signed.jws.kid, thumbprint(key), signed.jws.octets.toString()]).toEqual([
        alg,
        kid,
        kid,
        statement.claims,
      ]);
      expect(signed.jws.algorithm.verify(signed.jws.input, key, signed.jws.signature)).toBe(true);
    }
  });

  it("has a receipt of which every step holds", () => {
    const facts = {
      vkey: keys.log.vkey,
      consumer: "ID-16.03/GOV/dinsos/bansos",
      service: "ID-16.03/GOV/disdukcapil/siak/penduduk/v1",
      htm: "POST",
      status: 200,
      statement: Buffer.from(statement.claims),
      exchange: (JSON.parse(leaves[3]!.leaf) as { id: string }).id,
      requestContent: Buffer.from(statement.content),
      responseContent: Buffer.from(answer.content),
    };
    const findings = checkReceipt(parseReceipt(vectors.receipt.field)!, facts);
    expect(findings.map(({ holds }) => holds)).toEqual(findings.map(() => true));
  });

  it("has a bundle in which everything holds but the gateway's own words", () => {
    const findings = checkBundle(Buffer.from(vectors.bundle), {
      vkey: keys.log.vkey,
      contents: { request: Buffer.from(statement.content), delivered: Buffer.from(answer.content) },
    });
    expect(findings.filter(({ holds }) => holds !== true).map(({ step }) => step)).toEqual(["trace"]);
  });

  it("has a sound log, and proofs within it", async () => {
    const [tile, entries] = [log.tile.bytes, log.entries.bytes].map((text) => Buffer.from(text, "base64"));
    const audited = {
      checkpoint: async () => log.checkpoints[leaves.length]!,
      tile: async (level: number | "entries") => (level === "entries" ? entries : level === 0 ? tile : undefined),
    };
    expect(await auditLog(audited, { vkey: keys.log.vkey })).toMatchObject({ findings: [], size: leaves.length, openIntents: [] });
    expect(decodeEntryBundle(entries!).map(String)).toEqual(leaves.map(({ leaf }) => leaf));
    const rootAt = (size: number): Buffer => parseCheckpoint(log.checkpoints[String(size)]!)!.root;
    for (const { index, size, proof } of log.inclusion)
      expect(verifyInclusion(leafHash(Buffer.from(leaves[index]!.leaf)), index, size, Buffer.from(proof, "base64"), rootAt(size))).toBe(
        true,
      );
    for (const { first, second, proof } of log.consistency)
      expect(verifyConsistency(first, second, rootAt(first), rootAt(second), Buffer.from(proof, "base64"))).toBe(true);
    expect(verifyNote(parseNote(log.list)!, parseVkey(keys.instance.vkey)!)).toBe(true);
  });
});

describe("a gateway beside the page", () => {
  let w: GatewayFixture;
  beforeAll(async () => {
    w = await gatewayFixture();
  });
  afterAll(() => w.close());

  it(
    "sends the fields of 2.4 to the provider, those of 3 to the consumer, and writes leaves " + "and a bundle in the forms of the vectors",
    async () => {
      w.respondWith(answering(w, 201, record));
      const sent = await w.call({
        method: "POST",
        target: `/r1/${service}/catatan`,
        content: record,
        contentType: "application/json",
        fields: { Accept: "*/*", "X-Own": "1", Prefer: "receipt=full" },
      });
      expect(sent.status).toBe(201);
      const names = w.received
        .at(-1)!
        .rawHeaders.filter((_, index) => index % 2 === 0)
        .map((name) => name.toLowerCase());
      const stated = namesIn("2.4", "field").map((name) => name.toLowerCase());
      expect(names.filter((name) => !["host", "connection", "content-length"].includes(name)).toSorted()).toEqual(
        stated.filter((name) => !["accept-language", "hdr"].includes(name)).toSorted(),
      );

      const added = Object.keys(sent.fields).filter(
        (name) => !["content-type", "content-length", "date", "connection", "keep-alive"].includes(name),
      );
      expect(namesIn("3", "field").map((name) => name.toLowerCase())).toEqual(expect.arrayContaining(added));

      const bundle = await bundleFor(w, auditor, idOf(sent));
      const shown = JSON.parse(vectors.bundle) as typeof bundle;
      expect(Object.keys(bundle)).toEqual(Object.keys(shown));
      const orders = (from: typeof bundle) => [...from.leaves, from.registrations[0]!].map(({ leaf }) => memberOrder(JSON.parse(leaf)));
      expect(orders(bundle)).toEqual(orders(shown));
      expect(bundle.registry.entries.every(({ salt }) => Buffer.from(salt, "base64url").length === 16)).toBe(true);
      expect(bundle.policy.entries.every(({ salt }) => salt === "")).toBe(true);
    },
  );

  it("refuses in the form of 3.1", async () => {
    const { fields, answer } = await w.call({ iss: consumer, purpose: "lain", fields: { "Accept-Language": "en" } });
    const shown = JSON.parse(vectors.problem) as object;
    expect(Object.keys(JSON.parse(answer.toString()) as object)).toEqual(Object.keys(shown));
    expect(namesIn("3.1", "member")).toEqual(expect.arrayContaining(Object.keys(shown)));
    expect(fields["spl-problem"]).toBe("not-granted");
  });
});

/** Members of a change that stand in it only where there is something to say, and in no vector. */
const optionalInChange: ReadonlySet<string> = new Set(["proposed", "keys", "registeredKey"]);

/** The members of a value and of those in it, in their order; of a list only that it is one. */
function memberOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return Array.isArray(value) ? [] : typeof value;
  return Object.entries(value).flatMap(([name, member]) => (optionalInChange.has(name) ? [] : [[name, memberOrder(member)]]));
}

/** Texts of the project: what was written by hand, wherever it stands. */
function tracked(folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(?:\.git|node_modules|data|dist|coverage)$/.test(entry.name) ? [] : tracked(path);
    return /\.(?:ts|mjs|md|yaml|json|py|php|java|sh|svg)$/.test(entry.name) ? [path] : [];
  });
}
