import { randomBytes } from "node:crypto";
import { dataDirectory } from "../../src/base/store-location.ts";
import { dayMs } from "../../src/base/time.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { showProgress } from "../../src/cli/audit/progress.ts";
import { readConfig } from "../../src/config/config.ts";
import { openInstance } from "../../src/gateway/identity.ts";
import { encodeLeaf, type ExchangeLeaf } from "../../src/ledger/leaf.ts";
import type { Ledger, LedgerEntry } from "../../src/ledger/ledger.ts";
import { loadOrCreateMasterKeys } from "../../src/ledger/sealed/master-key-file.ts";
import { storesAt } from "../../src/store/open.ts";
import { service } from "./manifests.ts";

/** Appended together: more share one commit than the exchanges of any gateway. */
const together = 4096;

/** Appends so many entries, and shows how far it is; gives the seconds that it took. */
export async function fillLog(ledger: Ledger, leaves: number, entry: () => LedgerEntry): Promise<number> {
  const began = performance.now();
  const bar = showProgress(process.stderr);
  for (let left = leaves; left > 0; left -= together) {
    await Promise.all(Array.from({ length: Math.min(left, together) }, () => ledger.append(entry())));
    bar.progress(leaves - Math.max(left - together, 0), leaves);
  }
  bar.end();
  return (performance.now() - began) / 1000;
}

/**
 * Fills the log of a stopped gateway's data with exchanges of yesterday, by the rules that are in force in it: each with the evidence of
 * an exchange whose provider signs with RSA. Gives the seconds that it took.
 */
export async function fillInstance(data: string, origin: string, consumer: string, leaves: number): Promise<number> {
  const { config } = readConfig({ flags: { data, "public-origin": origin }, env: {}, cwd: data });
  const instance = openInstance(config);
  const registry = storesAt(config.registry).openRegistry({ readOnly: true });
  const { roots: basis } = await registry.head();
  await registry.close();
  const ledger = await storesAt(dataDirectory(data)).openLedger({
    logKey: instance.logKey,
    origin: instance.origin,
    clock: Date.now,
    evidenceKeys: loadOrCreateMasterKeys(config.evidenceKey),
  });
  const jws = (bytes: number): string =>
    ["eyJhbGciOiJSUzI1NiJ9", randomBytes(bytes).toString("base64url"), randomBytes(256).toString("base64url")].join(".");
  const toSeal = { months: 24, keys: randomBytes(96), statement: jws(450), response: jws(420) };
  const kid = randomBytes(32).toString("base64url");
  const entry = (): LedgerEntry => {
    const at = Date.now() - dayMs;
    const id = uuidv7(at);
    const statement = randomBytes(32);
    const commit = statement.toString("base64url");
    const leaf: ExchangeLeaf = {
      v: 1,
      log: ledger.origin,
      type: "outcome",
      id,
      at: new Date(at).toISOString(),
      consumer,
      service,
      operation: "getRekaman",
      grant: "isi",
      purpose: "pengukuran",
      htm: "GET",
      request: { statement: commit, jti: "0123456789abcdefghijkl", kid, commit, bytes: 0 },
      response: { provider: { status: 200, commit, bytes: 1024, statement: commit }, delivered: { status: 200, commit, bytes: 1024 } },
      ms: 2,
      basis: { registry: basis.registry, policy: basis.policy },
    };
    return { leaf: encodeLeaf(leaf), type: "outcome", id, at, statement, toSeal };
  };
  try {
    return await fillLog(ledger, leaves, entry);
  } finally {
    await ledger.close();
  }
}
