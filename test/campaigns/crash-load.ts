import { connect } from "node:net";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { transmit, type Sent } from "../../src/agent/consumer.ts";
import { claimsFor, signStatement } from "../../src/trust/sign.ts";
import type { Claims } from "../../src/trust/statement.ts";
import { consumer, provider, purpose, service, type Behaviour, type Environment } from "../support/gateway-fixture.ts";

/** A purpose of the same consumer whose grant allows few calls a day, so that the campaign uses it up. */
const scarcePurpose = "kuota-kecil";
export const scarceGrant = `${consumer}#uji-kuota-kecil`;

/** Something that a client sent, perhaps more than once, and every answer that it got. */
export interface Attempt {
  readonly kind: Kind;
  readonly claims: Claims;
  readonly statement: string;
  readonly target: string;
  readonly content: Buffer;
  readonly answers: Sent[];
}

type Kind = keyof typeof kinds;
const contentType = "application/json";
const record = (note: string): Buffer => Buffer.from(`{"nik":"1603010101909001","keterangan":"${note}"}`);

interface Shape {
  /** How often, beside the others. */
  readonly weight: number;
  readonly method?: string;
  readonly below?: string;
  /** Whether there is content. */
  readonly writes?: boolean;
  readonly purpose?: string;
  /** What is sent in place of what was signed. */
  readonly sends?: (content: Buffer) => Buffer;
  readonly content?: (note: string) => Buffer;
}

/** The mixed load: what is delivered, what is refused by each check that leaves a leaf, and what the provider does wrong. */
const kinds = {
  read: { weight: 20 },
  create: { weight: 20, method: "POST", below: "/catatan", writes: true },
  replace: { weight: 8, method: "PUT", writes: true },
  withdraw: { weight: 5, method: "DELETE" },
  scarce: { weight: 4, method: "POST", below: "/catatan", writes: true, purpose: scarcePurpose },
  "not granted": { weight: 3, purpose: "lain" },
  "another content": {
    weight: 3,
    method: "POST",
    below: "/catatan",
    writes: true,
    sends: (content) => Buffer.from(content.toString().replace("9001", "9002")),
  },
  "against the contract": { weight: 3, method: "POST", below: "/catatan", writes: true, content: () => Buffer.from('{"nik":"bukan"}') },
  "badly answered": { weight: 3, method: "POST", below: "/catatan", writes: true },
  "not answered": { weight: 3, method: "POST", below: "/catatan", writes: true },
} as const satisfies Readonly<Record<string, Shape>>;
const names = Object.keys(kinds) as Kind[];
const totalWeight = names.reduce((sum, kind) => sum + kinds[kind].weight, 0);

/** Adds the scarce grant to an instance's manifests; they have to be applied. */
export function grantScarcely({ services }: Pick<Environment, "services">, dailyQuota: number): void {
  const grant = {
    id: "uji-kuota-kecil",
    service,
    operations: ["createCatatan"],
    purpose: scarcePurpose,
    legalBasis: "Perbup Uji 1/2026",
    from: "2026-01-01",
    rate: { perSecond: 1000, burst: 2000 },
    dailyQuota,
  };
  appendFileSync(join(services, "dinsos/bansos/subsystem.yaml"), `  - ${JSON.stringify(grant)}\n`);
}

