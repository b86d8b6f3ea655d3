import { storesAt } from "../../src/store/open.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import { freePort } from "../../src/base/free-port.ts";
import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { applyManifests } from "../../src/gateway/apply-manifests.ts";
import { examine, verb } from "../../src/cli/doctor/verb.ts";
import type { Diagnosis } from "../../src/cli/doctor/diagnosis.ts";
import { realProbes, type SystemProbes } from "../../src/cli/doctor/system-probes.ts";
import { readConfig } from "../../src/config/config.ts";
import { createInstance, openInstance } from "../../src/gateway/identity.ts";
import { loadMasterKeys, newMasterKey } from "../../src/ledger/sealed/master-key.ts";
import { generateLogKey, encodeLogKey, loadLogKey } from "../../src/ledger/log-key.ts";
import { startGateway } from "../../src/gateway/process.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { generateSigningKey, publicJwk } from "../../src/trust/key-proof.ts";
import { signJws } from "../../src/trust/sign.ts";
import { outcome } from "../support/ledger-samples.ts";

const root = mkdtempSync(join(tmpdir(), "simpul-doctor-"));
const sound = join(root, "sound");
const subsystem = "ID-16.03/GOV/dinsos/bansos";
const dayMs = 86_400_000;
let publicPort: number;
let controlPort: number;
let data: string;

/** What a healthy machine senses, so that only the faults made on purpose show. */
const healthy: SystemProbes = {
  ...realProbes,
  freeBytes: async () => 2 ** 40,
  syncMs: async () => 1,
  timeService: async () => ({ name: "chrony", synchronized: true }),
};
const stopped = "The gateway does not run: no exchange is served.";

const flagsFor = (folder: string): Record<string, string> => ({
  data: folder,
  services: join(folder, "services"),
  "public-port": String(publicPort),
  "control-port": String(controlPort),
  "log-level": "silent",
});
const configOf = (folder: string) => readConfig({ flags: flagsFor(folder), env: {}, cwd: root }).config;

async function look(senses: Partial<SystemProbes> = {}, flags: Record<string, string> = {}): Promise<Diagnosis[]> {
  return Array.fromAsync(examine({ flags: { ...flagsFor(data), ...flags }, env: {}, cwd: root }, { ...healthy, ...senses }));
}

/** English texts of the findings in a state; that no gateway runs goes without saying here. */
const said = (findings: readonly Diagnosis[], state: Diagnosis["state"]): string[] =>
  findings.filter((finding) => finding.state === state && finding.isStopped !== true).map(({ text }) => text.en);
const wrongs = async (...args: Parameters<typeof look>): Promise<string[]> => said(await look(...args), "wrong");
const doubts = async (...args: Parameters<typeof look>): Promise<string[]> => said(await look(...args), "doubtful");

function change(file: string, sql: string): void {
  const database = new DatabaseSync(join(data, file));
  database.exec(sql);
  database.close();
}

