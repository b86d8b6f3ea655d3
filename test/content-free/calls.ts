import { existsSync, readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { parse } from "yaml";
import type { Sending, Sent } from "../../src/agent/consumer.ts";
import { transmit } from "../../src/agent/consumer.ts";
import { sha256 } from "../../src/base/bytes.ts";
import type { ServiceId, SubsystemId } from "../../src/base/names.ts";
import { citizens } from "../../src/demo/providers/synthetic.ts";
import { emptyDigest, formatDigest } from "../../src/trust/content-digest.ts";
import { generateSigningKey } from "../../src/trust/key-proof.ts";
import { claimsFor, signStatement } from "../../src/trust/sign.ts";
import type { DemoKabupaten } from "./kabupaten.ts";

const services = join(import.meta.dirname, "../../services");
const json = "application/json";
const siak: ServiceId = "ID-16.03/GOV/disdukcapil/siak/penduduk/v1";
const bansos: SubsystemId = "ID-16.03/GOV/dinsos/bansos";
const rujukan: SubsystemId = "ID-16.03/GOV/dinkes/rujukan";
const bansosPurpose = "verifikasi-penerima-bansos";
const rujukanPurpose = "identitas-pasien-rujukan";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly example?: string | number;
}
interface Contract {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly operationId: string; readonly parameters?: readonly { readonly $ref: string }[] }>>>
  >;
  readonly components: { readonly parameters?: Readonly<Record<string, Parameter>> };
}
interface Subsystem {
  readonly grants?: readonly { readonly service: ServiceId; readonly operations: readonly string[]; readonly purpose: string }[];
}

const readYaml = <T>(...path: string[]): T => parse(readFileSync(join(services, ...path), "utf8")) as T;
const folderOf = (service: ServiceId): string => service.split("/").slice(2).join("/");

/** Every JSON document that the demo's services give as an example of their contents. */
export function examples(): unknown[] {
  const files = readdirSync(services, { recursive: true, encoding: "utf8" }).filter((file) => /\/examples\/[^/]+\.json$/.test(file));
  return files.map((file) => JSON.parse(readFileSync(join(services, file), "utf8")) as unknown);
}

/** The call that a contract's examples describe. */
function exampleCall(iss: SubsystemId, service: ServiceId, operationId: string, purpose: string): Omit<Sending, "aud" | "key"> {
  const { paths, components } = readYaml<Contract>(folderOf(service), "openapi.yaml");
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (operation.operationId !== operationId) continue;
      const parameters = (operation.parameters ?? []).map(({ $ref }) => components.parameters![$ref.split("/").at(-1)!]!);
      const target = parameters.reduce(
        (filled, one) => (one.in === "path" ? filled.replace(`{${one.name}}`, String(one.example)) : filled),
        `/r1/${service}${path}`,
      );
      const file = join(services, folderOf(service), "examples", `${operationId}.request.json`);
      const content = existsSync(file) ? { content: readFileSync(file), contentType: json } : {};
      return { iss, method: method.toUpperCase(), target, purpose, ...content };
    }
  }
  throw new Error(`${service} has no operation ${operationId}`);
}

