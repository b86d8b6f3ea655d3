import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { noBytes } from "../../base/bytes.ts";
import { Problem, problems } from "../../base/problem.ts";
import type { VerifiedRequest } from "../../trust/provider.ts";
import type { BehindGateway } from "./behind-gateway.ts";

const maxContentBytes = 256 * 1024;

/** One request as a provider receives it (protocol §2.4): the path begins after the service's version. */
export interface Call {
  /** The `{names}` of the route, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly field: (name: string) => string | undefined;
  /** The JSON content parsed; `undefined` without content. */
  readonly content: unknown;
}

export interface ProviderReply {
  readonly status: number;
  readonly content?: unknown;
  readonly fields?: Readonly<Record<string, string>>;
}

/** `"GET /permohonan/{id}"` → its handler. */
export type Routes = Readonly<Record<string, (call: Call) => ProviderReply>>;

/** A provider's own refusal (RFC 9457). Unlike a gateway's it has no `Spl-Problem`. */
export class ProviderRefusal extends Error {
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

export const notFound = (detail: string): ProviderRefusal => new ProviderRefusal(404, "Tidak ditemukan", detail);

/** Content that must be an object. The gateway validates it by the contract; this check is for calls that bypass the gateway. */
export function objectIn<T extends object>(content: unknown): Partial<T> {
  if (typeof content !== "object" || content === null)
    throw new ProviderRefusal(422, "Isi tidak dapat diproses", "Isi harus berupa objek JSON.");
  return content;
}

/** A member that must be text. */
export function textIn(content: unknown, member: string): string {
  const value = objectIn<Record<string, unknown>>(content)[member];
  if (typeof value !== "string") throw new ProviderRefusal(422, "Isi tidak dapat diproses", `Unsur "${member}" wajib ada dan berupa teks.`);
  return value;
}

/** A page of a list as every service of the demo gives it: `halaman` counts from 1. */
export function page<T>(
  all: readonly T[],
  query: URLSearchParams,
  defaultSize: number,
): { data: T[]; halaman: number; jumlah: number; total: number } {
  const halaman = Number(query.get("halaman") ?? 1);
  const jumlah = Number(query.get("jumlah") ?? defaultSize);
  return { data: all.slice((halaman - 1) * jumlah, halaman * jumlah), halaman, jumlah, total: all.length };
}

/** An HTTP server that answers JSON with these routes. HEAD is answered as GET without content. `behind` is called for each request. */
export function serve(routes: Routes, behind: () => BehindGateway | undefined): Server {
  const table = Object.entries(routes).map(([route, answer]) => {
    const [method = "", template = ""] = route.split(" ");
    return { method, segments: template.split("/"), answer };
  });

  function reply(request: IncomingMessage, content: Buffer): ProviderReply {
    const { pathname: path, query } = targetOf(request);
    const wanted = request.method === "HEAD" ? "GET" : request.method;
    for (const { method, segments, answer } of table) {
      const parameters = method === wanted ? match(segments, path.split("/")) : undefined;
      if (parameters === undefined) continue;
      return answer({
        path: parameters,
        query: new URLSearchParams(query),
        field: (name) => fieldOf(request, name),
        content: parse(content),
      });
    }
    throw notFound("Jalur ini tidak disediakan.");
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gateway = behind();
    let to: VerifiedRequest | undefined;
    let answer: Written;
    try {
      const content = await read(request);
      to = await gateway?.verify({ method: request.method!, target: request.url!, fields: request.rawHeaders, content });
      answer = write(reply(request, content), "application/json");
    } catch (fault) {
      answer = writeRefusal(fault);
    }
    const signature = to === undefined ? undefined : gateway?.sign(answer, to);
    send(response, answer, signature === undefined ? {} : { "Spl-Signature": signature });
  }

  const server = createServer((request, response) => void take(request, response));
  server.keepAliveTimeout = 60_000; // longer than any client of the demo pools a connection
  return server;
}

/** Path and query as sent, without the normalisation of a URL parser. */
function targetOf(request: IncomingMessage): { pathname: string; query: string } {
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  return mark < 0 ? { pathname: target, query: "" } : { pathname: target.slice(0, mark), query: target.slice(mark + 1) };
}

function match(template: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  if (template.length !== path.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, segment] of template.entries()) {
    const given = path[i]!;
    if (segment.startsWith("{") && given !== "") parameters[segment.slice(1, -1)] = decode(given);
    else if (segment !== given) return undefined;
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw notFound("Jalur ini tidak disediakan.");
  }
}

function fieldOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(", ") : value;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxContentBytes) throw new ProviderRefusal(413, "Isi terlalu besar", `Isi paling besar ${maxContentBytes} bita.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(content: Buffer): unknown {
  if (content.length === 0) return undefined;
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    throw new ProviderRefusal(400, "JSON tidak terbaca", "Isi permintaan bukan JSON yang sah.");
  }
}

/** An answer as bytes, ready to be signed. */
interface Written {
  readonly status: number;
  readonly contentType?: string;
  readonly content: Buffer;
  readonly fields?: Readonly<Record<string, string>>;
}

function write({ status, content, fields = {} }: ProviderReply, contentType: string): Written {
  return content === undefined
    ? { status, content: noBytes, fields }
    : { status, contentType, content: Buffer.from(JSON.stringify(content)), fields };
}

/** The answer (RFC 9457) to a refusal of the provider, to a refusal of its library, or to a fault. */
function writeRefusal(fault: unknown): Written {
  const { status, title, detail } =
    fault instanceof ProviderRefusal
      ? { status: fault.status, title: fault.title, detail: fault.message }
      : fault instanceof Problem
        ? { status: problems[fault.code].status, title: problems[fault.code].title.id, detail: fault.detail?.id }
        : { status: 500, title: "Kesalahan penyedia", detail: "Penyedia gagal memproses permintaan." };
  return write({ status, content: { title, status, detail } }, "application/problem+json");
}

function send(response: ServerResponse, { status, contentType, content, fields }: Written, signed: Readonly<Record<string, string>>): void {
  if (contentType === undefined) return void response.writeHead(status, { ...fields, ...signed }).end();
  response.writeHead(status, { ...fields, ...signed, "Content-Type": contentType, "Content-Length": content.length }).end(content);
}
