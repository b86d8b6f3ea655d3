import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ManifestFaultCode } from "../../../src/source/fault.ts";
import { faultLine } from "../../support/fault-line.ts";
import { policiesFolder } from "../../../src/base/project.ts";
import { loadManifests } from "../../../src/registry/manifest/load.ts";
import { treeLimits } from "../../../src/source/limits.ts";
import {
  baseText,
  loadTree,
  openapi,
  taxProvider,
  taxService,
  serviceYaml,
  subsystemYaml,
  writeTree,
} from "../../support/manifest-tree.ts";
import { consumer } from "../../support/parties.ts";

/** Replaces text in a file of the base tree; `¶` marks where the fault has to be found. */
function edit(path: string, from: string, to: string): { changes: Record<string, string>; place: string } {
  const text = baseText(path);
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  const marked = text.replace(from, () => to);
  const before = marked.slice(0, marked.indexOf("¶")).split("\n");
  return { changes: { [path]: marked.replace("¶", "") }, place: `services/${path}:${before.length}:${before.at(-1)!.length + 1}` };
}

const edits: readonly (readonly [ManifestFaultCode, string, string, string])[] = [
  ["yaml-invalid", serviceYaml, "title: Pajak", "title: x\n¶title: Pajak"],
  ["yaml-invalid", serviceYaml, "title: Pajak", "title: ¶!!js/function Pajak"],
  ["yaml-invalid", serviceYaml, "description: Objek", "description: ¶Objek: dan"],
  ["schema", serviceYaml, "classification: terbatas", "classification: ¶biasa"],
  ["schema", serviceYaml, "title: Pajak", "¶titel: x\ntitle: Pajak"],
  ["schema", serviceYaml, "title: Pajak Bumi dan Bangunan\n", "¶"],
  ["schema", serviceYaml, "classification: terbatas", "classification: terbatas\nlimits: { maxConnections: ¶0 }"],
  ["schema", subsystemYaml, "id: cek-objek", "id: ¶Cek_Objek"],
  ["schema", subsystemYaml, "dailyQuota: 1000", "dailyQuota: ¶1000.5"],
  ["schema", "dinsos/member.yaml", "class: GOV", "class: ¶PD"],
  ["schema", "dinsos/member.yaml", "email: tik@dinsos.demo.go.id", "email: ¶tik"],
  ["time-zone-unknown", "instance.yaml", "timeZone: Asia/Jakarta", "timeZone: ¶Asia/Serang"],
  ["profile-unknown", "instance.yaml", "profile: muara-enim-52-2022", "profile: ¶base"],
  ["profile-unknown", "instance.yaml", "profile: muara-enim-52-2022", "profile: ¶muara-enim"],
  [
    "auditor-unknown",
    "instance.yaml",
    "timeZone: Asia/Jakarta",
    "timeZone: Asia/Jakarta\nauditors: [ID-16.03/GOV/dinsos/bansos, ¶ID-16.03/GOV/bpk/periksa]",
  ],
  [
    "upstream-missing",
    "bapenda/pajak/subsystem.yaml",
    "name: Sistem Pajak Daerah\nupstream: http://127.0.0.1:4101",
    "¶name: Sistem Pajak Daerah",
  ],
  ["upstream-origin", "bapenda/pajak/subsystem.yaml", "http://127.0.0.1:4101", "¶http://127.0.0.1:80"],
  ["upstream-origin", "bapenda/pajak/subsystem.yaml", "http://127.0.0.1:4101", "¶http://0x7f.1:4101"],
  ["schema", "bapenda/pajak/subsystem.yaml", "http://127.0.0.1:4101", "¶http://u:p@127.0.0.1:4101"],
  ["upstream-path", "bapenda/pajak/subsystem.yaml", "http://127.0.0.1:4101", "¶http://127.0.0.1:4101/api"],
  ["upstream-path", "bapenda/pajak/subsystem.yaml", "http://127.0.0.1:4101", "¶http://127.0.0.1:4101/api/v1/"],
  ["upstream-origin", "bapenda/pajak/subsystem.yaml", "http://127.0.0.1:4101", "¶http://127.0.0.1:4101/"],
  ...["v2", "/v2/", "/../v2", "/v2?x=1", "/v2//x", "/"].map(
    (path) => ["schema", serviceYaml, "classification: terbatas", `classification: terbatas\nbasePath: ¶${path}`] as const,
  ),
  [
    "open-classified",
    serviceYaml,
    "classification: terbatas",
    "classification: terbatas\nopen: ¶{ purpose: data-terbuka, legalBasis: Perpres 39/2019, " +
      "rate: { perSecond: 1, burst: 1 }, dailyQuota: 1 }",
  ],
  [
    "schema",
    serviceYaml,
    "classification: terbatas",
    "classification: terbatas\nvalidation: { operations: { findObjects: { responses: ¶kadang } } }",
  ],
  [
    "validation-operation-unknown",
    serviceYaml,
    "classification: terbatas",
    "classification: terbatas\nvalidation: { operations: { findObjects: { responses: off }, ¶hasOwnProperty: { responses: off } } }",
  ],
  ["schema", subsystemYaml, "dailyQuota: 1000", "dailyQuota: 1000\n    fields: [¶nop]"],
  ["grant-field-unknown", subsystemYaml, "dailyQuota: 1000", "dailyQuota: 1000\n    fields: [/*/nop, ¶/*/nik]"],
  ["grant-field-unknown", subsystemYaml, "dailyQuota: 1000", "dailyQuota: 1000\n    fields: [¶/0/nop]"],
  ["grant-field-unknown", subsystemYaml, "dailyQuota: 1000", "dailyQuota: 1000\n    fields: [¶/title]"],
  ["grant-service-unknown", subsystemYaml, "service: ID-16.03/GOV/bapenda/pajak/pbb/v1", "service: ¶ID-16.03/GOV/bapenda/pajak/pbb/v2"],
  ["grant-service-unknown", subsystemYaml, "service: ID-16.03/GOV/bapenda/pajak/pbb/v1", "service: ¶ID-16.03/NAT/bapenda/pajak/pbb/v1"],
  ["grant-operation-unknown", subsystemYaml, "[findObjects, createObject]", "[findObjects, ¶deleteObject]"],
  ["moment-invalid", subsystemYaml, "from: 2026-01-01", "from: ¶2026-02-30"],
  ["moment-invalid", subsystemYaml, "until: 2027-12-31", "until: ¶2027-12-31T10:00:00"],
  ["period-empty", subsystemYaml, "until: 2027-12-31", "until: ¶2025-12-31"],
  ["contract-version", openapi, "openapi: 3.1.0", "openapi: ¶4.0.0"],
  ["contract-version-text", openapi, "openapi: 3.1.0", "openapi: ¶3.1"],
  ["schema", openapi, "info: {", "¶infos: 1\ninfo: {"],
  ["schema", openapi, "in: query, schema: { type: boolean }", "in: ¶body, schema: { type: boolean }"],
  ["parameter-cookie", openapi, "in: query, schema: { type: boolean }", "in: ¶cookie, required: true, schema: { type: boolean }"],
  ["reference-invalid", openapi, 'items: { $ref: "#/components/schemas/Kolom" }', 'items: { $ref: ¶"#/components/schemas/Kolum" }'],
  [
    "schema-circle",
    openapi,
    "Kolom: { type: string, enum: [nop, pajak] }",
    'Kolom: { anyOf: [{ type: string }, { $ref: ¶"#/components/schemas/Kolom" }] }',
  ],
  ["yaml-aliases", openapi, "openapi: 3.1.0", "openapi: 3.1.0\nx-a: &a { b: ¶*a }"],
  ["reference-remote", openapi, 'items: { $ref: "#/components/schemas/Kolom" }', "items: { $ref: ¶https://example.go.id/kolom.json }"],
  ["reference-outside", openapi, 'items: { $ref: "#/components/schemas/Kolom" }', "items: { $ref: ¶../kolom.json }"],
  ["reference-file", openapi, 'items: { $ref: "#/components/schemas/Kolom" }', "items: { $ref: ¶kolom.json }"],
  ["reference-kind", openapi, 'items: { $ref: "#/components/schemas/Kolom" }', 'items: { $ref: ¶"#/paths/~1objek/get" }'],
  ["reference-circular", openapi, "Kolom: { type: string, enum: [nop, pajak] }", 'Kolom: { $ref: ¶"#/components/schemas/Kolom" }'],
  ["dialect-unknown", openapi, "Kolom: { type: string", 'Kolom: { $schema: ¶"http://json-schema.org/draft-07/schema#", type: string'],
  ["pattern-invalid", openapi, "Kolom: { type: string", "Kolom: { pattern: ¶'(?>[a-z])', type: string"],
  ["pattern-explodes", openapi, "Kolom: { type: string", 'Kolom: { pattern: ¶"^(a+)+\\\\1$", type: string'],
  ["pattern-too-large", openapi, "Kolom: { type: string", 'Kolom: { pattern: ¶"^.{1,9000}x.{1,9000}$", type: string'],
  ["operation-duplicate", openapi, "operationId: createObject", "operationId: ¶findObjects"],
  ["path-invalid", openapi, "  /objek/terbaru:", "  ¶/objek/%74erbaru:"],
  ["path-invalid", openapi, "  /objek/terbaru:", "  ¶/objek//terbaru:"],
  ["path-shared-segment", openapi, "  /objek/terbaru:", "  ¶/objek/{y}{x}:"],
  [
    "path-ambiguous",
    openapi,
    "components:\n",
    '  ¶"/objek/{lain}":\n    post:\n      operationId: x\n      parameters: [{ name: lain, in: path, required: ' +
      "true, schema: { type: string } }]\n      responses: { default: { description: x } }\ncomponents:\n",
  ],
  ["parameter-path", openapi, "  /objek/terbaru:\n    get:", "  /objek/{x}/{x}:\n    ¶get:"],
  [
    "parameter-duplicate",
    openapi,
    "        - { name: aktif, in: query",
    "        - { name: x-unit, in: header, schema: { type: string } }\n        - { name: aktif, in: query",
  ],
  ["parameter-reserved", openapi, "name: X-Unit", "required: true, name: ¶Spl-Exchange"],
  ["parameter-reserved", openapi, "name: X-Unit", "required: true, name: ¶X_Forwarded_For"],
  ["parameter-header-name", openapi, "name: X-Unit", `name: ¶X-${"a".repeat(63)}`],
  ["parameter-same-field", openapi, "name: X-Unit", "name: X_Unit, in: header, schema: { type: string } }\n        - { name: ¶X-Unit"],
  ["parameter-style", openapi, "in: query, explode: false", "in: query, style: ¶simple, explode: false"],
  ["parameter-deep", openapi, "in: query, explode: false, schema: {", "in: query, explode: false, style: deepObject, schema: ¶{"],
  ["parameter-type", openapi, "schema: { type: boolean }", "schema: ¶{ type: array, items: { type: object } }"],
  ["parameter-type", openapi, "schema: { type: boolean }", 'schema: ¶{ type: "null" }'],
  ["media-type", openapi, "text/csv: {}", "¶text/c*: {}"],
  ["media-type", openapi, "text/csv: {}", "¶csv: {}"],
  ["media-type", openapi, "text/csv: {}", '¶"text/csv; charset=latin1": {}'],
  ["media-type-duplicate", openapi, "text/csv: {}", 'text/csv: {}, ¶"Text/CSV; charset=UTF-8": {}'],
  ["schema", openapi, "required: [nop, pajak]", "required: ¶nop"],
];