/** Every operation that some grant of the demo covers, called with its example; then the services about persons, about many of them. */
export async function acceptedCalls({ call }: DemoKabupaten): Promise<void> {
  for (const member of readdirSync(services, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const subsystem of readdirSync(join(services, member.name), { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      const { grants = [] } = readYaml<Subsystem>(member.name, subsystem.name, "subsystem.yaml");
      for (const { service, operations, purpose } of grants) {
        for (const operation of operations)
          await call(exampleCall(`ID-16.03/GOV/${member.name}/${subsystem.name}`, service, operation, purpose));
      }
    }
  }
  const open = "ID-16.03/GOV/bappeda/satudata/indikator/v1";
  for (const operation of ["listIndikator", "getIndikator", "queryIndikator"])
    await call(exampleCall(bansos, open, operation, "data-terbuka"));

  const unsur = ["nomorKk", "nama", "jenisKelamin", "tempatLahir", "tanggalLahir", "statusPerkawinan", "alamat", "tanggalMeninggal"];
  for (const { nik, nama, tanggalLahir, kodeWilayah } of citizens.slice(20, 36)) {
    await call(matching({ nik, nama, tanggalLahir }));
    await call(looking({ nik, unsur }));
    await call(posting(rujukan, "ID-16.03/GOV/dinsos/bansos/penerima/v1", "pengecekan", "penjaminan-biaya-rujukan", { nik }));
    await call(
      posting("ID-16.03/GOV/diskominfo/portal", "ID-16.03/GOV/dpmptsp/perizinan/izin/v1", "permohonan", "pengajuan-izin-warga", {
        jenisIzin: "reklame",
        pemohon: { nik, nama },
        lokasi: { kodeWilayah, alamat: `Gang Percobaan Nomor ${nik.slice(-2)}` },
        uraian: `Papan nama “${nama}” & keluarga`,
        nilaiInvestasi: 5_000_000,
      }),
    );
    await call(
      posting("ID-16.03/GOV/rsud/simrs", "ID-16.03/GOV/dinkes/rujukan/rujukan/v1", "rujukan", "pelayanan-rujukan", {
        pasien: { nik, nama },
        faskesAsal: "F1603001",
        faskesTujuan: "F1603901",
        diagnosis: { kodeIcd10: "E11.9", uraian: `Diagnosis percobaan ${nik.slice(-4)}` },
        prioritas: "biasa",
        catatan: `Didampingi keluarga ${nama}.`,
      }),
    );
  }
}

const posting = (iss: SubsystemId, service: ServiceId, path: string, purpose: string, content: unknown): Omit<Sending, "aud" | "key"> => ({
  iss,
  method: "POST",
  target: `/r1/${service}/${path}`,
  purpose,
  content: Buffer.from(JSON.stringify(content)),
  contentType: json,
});
export const matching = (content: unknown): Omit<Sending, "aud" | "key"> => posting(bansos, siak, "pencocokan", bansosPurpose, content);
const looking = (content: unknown): Omit<Sending, "aud" | "key"> => posting(rujukan, siak, "penelusuran", rujukanPurpose, content);

/** The persons whose data stand in nothing but calls that fail. */
const [asked, mistyped, leaked, overheard, careless] = citizens.slice(60, 65) as [Person, Person, Person, Person, Person];
type Person = (typeof citizens)[number];

/** Calls that fail in every way that a consumer can bring about, all of them about somebody. Gives the answers. */
export async function failingCalls(kabupaten: DemoKabupaten): Promise<Sent[]> {
  const { call, keyOf, publicOrigin: aud, exchanged, clock } = kabupaten;
  const target = `/r1/${siak}/pencocokan`;
  const person = ({ nik, nama, tanggalLahir }: Person): object => ({ nik, nama, tanggalLahir });
  const signed = (content: Buffer, over: Partial<Sending> = {}) => {
    const claims = claimsFor({
      iss: bansos,
      aud,
      method: "POST",
      target,
      purpose: bansosPurpose,
      content,
      contentType: json,
      nowSeconds: Math.floor(clock() / 1000),
      ...over,
    });
    return { claims, statement: signStatement(claims, over.key ?? keyOf(bansos)), content };
  };
  const offer = async (
    { claims, statement, content }: ReturnType<typeof signed>,
    changed: Partial<Parameters<typeof transmit>[0]> = {},
  ): Promise<Sent> => {
    const sent = await transmit({ aud, method: "POST", target, statement, digest: claims.digest, content, contentType: json, ...changed });
    exchanged.push(sent);
    return sent;
  };

  const first = signed(Buffer.from(JSON.stringify(person(asked))));
  const wrongNik = `${mistyped.nik.slice(0, -1)}X`;
  return [
    // request-invalid: wrong values, and names that nobody declared
    await call(matching({ ...person(mistyped), nik: wrongNik })),
    await call(matching({ ...person(mistyped), nik: mistyped.nik.slice(0, 15) })),
    await call(
      matching({
        ...person(mistyped),
        [mistyped.nik]: mistyped.nama,
        [`Jalan ${mistyped.nama}`]: { [mistyped.nomorKk]: mistyped.tanggalLahir },
      }),
    ),
    await call(matching([person(mistyped)])),
    await call({ ...matching({}), content: Buffer.from(`{"nik":"${mistyped.nik}","nama":${mistyped.nama}`) }),
    await call(looking({ nik: mistyped.nik, unsur: [mistyped.nama, mistyped.nomorKk] })),
    await call({
      ...exampleCall("ID-16.03/GOV/diskominfo/portal", "ID-16.03/GOV/bapenda/pajak/pbb/v1", "getTarif", "informasi-tarif-pajak"),
      target: `/r1/ID-16.03/GOV/bapenda/pajak/pbb/v1/tarif/${careless.nik}?nik=${careless.nik}&nama=${encodeURIComponent(careless.nama)}`,
    }),
    await call({ ...matching(person(careless)), hdr: { Nama: careless.nama } }),
    // content-type-unsupported, operation-unknown, service-unknown, not-granted
    await call({ ...matching(person(asked)), contentType: "text/plain" }),
    await call({ ...matching(person(careless)), target: `${target}/${careless.nik}/${encodeURIComponent(careless.nama)}` }),
    await call({ ...matching(person(careless)), target: `/r1/ID-16.03/GOV/disdukcapil/siak/nik${careless.nik}/v1/pencocokan` }),
    await call({ ...looking({ nik: asked.nik, unsur: ["nama"] }), iss: bansos, purpose: bansosPurpose }),
    // digest-mismatch, signature-invalid, key-unknown, replayed, the same jti in another statement
    await offer(signed(Buffer.from(JSON.stringify(person(asked)))), { content: Buffer.from(JSON.stringify(person(overheard))) }),
    await offer(
      signed(Buffer.from(JSON.stringify(person(overheard))), { key: { ...generateSigningKey("RS256"), kid: keyOf(bansos).kid } }),
    ),
    await offer(signed(Buffer.from(JSON.stringify(person(overheard))), { iss: rujukan })),
    await offer(first),
    await offer(first),
    await offer(
      (({ claims, content }) => ({ claims, content, statement: signStatement({ ...claims, jti: first.claims.jti }, keyOf(bansos)) }))(
        signed(Buffer.from(JSON.stringify(person(overheard)))),
      ),
    ),
    // statement-invalid
    await offer(signed(Buffer.from(JSON.stringify(person(overheard)))), {
      statement: Buffer.from(JSON.stringify(person(overheard))).toString("base64url"),
    }),
  ];
}

/** Exchanges in which the provider is at fault, and says too much while it is. */
export async function provokedCalls({ call, answerNext }: DemoKabupaten): Promise<Sent[]> {
  const { nik, nama, nomorKk, tanggalLahir } = leaked;
  const about = looking({ nik, unsur: ["nama"] });
  const sent: Sent[] = [];
  const answered = async (status: number, fields: Record<string, string>, content: unknown): Promise<void> => {
    answerNext((request, response) => {
      request.resume();
      response.writeHead(status, fields).end(typeof content === "string" ? content : JSON.stringify(content));
    });
    sent.push(await call(about));
  };
  // response-invalid: wrong values, names that nobody declared, no JSON, an undeclared media type and status
  await answered(200, { "Content-Type": json }, { nik, nama, [nomorKk]: tanggalLahir, [`Catatan tentang ${nama}`]: nik });
  await answered(200, { "Content-Type": json }, { nik: `${nik}1`, alamat: { jalan: `Jalan ${nama}`, [nik]: nama } });
  await answered(200, { "Content-Type": json }, `{"nik":"${nik}","nama":${nama}}`);
  await answered(200, { "Content-Type": "text/html" }, `<p>${nama}, ${nik}</p>`);
  await answered(206, { "Content-Type": json, "Content-Range": `nik ${nik}` }, { nik, nama });
  await answered(200, { "Content-Type": json, "X-Nama": nama, "Spl-Problem": nik, Warning: `199 - "${nama}"` }, { nik, nama });
  // the provider's own problem document, which goes through as it is
  await answered(
    500,
    { "Content-Type": "application/problem+json" },
    { title: "Gagal", status: 500, detail: `SELECT * FROM warga WHERE nik = '${nik}'` },
  );
  // response-invalid and upstream-lost: no HTTP, half an answer, none
  for (const raw of [
    `NIK ${nik} ${nama}\r\n\r\n`,
    `HTTP/1.1 200 ${nama}\r\nContent-Type: ${json}\r\nContent-Length: 500\r\n\r\n{"nik":"${nik}"`,
    `HTTP/1.1 200 OK\r\nContent-Length: ${nik}x\r\n${nama}\r\n\r\n`,
    "",
  ]) {
    answerNext((request) => void request.socket.end(raw));
    sent.push(await call(about));
  }
  return sent;
}

/** Requests without a statement, and bytes that are no request by HTTP, about somebody. Gives what came back. */
export async function unsignedRequests({ publicOrigin }: DemoKabupaten): Promise<Buffer> {
  const { nik, nama } = overheard;
  const { host } = new URL(publicOrigin);
  const said = [
    `GET /r1/${siak}/pencocokan?nik=${nik} HTTP/1.1\r\nHost: ${host}\r\nContent-Digest: ${emptyDigest}\r\nX-Nama: ${nama}\r\n\r\n`,
    `POST /r1/${siak}/pencocokan?nik=${nik} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${json}\r\nContent-Length: ` +
      `16\r\nContent-Digest: ${formatDigest(sha256(nik))}\r\nX-Nama: ${nama}\r\n\r\n${nik}`,
    `${nama} ${nik}\r\n\r\n`,
    `GET /r1/${nik} HTTP/1.1\r\nHost: ${nama}\r\n\r\n`,
    `GET /r1/${siak}/pencocokan?nik=${nik} HTTP/1.1\r\nHost: ${host}\r\n${nik}: y\r\nContent-Length: ${nama}\r\n\r\n`,
  ];
  return Buffer.concat(await Promise.all(said.map((bytes) => exchangeRaw(Number(new URL(publicOrigin).port), bytes))));
}

function exchangeRaw(port: number, bytes: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(Buffer.concat(chunks)));
  });
}