/** Changes something small in the manifests; they have to be applied. */
export function changeManifests({ services }: Pick<Environment, "services">, round: number): void {
  const file = join(services, "rsud/simrs/subsystem.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^name: .*/m, `name: SIMRS ${round}`));
}

/** Answers after its own time, sometimes against its contract, sometimes never. `taken` hears of each request first. */
export function flakyProvider(random: () => number, taken: (method: string) => void): Behaviour {
  return ({ method, content }, request, response) => {
    taken(method);
    const text = content.toString();
    const answer = (): void => {
      if (text.includes("not answered")) return void request.socket.destroy();
      if (text.includes("badly answered"))
        return void response.writeHead(201, { "Content-Type": contentType }).end('{"tidak":"dijanjikan"}');
      if (method === "DELETE") return void response.writeHead(204).end();
      response
        .writeHead(method === "POST" ? 201 : 200, { "Content-Type": contentType })
        .end(content.length > 0 ? content : record("dibaca"));
    };
    const late = random();
    if (late < 0.5) answer();
    else setTimeout(answer, late * 12).unref();
  };
}

/** A client that may go on for as long as a gateway answers. */
export interface Load {
  /** Keeps this many callers busy until `stop`, or until nobody answers. */
  run(callers: number, stop: AbortSignal): Promise<void>;
  /** Sends an attempt once more, word for word; `undefined` if nobody answered. */
  again(attempt: Attempt): Promise<Sent | undefined>;
  /** Resolves when there have been so many more answers, of any kind or with a receipt. */
  answered(count: number, which?: "with a receipt"): Promise<void>;
  /** All that was ever sent. */
  readonly attempts: Attempt[];
  /** Answers to requests for receipts. */
  readonly receipts: Sent[];
}

export function loadOn(environment: Environment, random: () => number): Load {
  const { publicOrigin, keys } = environment;
  const key = keys[consumer]!;
  const attempts: Attempt[] = [];
  const receipts: Sent[] = [];
  const nowSeconds = (): number => Math.floor(environment.clock() / 1000);
  let count = 0;
  const awaited = new Set<{ left: number; readonly which: "with a receipt" | undefined; readonly resolve: () => void }>();

  const pick = (): Kind => {
    let left = random() * totalWeight;
    return names.find((kind) => (left -= kinds[kind].weight) < 0) ?? "read";
  };
  const prepare = (kind: Kind): Attempt => {
    const shape: Shape = kinds[kind];
    const { method = "GET", below = "/catatan/1", writes = false } = shape;
    const target = `/r1/${service}${below}`;
    const signed = writes ? (shape.content ?? record)(`${kind} ${++count}`) : Buffer.alloc(0);
    const claims = claimsFor({
      iss: consumer,
      aud: publicOrigin,
      method,
      target,
      purpose: shape.purpose ?? purpose,
      nowSeconds: nowSeconds(),
      lifetimeSeconds: 300,
      ...(writes ? { content: signed, contentType } : {}),
    });
    const attempt: Attempt = {
      kind,
      claims,
      statement: signStatement(claims, key),
      target,
      content: shape.sends?.(signed) ?? signed,
      answers: [],
    };
    attempts.push(attempt);
    return attempt;
  };
  const send = async (attempt: Attempt): Promise<Sent | undefined> => {
    const { claims, statement, target, content } = attempt;
    const fields: Record<string, string> = random() < 0.8 ? { Prefer: "receipt=full" } : {};
    try {
      const sent = await transmit({
        aud: publicOrigin,
        method: claims.htm,
        target,
        statement,
        digest: claims.digest,
        content,
        contentType,
        fields,
      });
      attempt.answers.push(sent);
      for (const one of awaited) {
        if (one.which !== undefined && !("spl-receipt" in sent.fields)) continue;
        if (--one.left > 0) continue;
        awaited.delete(one);
        one.resolve();
      }
      return sent;
    } catch {
      return undefined;
    }
  };
  /** Begins to send and hangs up half way. */
  const hangUp = async (): Promise<void> => {
    const { claims, statement, target, content } = prepare("create");
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(publicOrigin).port) }).on("error", () => undefined);
    const lines = [
      `POST ${target} HTTP/1.1`,
      `Host: ${new URL(publicOrigin).host}`,
      `Content-Digest: ${claims.digest}`,
      `Content-Type: ${contentType}`,
      `Content-Length: ${content.length}`,
      `Spl-Signature: ${statement}`,
    ];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    socket.write(content.subarray(0, random() < 0.5 ? 5 : content.length));
    await pause(random() * 10);
    socket.destroy();
  };
  const askReceipt = async (): Promise<void> => {
    const known = attempts[Math.floor(random() * attempts.length)];
    const asker = random() < 0.5 ? consumer : provider;
    if (known === undefined) return;
    const exchange = known.answers[0]?.fields["spl-exchange"];
    if (exchange === undefined) return;
    // Readers' statements are no leaves, so those of the first seconds after a start are refused: this one comes from a clock that runs
    // ahead.
    const sent = await environment
      .call({ iss: asker, target: `/receipts/${exchange}`, nowMs: environment.clock() + 4900, ...withoutPurpose })
      .catch(() => undefined);
    if (sent !== undefined) receipts.push(sent);
  };

  const caller = async (stop: AbortSignal): Promise<void> => {
    while (!stop.aborted) {
      const what = random();
      if (what < 0.06 && attempts.length > 0)
        await send(attempts[attempts.length - 1 - Math.floor(random() * Math.min(50, attempts.length))]!);
      else if (what < 0.1) await hangUp();
      else if (what < 0.16) await askReceipt();
      else if ((await send(prepare(pick()))) === undefined) await pause(5);
    }
  };
  return {
    run: async (callers, stop) => void (await Promise.all(Array.from({ length: callers }, () => caller(stop)))),
    again: send,
    answered: (left, which) => new Promise((resolve) => void awaited.add({ left, which, resolve })),
    attempts,
    receipts,
  };
}

const withoutPurpose = { purpose: undefined } as object;
