import { connect, type Socket } from "node:net";
import { storesAt } from "../../src/store/open.ts";
import { auditLog, type AuditReport } from "../../src/audit/recompute.ts";
import type { ExchangeLeaf, Leaf } from "../../src/ledger/leaf.ts";
import { claimsFor, signStatement, type SigningKey } from "../../src/trust/sign.ts";
import { consumer, purpose, record, service, type GatewayFixture } from "./gateway-fixture.ts";

/** A final answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** By lower-cased name; repeated fields joined with a comma. */
  readonly fields: Readonly<Record<string, string>>;
  readonly content: Buffer;
  /** Whether `100 Continue` came before it. */
  readonly continued: boolean;
}

/** A connection on which the test is the client, byte for byte. */
export interface Wire {
  readonly socket: Socket;
  write(bytes: string | Buffer): void;
  /** Resolves when the gateway says `100 Continue`; never otherwise. */
  continued(): Promise<void>;
  /** The next final answer; rejects if the connection ends without one. */
  answer(): Promise<WireAnswer>;
  /** Resolves when the gateway has closed its side. */
  readonly ended: Promise<void>;
}

interface Dialling {
  /** The answers are to HEAD. */
  readonly bodiless?: boolean;
  readonly localPort?: number;
  /** The client may go on sending after the gateway has ended its side. */
  readonly allowHalfOpen?: boolean;
}

export function dial(w: Pick<GatewayFixture, "publicOrigin">, { bodiless = false, localPort, allowHalfOpen = false }: Dialling = {}): Wire {
  const { hostname, port } = new URL(w.publicOrigin);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen, ...(localPort === undefined ? {} : { localPort }) });
  const waiting: { resolve(answer: WireAnswer): void; reject(error: Error): void }[] = [];
  const arrived: WireAnswer[] = [];
  const go = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let bytes: Buffer = Buffer.alloc(0);
  let continued = false;
  let over = false;
  socket.on("data", (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let parsed = parse(bytes, bodiless); parsed !== undefined; parsed = parse(bytes, bodiless)) {
      bytes = bytes.subarray(parsed.bytes);
      if (parsed.status === 100) {
        continued = true;
        go.resolve();
        continue;
      }
      const answer = { status: parsed.status, fields: parsed.fields, content: parsed.content, continued };
      continued = false;
      const first = waiting.shift();
      if (first === undefined) arrived.push(answer);
      else first.resolve(answer);
    }
  });
  const end = (): void => {
    over = true;
    for (const { reject } of waiting.splice(0))
      reject(new Error(`the connection ended without an answer after ${JSON.stringify(bytes.toString("latin1").slice(0, 200))}`));
    ended.resolve();
  };
  socket.on("end", end);
  socket.on("close", end);
  socket.on("error", () => undefined);
  return {
    socket,
    write: (sent) => void socket.write(typeof sent === "string" ? Buffer.from(sent, "latin1") : sent),
    continued: () => go.promise,
    answer: () =>
      new Promise((resolve, reject) => {
        const next = arrived.shift();
        if (next !== undefined) resolve(next);
        else if (over) reject(new Error("the connection ended without an answer"));
        else waiting.push({ resolve, reject });
      }),
    ended: ended.promise,
  };
}

function parse(bytes: Buffer, bodiless: boolean): (Omit<WireAnswer, "continued"> & { readonly bytes: number }) | undefined {
  const blank = bytes.indexOf("\r\n\r\n");
  if (blank < 0) return undefined;
  const [statusLine = "", ...lines] = bytes.toString("latin1", 0, blank).split("\r\n");
  const fields: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    fields[name] = name in fields ? `${fields[name]!}, ${value}` : value;
  }
  const length = bodiless ? 0 : Number(fields["content-length"] ?? 0);
  const begin = blank + 4;
  if (bytes.length < begin + length) return undefined;
  return {
    status: Number(statusLine.split(" ")[1]),
    fields,
    content: Buffer.from(bytes.subarray(begin, begin + length)),
    bytes: begin + length,
  };
}