beforeAll(async () => {
  [publicPort, controlPort] = [await freePort(), await freePort()];
  mkdirSync(join(sound, "services/dinsos/bansos"), { recursive: true });
  const write = (path: string, text: string): void => writeFileSync(join(sound, "services", path), text);
  write("instance.yaml", "instance: ID-16.03\nname: Kabupaten Uji\ntimeZone: Asia/Jakarta\n");
  write(
    "dinsos/member.yaml",
    'class: GOV\nname: Dinas Sosial\ncontact: { name: Meja Layanan, email: tik@example.go.id, phone: "+62-711-1" }\n',
  );
  write("dinsos/bansos/subsystem.yaml", "name: Bansos\n");
  chmodSync(sound, 0o700);
  const config = configOf(sound);
  const instance = createInstance(config, Date.now);
  await applyManifests(config, { by: "test" });
  await (await startGateway({ config, instance })).close();
  rmSync(join(sound, "instance.key"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  data = join(root, randomBytes(6).toString("hex"));
  cpSync(sound, data, { recursive: true, mode: 0, preserveTimestamps: true });
  chmodSync(data, 0o700);
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

describe("a gateway in good health", () => {
  test("has nothing wrong and nothing doubtful, and each check has said so", async () => {
    const findings = await look();
    expect([...said(findings, "wrong"), ...said(findings, "doubtful")]).toEqual([]);
    expect(findings.length).toBeGreaterThanOrEqual(12);
  });

  test("is the same file by file, byte by byte, after it was examined with the machine's own senses", async () => {
    const before = contents();
    await look(realProbes);
    expect(contents()).toEqual(before);
  });

  test("may be running meanwhile", async () => {
    const running = await startGateway({ config: configOf(data), instance: openInstance(configOf(data)) });
    try {
      const findings = await look();
      expect(said(findings, "wrong")).toEqual([]);
      expect(said(findings, "good")).toContain(`The gateway runs and is ready (127.0.0.1:${controlPort}).`);
      expect(said(findings, "good")).toContain(`The consumers' port ${publicPort} answers as this instance.`);
      expect(said(findings, "good").join()).toContain("a gateway is writing to it");
    } finally {
      await running.close();
    }
  });

  test("may have died: what its last commits left is read, and left to the next gateway", async () => {
    const { close } = await startGateway({ config: configOf(data), instance: openInstance(configOf(data)) });
    const crashed = `${data}-crashed`;
    cpSync(data, crashed, { recursive: true });
    await close();
    rmSync(data, { recursive: true });
    cpSync(crashed, data, { recursive: true });
    rmSync(crashed, { recursive: true });
    const kept = ["ledger.sqlite", "ledger.sqlite-wal", "registry.sqlite"].map((name) => join(data, name));
    const before = kept.map((file) => readFileSync(file));
    expect(await wrongs()).toEqual([]);
    expect(kept.map((file) => readFileSync(file))).toEqual(before);
  });

  test("exits with 0 while the gateway runs, with 3 when it does not, with 1 for anything wrong", async () => {
    const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const args = Object.entries(flagsFor(data)).flatMap(([name, value]) => [`--${name}`, value]);
    try {
      const running = await startGateway({ config: configOf(data), instance: openInstance(configOf(data)) });
      try {
        expect(await verb.run(args)).toBe(0);
      } finally {
        await running.close();
      }
      expect(print.mock.calls.join("\n")).not.toContain(stopped);
      expect(await verb.run(args)).toBe(3);
      expect(print.mock.calls.join("\n")).toMatch(/^! Gerbang tidak berjalan.*\n {4}The gateway does not run/m);
      rmSync(join(data, "log.key"));
      expect(await verb.run(args)).toBe(1);
      expect(print.mock.calls.join("\n")).toMatch(/✗ .*log\.key.*\n {4}.*cannot be read/);
    } finally {
      print.mockRestore();
    }
  });
});

describe("configuration", () => {
  test("shows every fault at once, and waits with the rest", async () => {
    const findings = await look({}, { "public-port": "https", "max-connections": "0" });
    expect(said(findings, "good")).toEqual([]);
    expect(said(findings, "wrong")).toEqual([
      expect.stringMatching(/^--public-port: /),
      expect.stringMatching(/^--max-connections: /),
      expect.stringMatching(/^The other checks wait/),
    ]);
  });

  test("another Node than the project's is doubtful, one that is too old is wrong", async () => {
    expect(await doubts({ node: "v99.0.0" })).toEqual([expect.stringMatching(/^Node v99\.0\.0, not the v26\.10\.0/)]);
    expect(await wrongs({ node: "v20.20.0" })).toEqual([expect.stringMatching(/^Node v20\.20\.0, not/)]);
  });
});

describe("data directory and identity", () => {
  test("without an instance it says how to make one", async () => {
    rmSync(data, { recursive: true });
    mkdirSync(data, { mode: 0o700 });
    expect(await wrongs()).toContainEqual(expect.stringContaining("/simpul init"));
  });

  test("a log key that others may read is wrong", async () => {
    chmodSync(join(data, "log.key"), 0o640);
    expect(await wrongs()).toEqual([expect.stringMatching(/log\.key is open to others \(mode 0640\); run chmod 600/)]);
  });

  test("a directory that others may read is doubtful", async () => {
    chmodSync(data, 0o750);
    expect(await doubts()).toEqual([expect.stringContaining("(mode 0750); run chmod 700")]);
  });

  test("an instance key that is still there is doubtful, and wrong if others may read it", async () => {
    writeFileSync(join(data, "instance.key"), "", { mode: 0o600 });
    expect(await doubts()).toEqual([expect.stringContaining("move it offline")]);
    expect(await wrongs()).toEqual([]);
    chmodSync(join(data, "instance.key"), 0o644);
    expect(await wrongs()).toEqual([expect.stringContaining("instance.key can be read by other users")]);
  });

  test("a public origin that is not the one it was made with is wrong", async () => {
    expect(await wrongs({}, { "public-origin": "https://simpul.example.go.id" })).toContainEqual(
      expect.stringContaining("was made with the public origin"),
    );
  });

  test("a log key that the signed list does not name is wrong, for the ledger too", async () => {
    writeFileSync(join(data, "log.key"), encodeLogKey(generateLogKey()), { mode: 0o600 });
    expect(await wrongs()).toEqual([expect.stringContaining("log.key is not the key"), expect.stringContaining("another key's")]);
  });

  test("an evidence key file that others may read, has no key, or lacks the one in use is wrong; so is one that is lost", async () => {
    const file = join(data, "evidence.key");
    const key = readFileSync(file, "utf8");
    chmodSync(file, 0o644);
    expect(await wrongs()).toEqual([expect.stringMatching(/evidence key file .* is open to others \(mode 0644\)/)]);
    chmodSync(file, 0o600);
    writeFileSync(file, "\n");
    expect(await wrongs()).toEqual([expect.stringContaining("holds no evidence key")]);
    writeFileSync(file, key);
    const toSeal = { months: 60, keys: Buffer.alloc(64) };
    const ledger = await storesAt(dataDirectory(data)).openLedger({
      logKey: loadLogKey(join(data, "log.key")),
      origin: openInstance(configOf(data)).origin,
      clock: Date.now,
      evidenceKeys: loadMasterKeys(file),
    });
    await ledger.append(outcome({ log: ledger.origin }, { toSeal }));
    await ledger.close();
    expect(await wrongs()).toEqual([]);
    writeFileSync(file, newMasterKey());
    expect(await wrongs()).toEqual([expect.stringMatching(/The evidence key [0-9a-f]{16} is in use but not in .*evidence\.key/)]);
    rmSync(file);
    expect(await wrongs()).toEqual([expect.stringContaining("evidence.key is lost")]);
  });

  test("a damaged identity is wrong", async () => {
    writeFileSync(join(data, "instance.json"), "{");
    expect(await wrongs()).toContainEqual(expect.stringContaining("cannot be read"));
  });
});

describe("registry and manifests", () => {
  test.each([
    ["is missing", () => rmSync(join(data, "registry.sqlite"))],
    ["is an empty file", () => truncateSync(join(data, "registry.sqlite"))],
  ])("a registry that %s says how to apply, and nothing is made", async (_, harm) => {
    harm();
    const before = contents();
    expect(await wrongs()).toEqual([expect.stringContaining("/simpul apply")]);
    expect(contents()).toEqual(before);
  });

  test("a registry that is no database is wrong", async () => {
    writeFileSync(join(data, "registry.sqlite"), randomBytes(4096));
    expect(await wrongs()).toEqual([
      expect.stringMatching(/^The registry cannot be used \(\S+registry\.sqlite is damaged or no database;/),
    ]);
  });

  test("a registry that was written past apply is wrong", async () => {
    change("registry.sqlite", "UPDATE entries SET content = json_set(content, '$.timeZone', 'Asia/Jayapura') WHERE kind = 'instance'");
    expect(await wrongs()).toEqual([expect.stringContaining("is not what was applied")]);
  });

  test("a change that waits for the gateway to start is counted", async () => {
    const file = join(data, "services/instance.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^name: .*$/m, "name: Kabupaten Lain"));
    await applyManifests(configOf(data), { by: "test" });
    expect(said(await look(), "good")).toContain("1 registry changes will be told to the ledger when the gateway starts.");
  });

  test("faults in the manifests are counted, with the first one's place", async () => {
    writeFileSync(join(data, "services/dinsos/member.yaml"), "class: GOV\nnam: Dinas Sosial\n");
    expect(await wrongs()).toEqual([
      expect.stringMatching(/have \d+ faults, the first at services\/dinsos\/member\.yaml:\d+:\d+ schema: .* --dry-run( --.*)?$/),
    ]);
  });

  test("a folder of manifests that is not there is wrong", async () => {
    expect(await wrongs({}, { services: join(data, "nowhere") })).toEqual([expect.stringContaining("--services")]);
  });
});

describe("periods of keys", () => {
  const register = async (...untilDays: (number | undefined)[]): Promise<void> => {
    mkdirSync(join(data, "services/dinsos/bansos/keys"), { recursive: true });
    const now = Math.floor(Date.now() / 1000);
    for (const [i, days] of untilDays.entries()) {
      const key = generateSigningKey("ES256");
      const claims = { iss: subsystem, aud: "ID-16.03", iat: now, ...(days === undefined ? {} : { until: now + days * 86_400 }) };
      const proof = signJws({ alg: key.alg, typ: "spl-key+jwt", jwk: publicJwk(key) }, Buffer.from(JSON.stringify(claims)), key);
      writeFileSync(join(data, `services/dinsos/bansos/keys/k${i}.jwt`), `${proof}\n`);
    }
    const applied = await applyManifests(configOf(data), { by: "test" });
    expect(applied.faults).toEqual([]);
  };

  test("a subsystem's last key that ends within 30 days is doubtful, and still so once it has ended", async () => {
    await register(29);
    expect(await doubts()).toEqual([expect.stringMatching(new RegExp(`^The last key of ${subsystem} ends `))]);
    expect(await doubts({ clock: () => Date.now() + 40 * dayMs })).toEqual([
      expect.stringMatching(new RegExp(`^The last key of ${subsystem} ended `)),
    ]);
  });

  test.each([
    ["a later end", [5, 90]],
    ["no end", [5, undefined]],
  ])("a key that ends is nothing to mention beside one with %s", async (_, days) => {
    await register(...days);
    expect(await doubts()).toEqual([]);
  });
});

describe("ledger", () => {
  test.each([
    [
      "a leaf was altered",
      "UPDATE leaf SET bytes = CAST(replace(CAST(bytes AS TEXT), 'control', 'contrOl') AS BLOB)",
      "do not lead to its root",
    ],
    ["the last leaf is gone", "DELETE FROM leaf WHERE leaf_index = (SELECT max(leaf_index) FROM leaf)", "Leaf 0 is missing"],
    [
      "a leaf stands beyond the head",
      "INSERT INTO leaf SELECT leaf_index + 1, latest_at, exchange, statement, bytes FROM leaf ORDER BY leaf_index DESC LIMIT 1",
      "a leaf beyond its head",
    ],
    ["the head says another size", "UPDATE head SET size = size + 1", "its head and its size do not agree"],
    [
      "the head was signed for something else",
      "UPDATE head SET checkpoint = replace(checkpoint, char(10) || '1' || char(10), char(10) || '2' || char(10))",
      "another key's",
    ],
  ])("is wrong when %s", async (_, sql, reason) => {
    change("ledger.sqlite", sql);
    expect(await wrongs()).toContainEqual(expect.stringMatching(new RegExp(`^The ledger does not agree with itself: .*${reason}`)));
  });

  test("is wrong when its file is damaged", async () => {
    writeFileSync(join(data, "ledger.sqlite"), randomBytes(8192));
    expect(await wrongs()).toEqual([expect.stringMatching(/^The ledger does not agree with itself: There is no readable log/)]);
  });

  test("is wrong when it is gone although the registry was told to it", async () => {
    rmSync(join(data, "ledger.sqlite"));
    expect(await wrongs()).toEqual([expect.stringMatching(/^This ledger is not the one that the registry knows/)]);
  });

  test("is wrong when it is another one than the registry was told to", async () => {
    rmSync(join(data, "ledger.sqlite"));
    const { origin, logKey } = openInstance(configOf(data));
    await (await storesAt(dataDirectory(data)).openLedger({ logKey, origin, clock: Date.now, thread: "main" })).close();
    expect(await wrongs()).toEqual([expect.stringMatching(/^This ledger is not the one that the registry knows/)]);
  });

  test("with an intent that nobody closed is doubtful", async () => {
    const { origin, logKey } = openInstance(configOf(data));
    const ledger = await storesAt(dataDirectory(data)).openLedger({ logKey, origin, clock: Date.now, thread: "main" });
    const at = Date.now();
    await ledger.append({ type: "intent", id: uuidv7(at), at, leaf: Buffer.from("{}") });
    await ledger.close();
    expect(await doubts()).toEqual([expect.stringMatching(/^1 intents without an outcome/)]);
  });
});

describe("clock, disk and ports", () => {
  test("a clock behind the newest leaf is wrong, by how much", async () => {
    expect(await wrongs({ clock: () => Date.now() - dayMs })).toEqual([
      expect.stringMatching(/8\d{4} seconds behind the ledger's newest leaf/),
    ]);
  });

  test("a clock of years before this version is wrong, ledger or not", async () => {
    for (const file of ["ledger.sqlite", "registry.sqlite"]) rmSync(join(data, file));
    expect(await wrongs({ clock: () => Date.UTC(1970, 0, 1) })).toContainEqual(
      "The clock says 1970-01-01T00:00:00.000Z, before this version was made; set it and turn NTP on.",
    );
  });

  test("little room is doubtful, next to none is wrong", async () => {
    expect(await doubts({ freeBytes: async () => 2 ** 30 })).toEqual([expect.stringMatching(/^Only 1024 MiB are left/)]);
    expect(await wrongs({ freeBytes: async () => 2 ** 20 })).toEqual([expect.stringMatching(/^Only 1 MiB are left/)]);
  });

  test("a slow disk is doubtful, one that cannot be written is wrong", async () => {
    expect(await doubts({ syncMs: async () => 80 })).toEqual([expect.stringMatching(/takes 80 ms/)]);
    expect(await wrongs({ syncMs: () => Promise.reject(Object.assign(new Error(), { code: "EROFS" })) })).toEqual([
      expect.stringMatching(/^Cannot write in .* \(EROFS\)/),
    ]);
  });

  test("a port that another program has is wrong, and the option to change it is named", async () => {
    const server = await listenOn(publicPort);
    try {
      expect(await wrongs()).toEqual([
        `Port ${publicPort} on 127.0.0.1 is taken by another program; stop it or choose another --public-port.`,
      ]);
    } finally {
      server.close();
    }
  });

  test("a ledger that is held while nobody answers on the ports is wrong", async () => {
    const { origin, logKey } = openInstance(configOf(data));
    const ledger = await storesAt(dataDirectory(data)).openLedger({ logKey, origin, clock: Date.now });
    try {
      expect(await wrongs()).toEqual([
        expect.stringContaining("does not answer: the gateway hangs"),
        expect.stringContaining("does not answer as this instance"),
      ]);
    } finally {
      await ledger.close();
    }
  });

  test("a check that fails itself is a finding, and the others still run", async () => {
    const findings = await look({ freeBytes: () => Promise.reject(new Error("no such call")) });
    expect(said(findings, "wrong")).toEqual(["The check “disk space” itself failed: no such call"]);
    expect(said(findings, "good")).toContain(`Port ${publicPort} on 127.0.0.1 is free.`);
  });
});

function contents(): Record<string, string> {
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "base64")]));
}

async function listenOn(port: number): Promise<ReturnType<typeof createServer>> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}
