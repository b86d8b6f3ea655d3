import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CompactSign, exportJWK } from "jose";
import { loadManifests, type Loaded } from "../../src/registry/manifest/load.ts";
import { policiesFolder } from "../../src/base/project.ts";
import { consumer } from "./parties.ts";

export const instance = "ID-16.03";
export const taxProvider = "ID-16.03/GOV/bapenda/pajak";
export const taxService = "ID-16.03/GOV/bapenda/pajak/pbb/v1";

export const openapi = "bapenda/pajak/pbb/v1/openapi.yaml";
export const serviceYaml = "bapenda/pajak/pbb/v1/service.yaml";
export const subsystemYaml = "dinsos/bansos/subsystem.yaml";

/** Two members, one service, one grant. Paths from `services/`. */
const base: Readonly<Record<string, string>> = {
  "instance.yaml": "instance: ID-16.03\nname: Kabupaten Demo\nprofile: muara-enim-52-2022\ntimeZone: Asia/Jakarta\n",
  "bapenda/member.yaml":
    "class: GOV\nname: Badan Pendapatan Daerah\ncontact: { name: Meja Layanan, email: tik@bapenda.demo.go.id }\ntest: true\n",
  "bapenda/pajak/subsystem.yaml": "name: Sistem Pajak Daerah\nupstream: http://127.0.0.1:4101\n",
  [serviceYaml]: "title: Pajak Bumi dan Bangunan\ndescription: Objek dan tagihan\nclassification: terbatas\n",
  "dinsos/member.yaml": "class: GOV\nname: Dinas Sosial\ncontact: { name: Meja Layanan, email: tik@dinsos.demo.go.id }\ntest: true\n",
  [subsystemYaml]: `name: Bantuan Sosial
grants:
  - id: cek-objek
    service: ID-16.03/GOV/bapenda/pajak/pbb/v1
    operations: [findObjects, createObject]
    purpose: verifikasi-penerima
    legalBasis: Perbup Demo 12/2025 Pasal 4
    from: 2026-01-01
    until: 2027-12-31
    rate: { perSecond: 50, burst: 100 }
    dailyQuota: 1000
`,
  [openapi]: `openapi: 3.1.0
info: { title: PBB, version: 1.0.0 }
paths:
  /objek:
    get:
      operationId: findObjects
      parameters:
        - { name: kelas, in: query, required: true, schema: { type: integer, minimum: 1, maximum: 50 } }
        - { name: wilayah, in: query, schema: { type: array, maxItems: 3, items: { type: string, format: kode-wilayah } } }
        - { name: urut, in: query, explode: false, schema: { type: array, items: { $ref: "#/components/schemas/Kolom" } } }
        - { name: aktif, in: query, schema: { type: boolean } }
        - { name: nama, in: query, schema: { type: string, maxLength: 20 } }
        - { name: X-Unit, in: header, schema: { type: string, pattern: "^[A-Z]{3}$" } }
      responses:
        "200":
          description: Daftar
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Objek" } }
    post:
      operationId: createObject
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Objek" }
            example: { nop: "160301000100100010", pajak: 125000 }
      responses:
        "201":
          description: Dibuat
          content: { application/json: { schema: { $ref: "#/components/schemas/Objek" } } }
        "204": { description: Diterima tanpa isi }
        4XX: { $ref: "#/components/responses/Masalah" }
  /objek/terbaru:
    get:
      operationId: latestObject
      responses:
        "200": { description: Satu, content: { text/csv: {} } }
        default: { $ref: "#/components/responses/Masalah" }
  /objek/{nop}:
    parameters:
      - { name: nop, in: path, required: true, schema: { type: string, format: nop } }
    get:
      operationId: getObject
      responses:
        "200": { description: Satu, content: { application/json: { schema: { $ref: "#/components/schemas/Objek" } } } }
components:
  responses:
    Masalah:
      description: Masalah
      content:
        application/problem+json:
          schema: { type: object, required: [title], properties: { title: { type: string } } }
  schemas:
    Kolom: { type: string, enum: [nop, pajak] }
    Objek:
      type: object
      additionalProperties: false
      required: [nop, pajak]
      properties:
        nop: { type: string, format: nop }
        pajak: { type: integer, format: rupiah, minimum: 0 }
        pemilik: { type: [string, "null"], maxLength: 100 }
        catatan: { type: object, additionalProperties: { type: string } }
`,
};

/** The text of a file of the base tree. */
export const baseText = (path: string): string => base[path]!;

/** Writes the base tree with changes: a text replaces or adds a file, `undefined` leaves it out, `{ link }` is a symbolic link. */
export function writeTree(changes: Readonly<Record<string, string | Buffer | { link: string } | undefined>> = {}): {
  services: string;
  remove: () => void;
} {
  const services = mkdtempSync(join(tmpdir(), "simpul-services-"));
  for (const [path, content] of Object.entries({ ...base, ...changes })) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(services, path)), { recursive: true });
    if (typeof content === "object" && "link" in content) symlinkSync(content.link, join(services, path));
    else writeFileSync(join(services, path), content);
  }
  return { services, remove: () => rmSync(services, { recursive: true }) };
}

/** Loads the base tree with changes. */
export async function loadTree(changes: Parameters<typeof writeTree>[0] = {}): Promise<Loaded> {
  const tree = writeTree(changes);
  try {
    return await loadManifests({ services: tree.services, policies: policiesFolder });
  } finally {
    tree.remove();
  }
}

export interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export const newKeys = {
  ES256: (): Pair => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  ES384: (): Pair => generateKeyPairSync("ec", { namedCurve: "P-384" }),
  Ed25519: (): Pair => generateKeyPairSync("ed25519"),
  RS256: (bits = 2048): Pair => generateKeyPairSync("rsa", { modulusLength: bits }),
};

/** A proof of possession as a holder would make it, with whatever an attacker would change. */
export async function keyProof(
  pair: Pair,
  change: { alg?: string; header?: object; claims?: object; signer?: KeyObject; jwk?: object } = {},
): Promise<string> {
  const jwk = { ...(await exportJWK(pair.publicKey)), ...change.jwk };
  const claims = { iss: consumer, aud: instance, iat: 1_767_225_600, ...change.claims };
  const header = { alg: change.alg ?? "ES256", typ: "spl-key+jwt", jwk, ...change.header };
  const proof = new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader(header);
  return `${await proof.sign(change.signer ?? pair.privateKey)}\n`;
}