/** One request as the gateway wants it, and what is to be different. */
export interface RequestChange {
  readonly method?: string;
  /** Path below the service's version, with the query. */
  readonly below?: string;
  /** The whole request-target, in place of `below`. */
  readonly target?: string;
  readonly content?: Buffer | undefined;
  readonly contentType?: string | undefined;
  readonly key?: SigningKey;
  /** Claims over the right ones; `undefined` takes one away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Further lines of the head. */
  readonly lines?: readonly string[];
  /** Lines in place of the right ones, by name; `undefined` leaves one out. */
  readonly instead?: Readonly<Record<string, string | undefined>>;
}

export interface Signed {
  readonly head: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly statement: string;
}

/** Content that is announced but belongs to a request without any is what `instead` is for. */
export function sign(w: GatewayFixture, signing: RequestChange = {}): Signed {
  const {
    method = "GET",
    below = "/catatan/1",
    target = `/r1/${service}${below}`,
    content,
    contentType = content === undefined ? undefined : "application/json",
    lines = [],
  } = signing;
  const key = signing.key ?? w.keys[consumer]!;
  const right = claimsFor({
    iss: consumer,
    aud: w.publicOrigin,
    method,
    target,
    purpose,
    nowSeconds: Math.floor(w.open.gateway.clock() / 1000),
    ...(content === undefined ? {} : { content }),
    ...(contentType === undefined ? {} : { contentType }),
  });
  const claims = Object.fromEntries(Object.entries({ ...right, ...signing.claims }).filter(([, value]) => value !== undefined));
  const statement = signStatement(claims, key);
  const fields: Record<string, string | undefined> = {
    Host: new URL(w.publicOrigin).host,
    "Content-Digest": claims["digest"] as string,
    "Spl-Signature": statement,
    "Content-Type": contentType,
    "Content-Length": content === undefined ? undefined : String(content.length),
    ...signing.instead,
  };
  const written = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return { head: [`${method} ${target} HTTP/1.1`, ...written, ...lines, "", ""].join("\r\n"), claims, statement };
}

/** A POST that creates the record, as the contract has it. */
export const posting: RequestChange = { method: "POST", below: "/catatan", content: record };

/** Sends bytes on a connection of their own; gives back the first answer. */
export async function shoot(
  w: Pick<GatewayFixture, "publicOrigin">,
  bytes: string | Buffer,
  { bodiless = false } = {},
): Promise<WireAnswer> {
  const wire = dial(w, { bodiless });
  wire.write(bytes);
  try {
    return await wire.answer();
  } finally {
    wire.socket.destroy();
  }
}

/** The ledger's leaves, from the first leaf on. */
export async function ledgerLeaves(w: GatewayFixture): Promise<readonly Leaf[]> {
  return (await Array.fromAsync(w.open.gateway.ledger.leavesSince(0))).flat().map((bytes) => JSON.parse(bytes.toString("utf8")) as Leaf);
}

/** The leaf of an exchange, once it is there. */
export async function leafOf(w: GatewayFixture, exchange: string): Promise<ExchangeLeaf | undefined> {
  const stored = await w.open.gateway.ledger.findExchange(exchange);
  return stored === undefined ? undefined : (JSON.parse(stored.leaf.toString("utf8")) as ExchangeLeaf);
}

/** Recomputes the log from its file, as `simpul audit` does. */
export async function audit(w: GatewayFixture): Promise<AuditReport> {
  const log = storesAt(w.config.ledger).readLog();
  try {
    return await auditLog(log, { vkey: w.instance.vkey });
  } finally {
    await log.close();
  }
}

/** A metric as the control port shows it, summed over the series whose labels hold `label`. */
export async function figure(w: GatewayFixture, name: string, label = ""): Promise<number> {
  const text = await (await fetch(`${w.controlOrigin}/metrics`)).text();
  const rows = text.split("\n").filter((row) => /^\w+/.exec(row)?.[0] === name && row.includes(label));
  return rows.reduce((sum, row) => sum + Number(row.slice(row.lastIndexOf(" "))), 0);
}

/** How often an outcome was metered: of `code`, or of all. */
export const metered = (w: GatewayFixture, code?: string): Promise<number> =>
  figure(w, "simpul_outcomes_total", code === undefined ? "" : `{code="${code}"}`);
