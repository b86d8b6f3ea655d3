import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditLog } from "../../src/audit/recompute.ts";
import { readLeaf } from "../../src/ledger/read-leaf.ts";
import { encodeLogKey, generateLogKey, vkeyOf } from "../../src/ledger/log-key.ts";
import { openSqliteLedger } from "../../src/store/sqlite/open.ts";
import { readSqliteLog } from "../../src/store/sqlite/read-log.ts";
import { evidenceKeys, jws, origin, outcome } from "../support/ledger-samples.ts";

const logKey = generateLogKey();
let directory: string;
let keyFile: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "simpul-crash-"));
  keyFile = join(directory, "log.pem");
  writeFileSync(keyFile, encodeLogKey(logKey), { mode: 0o600 });
});
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(directory, { recursive: true });
});

/** Starts the appender, lets it acknowledge some entries, and gives what it said so far when asked. */
async function startAppender(thread: string, acknowledged: number): Promise<() => string> {
  child = spawn(process.execPath, [fileURLToPath(new URL("ledger-appender.ts", import.meta.url)), directory, thread, keyFile], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout!.setEncoding("utf8").on("data", (text: string) => (said += text));
  while (said.split("\n").length < acknowledged + 2) await once(child.stdout!, "data");
  return () => said;
}

describe.each(["worker", "main"] as const)("with the store in the %s thread", (thread) => {
  test(
    "kill -9 loses nothing that was acknowledged, neither leaf nor evidence, whichever " + "moment it strikes, and the log stays sound",
    async () => {
      let before = 0;
      for (const acknowledged of [1, 300, 77]) {
        const said = await startAppender(thread, acknowledged);
        child!.kill("SIGKILL");
        await once(child!, "close");
        expect(child!.signalCode).toBe("SIGKILL");
        const lines = said()
          .split("\n")
          .slice(1, -1)
          .map((line) => line.split(" "));

        const ledger = await openSqliteLedger({ directory, logKey, origin, clock: Date.now, thread, evidenceKeys });
        const { index: size } = await ledger.append(outcome());
        for (const [index, id] of lines) {
          const found = await ledger.findExchange(id!);
          expect(found?.index).toBe(Number(index));
          expect(readLeaf(found!.leaf)?.id).toBe(id);
          expect(await ledger.sealedRecord(found!.index)).toEqual({
            months: 60,
            keys: Buffer.alloc(64, id),
            statement: jws(parseInt(id!.slice(-8), 16)),
          });
        }
        const report = await auditLog({ checkpoint: async () => ledger.checkpoint(), tile: ledger.tile }, { vkey: vkeyOf(origin, logKey) });
        expect(report).toMatchObject({ findings: [], size: size + 1 });
        expect(size).toBeGreaterThanOrEqual(before + lines.length);
        before = size + 1;
        await ledger.close();
      }
    },
  );

  test(
    "a second process is told that the log is in use, an auditor reads it all the " + "same, and the lease ends with its holder",
    async () => {
      await startAppender(thread, 20);
      const open = () => openSqliteLedger({ directory, logKey, origin, clock: Date.now, thread });
      await expect(open()).rejects.toThrow(/sedang dipakai proses lain.* \/ .*in use by another process/);
      const log = readSqliteLog(directory);
      const report = await auditLog(log, { vkey: vkeyOf(origin, logKey) });
      await log.close();
      expect(report.findings).toEqual([]);
      expect(report.size).toBeGreaterThanOrEqual(20);
      child!.kill("SIGKILL");
      await once(child!, "close");
      await (await open()).close();
    },
  );
});
