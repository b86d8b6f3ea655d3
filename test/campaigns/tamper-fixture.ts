import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sent } from "../../src/agent/consumer.ts";
import type { KnownHead } from "../../src/audit/heads.ts";
import type { HeldReceipt } from "../../src/audit/receipts.ts";
import { readConfig } from "../../src/config/config.ts";
import { openGateway, type OpenGateway } from "../../src/gateway/open.ts";
import { openInstance, type Instance } from "../../src/gateway/identity.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { createLog } from "../../src/telemetry/logs.ts";
import { record, service, stranger, gatewayFixture } from "../support/gateway-fixture.ts";
import { copyTo } from "./tamper-tools.ts";

/** A log with a history, and what people outside the gateway have of it. */
export interface TamperFixture {
  readonly instance: Instance;
  /** The data directory, as its gateway left it when it stopped. */
  readonly data: string;
  /** The same at an earlier moment: a backup. */
  readonly yesterday: string;
  /** How large the log was then. */
  readonly backup: number;
  readonly size: number;
  /** Checkpoints that an auditor kept, oldest first; after the last one exchanges went on. */
  readonly heads: readonly Sized<KnownHead>[];
  /** Receipts that consumers kept, by leaf. */
  readonly receipts: ReadonlyMap<number, Sized<HeldReceipt>>;
  /** A fresh copy of `from`, the data directory unless said. */
  copy(from?: string): string;
  drop(copy: string): void;
  /** Starts a gateway on a copy; it listens nowhere. */
  start(copy: string): Promise<OpenGateway>;
  close(): Promise<void>;
}

/** With the size of the log that it is of. */
export type Sized<Known> = Known & { readonly size: number };

/** Sizes at which the auditor looks, and the one at which the backup is made; the log goes on to `size`. */
export interface LogPlan {
  readonly looks: readonly number[];
  readonly backup: number;
  readonly size: number;
}

/** Reads, writes with their intents, and refusals; every answer's receipt is kept. */
export async function makeTamperFixture({ looks, backup, size }: LogPlan): Promise<TamperFixture> {
  const folder = mkdtempSync(join(tmpdir(), "simpul-tamper-"));
  const w = await gatewayFixture();
  const heads: Sized<KnownHead>[] = [];
  const receipts = new Map<number, Sized<HeldReceipt>>();
  const newest = (): string => w.open.gateway.ledger.checkpoint();
  const reached = (): number => parseCheckpoint(newest())!.size;
  const keep = (sent: Sent): void => {
    const receipt = parseReceipt(sent.fields["spl-receipt"]!)!;
    receipts.set(receipt.index, {
      receipt,
      facts: { statement: sent.claims, requestContent: sent.content, responseContent: sent.answer },
      file: `receipt-${receipt.index}.json`,
      size: parseCheckpoint(receipt.checkpoint)!.size,
    });
  };
  const exchange = (i: number): Promise<Sent> => {
    if (i % 4 === 1) return w.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" });
    return i % 11 === 3 ? w.call({ iss: stranger }) : w.call();
  };
  /** Many at once, but one after the other towards the end, so that the size is met: a write has two leaves. */
  const goOn = async (until: number): Promise<void> => {
    for (let left = until - reached(); left > 0; left = until - reached()) {
      const sent = left === 1 ? [w.call()] : Array.from({ length: Math.min(16, Math.floor(left / 2)) }, (_, i) => exchange(left + i));
      (await Promise.all(sent)).forEach(keep);
    }
  };

  const yesterday = join(folder, "yesterday");
  for (const stop of [...looks, backup, size].sort((a, b) => a - b)) {
    await goOn(stop);
    if (looks.includes(stop)) heads.push({ note: newest(), file: `checkpoint-${stop}`, size: stop });
    if (stop === backup) copyTo(w.config.data, yesterday);
  }
  await w.open.close();
  let copies = 0;
  return {
    instance: w.instance,
    data: w.config.data,
    yesterday,
    backup,
    size,
    heads,
    receipts,
    copy(from = w.config.data) {
      const to = join(folder, `copy-${copies++}`);
      copyTo(from, to);
      return to;
    },
    drop: (copy) => rmSync(copy, { recursive: true }),
    start(copy) {
      const flags = { data: copy, "public-port": String(w.config.publicPort), "control-port": "0", "log-level": "silent" };
      const { config } = readConfig({ flags, env: {}, cwd: copy });
      return openGateway({ config, instance: openInstance(config), clock: Date.now, log: createLog({ level: "silent", to: 2 }).log });
    },
    async close() {
      await w.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