const whole: readonly (readonly [ManifestFaultCode, string, Parameters<typeof loadTree>[0]])[] = [
  ["file-unknown", "services/catatan.txt:1:1", { "catatan.txt": "x" }],
  ["file-unknown", "services/dinsos/bansos/.env:1:1", { "dinsos/bansos/.env": "SECRET=1" }],
  ["file-unknown", "services/bapenda/pajak/pbb/versi1:1:1", { "bapenda/pajak/pbb/versi1/service.yaml": "title: x" }],
  ["file-unknown", "services/dinsos/bansos/keys/private.pem:1:1", { "dinsos/bansos/keys/private.pem": "x" }],
  ["file-unknown", "services/bapenda/pajak/pbb/v1/skema.yaml:1:1", { "bapenda/pajak/pbb/v1/skema.yaml": "type: string" }],
  ["file-unknown", "services/bapenda/pajak/pbb/v1/skema/a.yaml:1:1", { "bapenda/pajak/pbb/v1/skema/a.yaml": "type: string" }],
  ["file-missing", "services/dinsos:1:1", { "dinsos/member.yaml": undefined }],
  ["file-missing", "services/bapenda/pajak/pbb/v1:1:1", { [openapi]: undefined }],
  ["file-too-large", `services/${serviceYaml}:1:1`, { [serviceYaml]: `title: ${"x".repeat(treeLimits.manifestBytes)}` }],
  ["file-irregular", "services/dinsos/bansos/keys/a.jwt:1:1", { "dinsos/bansos/keys/a.jwt": { link: "/etc/hostname" } }],
  ["file-irregular", "services/dinsos/bansos/keys/a.jwt:1:1", { "dinsos/bansos/keys/a.jwt": { link: "nowhere" } }],
  ["file-irregular", "services/lingkar:1:1", { lingkar: { link: "." } }],
  ["file-encoding", `services/${serviceYaml}:1:1`, { [serviceYaml]: Buffer.from([0x74, 0xff, 0x0a]) }],
  ["file-encoding", `services/${serviceYaml}:1:1`, { [serviceYaml]: "\ufefftitle: x" }],
  ["yaml-too-deep", `services/${serviceYaml}:1:1`, { [serviceYaml]: `title: ${"[".repeat(100)}${"]".repeat(100)}` }],
  [
    "example-unknown",
    "services/bapenda/pajak/pbb/v1/examples/findObjects.request.json:1:1",
    { "bapenda/pajak/pbb/v1/examples/findObjects.request.json": "{}" },
  ],
  ["example-unknown", "services/bapenda/pajak/pbb/v1/examples/contoh.json:1:1", { "bapenda/pajak/pbb/v1/examples/contoh.json": "{}" }],
  [
    "json-invalid",
    "services/bapenda/pajak/pbb/v1/examples/createObject.request.json:1:1",
    { "bapenda/pajak/pbb/v1/examples/createObject.request.json": '{"nop":1,"nop":2}' },
  ],
  [
    "example-invalid",
    "services/bapenda/pajak/pbb/v1/examples/createObject.satu.201.json:3:12",
    { "bapenda/pajak/pbb/v1/examples/createObject.satu.201.json": '{\n  "nop": "160301000100100010",\n  "pajak": "1.250,00"\n}\n' },
  ],
];

