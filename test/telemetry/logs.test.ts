import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { logEventsPage } from "../../src/telemetry/log-page.ts";
import { createLog } from "../../src/telemetry/logs.ts";
import type { LogOptions } from "../../src/telemetry/logs.ts";

const nik = "1603010101900001";
const refusal = {
  exchange: "0190c0de-0000-7000-8000-000000000000",
  consumer: "ID-16.03/GOV/dinsos/bansos",
  service: undefined,
  source: "10.16.3.4",
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "simpul-logs-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** What `write` leaves in the log, line by line. */
function written(level: LogOptions["level"], write: (log: ReturnType<typeof createLog>["log"]) => void): Record<string, unknown>[] {
  const file = join(folder, "log");
  const to = openSync(file, "a");
  const { log, flush } = createLog({ level, to });
  write(log);
  // The descriptor stays open: a log keeps it as long as its process lives.
  flush();
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("a refusal is one line of JSON with code, exchange, consumer and service", () => {
  const [line, ...others] = written("info", (log) =>
    log.refused({ ...refusal, code: "not-granted", service: "ID-16.03/GOV/disdukcapil/siak/penduduk/v1" }),
  );
  expect(others).toEqual([]);
  expect(line).toEqual({
    level: "info",
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    exchange: refusal.exchange,
    code: "not-granted",
    consumer: refusal.consumer,
    service: "ID-16.03/GOV/disdukcapil/siak/penduduk/v1",
    event: "refused",
  });
});

test("the caller's address is written for not-intra and for the replay alarm only", () => {
  const lines = written("info", (log) => {
    log.refused({ ...refusal, code: "signature-invalid" });
    log.refused({ ...refusal, code: "not-intra" });
    log.replayAlarm(refusal);
  });
  expect(lines.map(({ source }) => source)).toEqual([undefined, "10.16.3.4", "10.16.3.4"]);
});

test("the level of a refusal says whose doing it is", () => {
  const lines = written("info", (log) => {
    for (const code of ["replayed", "upstream-timeout", "internal"] as const) log.refused({ ...refusal, code });
  });
  expect(lines.map(({ level }) => level)).toEqual(["info", "warn", "error"]);
});

test("what was delivered is written at debug only", () => {
  const deliver = (log: ReturnType<typeof createLog>["log"]) => log.delivered({ ...refusal, ms: 4 });
  expect(written("info", deliver)).toEqual([]);
  expect(written("debug", deliver)).toMatchObject([{ level: "debug", event: "delivered", ms: 4 }]);
});

test("silent is silent", () => {
  expect(written("silent", (log) => log.refused({ ...refusal, code: "internal" }))).toEqual([]);
});

test("words that are none of the event's are left out, whatever object is passed", () => {
  const message = { ...refusal, code: "request-invalid" as const, target: `/penduduk/${nik}`, content: nik, statement: "eyJ…" };
  const [line] = written("info", (log) => log.refused(message));
  expect(JSON.stringify(line)).not.toContain(nik);
  expect(Object.keys(line!).sort()).toEqual(["code", "consumer", "event", "exchange", "level", "time"]);
});

test("an error is told by its name and frames, not by a message that may quote what was parsed", () => {
  let fault: unknown;
  try {
    JSON.parse(`{"nik":"${nik}",}`);
  } catch (error) {
    fault = new Error(`cannot use\n    at ${nik}`, { cause: error });
  }
  const [line] = written("info", (log) => log.failed({ exchange: refusal.exchange, error: fault }));
  expect(JSON.stringify(line)).not.toContain(nik);
  expect(line).toMatchObject({ level: "error", error: { name: "Error", cause: { name: "SyntaxError" } } });
  expect((line!["error"] as { frames: string[] }).frames[0]).toContain("logs.test.ts");
});

test("the operating system's and SQLite's own messages are kept: an operator needs them", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const [taken] = (await once(createServer().listen(port, "127.0.0.1"), "error").catch((error: unknown) => [error])) as [Error];
  server.close();
  const database = new DatabaseSync(":memory:");
  let missing: unknown;
  try {
    database.exec("SELECT 1 FROM leaves");
  } catch (error) {
    missing = error;
  }
  database.close();
  const lines = written("info", (log) => {
    log.ledgerFailed({ leaves: 1, error: taken });
    log.ledgerFailed({ leaves: 1, error: missing });
  });
  expect(lines).toMatchObject([
    { error: { code: "EADDRINUSE", message: expect.stringContaining("address already in use") as string } },
    { error: { code: "ERR_SQLITE_ERROR", message: "no such table: leaves" } },
  ]);
});

test("docs/operations/log-events.md is the page that the table of events generates", async () => {
  await expect(logEventsPage()).toMatchFileSnapshot("../../docs/operations/log-events.md");
});