const faultsOf = async (changes: Parameters<typeof loadTree>[0]): Promise<readonly string[]> =>
  (await loadTree(changes)).faults.map(faultLine);

describe("the manifest loader", () => {
  it("keeps the fields of a grant, and how each operation's answers are judged", async () => {
    const { desired, faults } = await loadTree({
      [subsystemYaml]: `${baseText(subsystemYaml)}    fields: [/pajak, /*/nop, /catatan/*]\n`,
      [serviceYaml]: `${baseText(serviceYaml)}validation: { operations: { findObjects: { responses: report } } }\n`,
    });
    expect(faults).toEqual([]);
    expect(desired!.entries.find((entry) => entry.kind === "grant")!.content.fields).toEqual(["/*/nop", "/catatan/*", "/pajak"]);
    expect(desired!.entries.find((entry) => entry.kind === "service")!.content).toMatchObject({
      validateResponses: "enforce",
      validateOperations: { findObjects: "report" },
    });
  });

  it("turns a sound tree into entries and documents", async () => {
    const { desired, faults } = await loadTree({
      "bapenda/pajak/pbb/v1/examples/createObject.request.json": '{"nop":"160301000100100010","pajak":125000}',
      "bapenda/pajak/pbb/v1/examples/findObjects.response.json": "[]",
      "README.md": "for people",
    });
    expect(faults).toEqual([]);
    expect(desired!.entries.filter((entry) => entry.kind !== "policy").map((entry) => `${entry.kind} ${entry.id}`)).toEqual([
      "instance ID-16.03",
      "member ID-16.03/GOV/bapenda",
      "member ID-16.03/GOV/dinsos",
      `subsystem ${taxProvider}`,
      `subsystem ${consumer}`,
      `service ${taxService}`,
      `grant ${consumer}#cek-objek`,
    ]);
    const grant = desired!.entries.find((entry) => entry.kind === "grant")!;
    // Local days of Asia/Jakarta (+07:00), the last one whole.
    expect(grant.content).toMatchObject({
      from: "2025-12-31T17:00:00.000Z",
      until: "2027-12-31T17:00:00.000Z",
      operations: ["createObject", "findObjects"],
    });
    const found = desired!.entries.find((entry) => entry.kind === "service")!;
    expect(found.content).toMatchObject({
      upstream: "http://127.0.0.1:4101",
      validateResponses: "enforce",
      limits: { maxConnections: 64, responseTimeoutMs: 5000 },
    });
    expect(JSON.parse(desired!.documents.get(found.content.contract)!.toString())).toMatchObject({ openapi: "3.1.0" });
  });

  it.each(edits)("says %s where it stands in %s (case %#)", async (code, path, from, to) => {
    if (!to.includes("¶")) {
      expect((await loadTree({ [path]: baseText(path).replace(from, () => to) })).faults.map((fault) => fault.code)).toEqual([code]);
      return;
    }
    const { changes, place } = edit(path, from, to);
    expect(await faultsOf(changes)).toContain(`${place} ${code}`);
  });

  it.each(whole)("says %s at %s", async (code, place, changes) => {
    expect(await faultsOf(changes)).toContain(`${place} ${code}`);
  });

  it("names all faults at once, in the order of files and lines, and does not blame a reference to what is broken itself", async () => {
    const changes = {
      ...edit(serviceYaml, "classification: terbatas", "classification: ¶biasa").changes,
      ...edit("instance.yaml", "timeZone: Asia/Jakarta", "timeZone: ¶WIB+7").changes,
      ...edit("bapenda/member.yaml", "class: GOV", "class: ¶PD").changes,
      "dinsos/bansos/x.txt": "x",
    };
    expect(await faultsOf(changes)).toEqual([
      "services/bapenda/member.yaml:1:8 schema",
      "services/bapenda/pajak/pbb/v1/service.yaml:3:17 schema",
      "services/dinsos/bansos/x.txt:1:1 file-unknown",
      "services/instance.yaml:4:11 time-zone-unknown",
    ]);
  });

  it("keeps that a service has no personal data, unless its contract has what identifies persons", async () => {
    const { changes, place } = edit(serviceYaml, "classification: terbatas", "classification: terbatas\npersonalData: ¶false");
    const { desired, faults } = await loadTree(changes);
    expect(faults).toEqual([]);
    const services = desired!.entries.flatMap((entry) => (entry.kind === "service" ? [entry] : []));
    expect(services.filter(({ content }) => content.personalData === false)).toHaveLength(1);
    const nik = edit(openapi, "Kolom: { type: string, enum: [nop, pajak] }", "Kolom: { type: string, format: ¶nik }").changes;
    expect(await faultsOf({ ...changes, ...nik })).toContain(`${place} personal-data-denied`);
  });

  it("brings files beside the contract into it, and none that a link leads to", async () => {
    const changes = {
      [openapi]: baseText(openapi).replace('items: { $ref: "#/components/schemas/Kolom" }', "items: { $ref: skema/kolom.yaml }"),
      "bapenda/pajak/pbb/v1/skema/kolom.yaml": "type: string\nenum: [nop, pajak]\n",
    };
    const { desired, faults } = await loadTree(changes);
    expect(faults).toEqual([]);
    const contract = desired!.entries.find((entry) => entry.kind === "service")!.content.contract;
    expect(JSON.parse(desired!.documents.get(contract)!.toString())).toMatchObject({
      components: { schemas: { kolom: { type: "string", enum: ["nop", "pajak"] } } },
    });
    const linked = await loadTree({ ...changes, "bapenda/pajak/pbb/v1/skema/kolom.yaml": { link: "/etc/hostname" } });
    expect(linked.faults.map(({ code }) => code)).toEqual(["reference-file", "file-irregular"]);
  });

  it("leaves out the members whose folders have faults, and keeps the others with their grants on a service of those", async () => {
    const { desired, faults } = await loadTree({
      [openapi]: baseText(openapi).replace("openapi: 3.1.0", "openapi: 4.0.0"),
      "bapenda/README.txt": "x",
    });
    expect(faults.map(({ file }) => file)).toEqual(["services/bapenda/README.txt", `services/${openapi}`]);
    expect([...desired!.held!]).toEqual(["bapenda"]);
    expect(desired!.entries.filter(({ kind }) => kind !== "policy").map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      "instance ID-16.03",
      "member ID-16.03/GOV/dinsos",
      `subsystem ${consumer}`,
      `grant ${consumer}#cek-objek`,
    ]);
  });

  it("relies on nothing where a fault lies outside the members' folders: a folder by another name may be a member's", async () => {
    for (const changes of [
      { "catatan.txt": "x" },
      { "dinas-sosial/member.yaml": baseText("dinsos/member.yaml") },
      { "instance.yaml": "instance: 1\n" },
    ])
      expect((await loadTree(changes)).desired).toBeUndefined();
  });

  it("names an upstream outside the permitted networks; what a host name leads to is judged when it is called", async () => {
    const outside = async (upstream: string): Promise<readonly string[]> => {
      const tree = writeTree({ "bapenda/pajak/subsystem.yaml": `name: Sistem Pajak Daerah\nupstream: ${upstream}\n` });
      try {
        const networks = { upstreamNetworks: ["10.1.0.0/16", "fd00::/8"] };
        return (await loadManifests({ services: tree.services, policies: policiesFolder, ...networks })).faults.map(faultLine);
      } finally {
        tree.remove();
      }
    };
    expect(await outside("http://10.2.0.1:8080")).toEqual(["services/bapenda/pajak/subsystem.yaml:2:11 upstream-outside"]);
    expect(await outside("http://[fe80::1]:8080")).toEqual(["services/bapenda/pajak/subsystem.yaml:2:11 upstream-outside"]);
    for (const upstream of ["http://10.1.0.1:8080", "http://[fd00::1]:8080", "http://pajak.example.go.id"])
      expect(await outside(upstream)).toEqual([]);
  });

  it("speaks Indonesian with English beside it", async () => {
    const { faults } = await loadTree({ "dinsos/member.yaml": undefined });
    expect(faults[0]?.detail).toEqual({ id: "member.yaml wajib ada", en: "member.yaml is required" });
  });

  it("follows links that stay inside of the tree", async () => {
    expect((await loadTree({ "dinsos/member.yaml": { link: "../bapenda/member.yaml" } })).faults).toEqual([]);
  });

  it("refuses policies without a schema or with an unknown class", async () => {
    const { loadPolicies } = await import("../../../src/registry/manifest/load-policies.ts");
    const folder = mkdtempSync(join(tmpdir(), "simpul-policies-"));
    try {
      writeFileSync(join(folder, "classification.yaml"), "terbuka: { receipt: full }\n");
      const { check, faults } = loadPolicies(folder);
      expect(check).toBeUndefined();
      expect(faults.map((fault) => fault.detail.en)).toContain("schema/service.json is required");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
