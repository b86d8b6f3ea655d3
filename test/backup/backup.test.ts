import { generateKeyPairSync, hash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkBackup } from "../../src/backup/check.ts";
import { readBackupManifest } from "../../src/backup/format.ts";
import { makeBackup, type BackupOptions, type MadeBackup } from "../../src/backup/make.ts";
import { openKeys } from "../../src/backup/seal-keys.ts";
import { readConfig } from "../../src/config/config.ts";
import { readInstanceFiles } from "../../src/gateway/identity.ts";
import { newestBackup } from "../../src/registry/backup-record.ts";
import { storesAt } from "../../src/store/open.ts";
import { environment, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { leavesOf } from "../support/log-leaves.ts";
import { page } from "../support/page.ts";
import { here } from "../support/here.ts";
import { eventually } from "../support/patience.ts";

const recipient = generateKeyPairSync("x25519");
let g: GatewayFixture;
let place: string;
let count = 0;
beforeAll(async () => {
  g = await gatewayFixture();
  place = mkdtempSync(join(tmpdir(), "simpul-backups-"));
  for (let i = 0; i < 5; i++) await g.call();
});
afterAll(async () => {
  await g.open.close();
  await g.close();
  rmSync(place, { recursive: true });
});

const nextPlace = (): string => join(place, `b${++count}`);
const backUp = (over: Partial<BackupOptions> = {}): Promise<MadeBackup> =>
  makeBackup({ config: g.config, to: nextPlace(), by: "cli:tester", clock: g.clock, ...over });

/** A change of the registry that every later exchange names as its basis. */
async function changeRules(name: string): Promise<void> {
  const file = join(g.services, "disdukcapil/siak/subsystem.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^name: .*$/m, `name: ${name}`));
  await g.apply();
}

describe("a backup", () => {
  test("is made while exchanges and changes of the rules go on, is whole, and loses none", async () => {
    let busy = true;
    const answers: number[] = [];
    const callers = Array.from({ length: 4 }, async () => {
      while (busy) answers.push((await g.call()).status);
    });
    const changes = (async () => {
      for (let i = 0; busy; i++) await changeRules(`SIAK ${i}`);
    })();
    await eventually(() => answers.length > 20);
    const before = answers.length;
    const made = await backUp();
    busy = false;
    await Promise.all([...callers, changes]);
    expect(answers.length).toBeGreaterThan(before);
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(made.manifest.log.size).toBeGreaterThan(before);
    const outcomes = (await leavesOf(g)).filter(({ type }) => type === "outcome");
    expect(outcomes.length).toBeGreaterThanOrEqual(answers.length);
  });

  test("reads the registry and the log as they are at one moment: between the two, nobody may change the registry", async () => {
    const stopped = await environment();
    const from = { registry: join(stopped.config.data, "registry.sqlite"), ledger: join(stopped.config.data, "ledger.sqlite") };
    const running = await gatewayFixture({ continues: stopped });
    await running.open.close();
    await running.close();
    const watch = new Worker(new URL("lock-watch.ts", import.meta.url), { workerData: from });
    const said: unknown[] = [];
    watch.on("message", (word) => said.push(word));
    await eventually(() => said.length > 0);
    await backUp({ config: stopped.config });
    expect(said).toEqual(["ready", "the registry is locked"]);
    await watch.terminate();
    await stopped.close();
  });

  test("is a folder and a file of keys that only their owner may read, without any secret in the folder", async () => {
    const to = nextPlace();
    const made = await backUp({ to, keys: { file: `${to}.keys`, lock: { recipient: recipient.publicKey } } });
    const files = ["backup.json", "instance.json", "ledger.sqlite", "logs.note", "registry.sqlite"];
    expect(readdirSync(to).sort()).toEqual(files);
    expect(statSync(to).mode & 0o777).toBe(0o700);
    for (const file of [`${to}.keys`, ...files.map((name) => join(to, name))]) expect(statSync(file).mode & 0o777, file).toBe(0o600);
    const { secret } = readInstanceFiles(g.config);
    const token = readFileSync(join(g.config.data, "admin.token"), "utf8").trim();
    const secrets = [...Object.values(secret).map((text) => text.split("\n")[1] || text.trim()), token, token.split(".").at(-1)!];
    for (const name of files) for (const word of secrets) expect(readFileSync(join(to, name)).includes(word), name).toBe(false);
    expect(JSON.parse(readFileSync(join(to, "instance.json"), "utf8"))).not.toHaveProperty("adminToken");
    const sealed = readFileSync(`${to}.keys`, "utf8");
    expect(made.manifest.keys).toEqual({ sha256: hash("sha256", sealed, "base64url") });
    expect(await openKeys(sealed, { identity: recipient.privateKey }, "keys")).toEqual(secret);
  });

  test("is recorded in the registry and told by a control leaf that says no path; its age is known", async () => {
    const { manifest, digest, recorded } = await backUp();
    const found = await eventually(async () =>
      (await leavesOf(g)).find(
        ({ change }) => change !== undefined && "backup" in change && (change.backup as { manifest: string }).manifest === digest,
      ),
    );
    expect(found.change).toMatchObject({
      registry: { before: manifest.registry.registry, after: manifest.registry.registry, version: recorded },
      backup: { log: manifest.log.origin, size: manifest.log.size, manifest: digest },
      by: "cli:tester",
    });
    expect(JSON.stringify(found)).not.toContain(place);
    const metric = await eventually(
      async () => /^simpul_backup_timestamp_seconds (\S+)$/m.exec((await page(`${g.controlOrigin}/metrics`)).text)?.[1],
    );
    expect(Number(metric) * 1000).toBeGreaterThanOrEqual(Date.parse(manifest.made));
    const store = storesAt(g.config.registry).openRegistry();
    expect(await newestBackup(store)).toMatchObject({ by: "cli:tester", size: manifest.log.size, log: manifest.log.origin });
    await store.close();
  });

  test("of a stopped instance is made likewise, and its record reaches the log at the next start", async () => {
    const stopped = await environment();
    const once = await gatewayFixture({ continues: stopped });
    await once.call();
    await once.open.close();
    await once.close();
    const { digest } = await backUp({ config: stopped.config });
    expect(readdirSync(stopped.config.data).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
    const again = await gatewayFixture({ continues: stopped });
    expect((await leavesOf(again)).filter((leaf) => JSON.stringify(leaf).includes(digest))).toHaveLength(1);
    await again.open.close();
    await again.close();
    await stopped.close();
  });

  test("of a restored instance has its closed log, too, and is found damaged where that is", async () => {
    const [from, data, to] = [nextPlace(), join(place, "restored"), nextPlace()];
    await backUp({ to: from });
    expect(await here(["restore", from, "--keys", g.config.data, "--data", data])).toMatchObject({ status: 0 });
    const { config } = readConfig({ flags: { data, "public-origin": g.publicOrigin }, env: {}, cwd: place });
    const { manifest } = await backUp({ config, to });
    expect(manifest.files.map(({ name }) => name)).toContain("closed/log-1/ledger.sqlite");
    expect(manifest.log).toMatchObject({ size: 1, origin: expect.stringMatching(/\/log\/log-2-/) as unknown });
    expect((await checkBackup(to)).faults).toEqual([]);
    rmSync(join(to, "closed/log-1/ledger.sqlite"));
    expect((await checkBackup(to)).faults.map(({ en }) => en)).toEqual(["closed/log-1/ledger.sqlite is missing"]);
  });

  test("that is interrupted leaves nothing, whenever that is", async () => {
    for (const at of ["copy", "check"] as const) {
      const to = nextPlace();
      const progress = (step: string): void => {
        if (step === at) throw new Error("interrupted");
      };
      const keys = { file: `${to}.keys`, lock: { recipient: recipient.publicKey } };
      await expect(backUp({ to, keys, progress })).rejects.toThrow("interrupted");
      expect(readdirSync(place).filter((name) => name.startsWith(`b${count}`))).toEqual([]);
    }
  });

  test("never overwrites, and says what is in its way", async () => {
    const to = nextPlace();
    const keys = { file: `${to}.keys`, lock: { recipient: recipient.publicKey } };
    for (const [file, words] of [
      [to, /exists already/],
      [`${to}.keys`, /exists already/],
      [`${to}.partial`, /interrupted/],
    ] as const) {
      writeFileSync(file, "kept");
      await expect(backUp({ to, keys })).rejects.toThrow(words);
      expect(readFileSync(file, "utf8")).toBe("kept");
      rmSync(file);
    }
    await expect(backUp({ to: join(place, "nowhere/b") })).rejects.toThrow(/no folder/);
    await expect(backUp({ config: { ...g.config, ledger: { scheme: "sqlite", directory: place } } })).rejects.toThrow(/nothing to back up/);
    expect(existsSync(to)).toBe(false);
  });
});

describe("the check of a backup", () => {
  let to: string;
  beforeAll(async () => void (await backUp({ to: (to = nextPlace()) })));

  const faultsIn = async (folder: string, keys?: Readonly<Record<string, string>>): Promise<string> =>
    (await checkBackup(folder, { keys })).faults.map(({ en }) => en).join("\n");
  /** The same backup with a change that its maker made, so that the digests are right. */
  function altered(change: (folder: string) => void): string {
    const folder = mkdtempSync(join(place, "altered-"));
    for (const name of readdirSync(to)) copyFileSync(join(to, name), join(folder, name));
    change(folder);
    const { files, ...rest } = readBackupManifest(folder);
    const renewed = files.map(({ name }) => {
      const bytes = readFileSync(join(folder, name));
      return { name, bytes: bytes.length, sha256: hash("sha256", bytes, "base64url") };
    });
    writeFileSync(join(folder, "backup.json"), JSON.stringify({ ...rest, files: renewed }));
    return folder;
  }

  test("finds nothing in a whole one, and writes nothing", async () => {
    const before = readdirSync(to);
    expect(await faultsIn(to, readInstanceFiles(g.config).secret)).toBe("");
    expect(readdirSync(to)).toEqual(before);
  });

  test.each([
    ["registry.sqlite", "is not the file that was copied"],
    ["ledger.sqlite", "is not the file that was copied"],
    ["logs.note", "is not the file that was copied"],
  ])("names %s when one bit of it changed, and when it is cut off or gone", async (name, words) => {
    const folder = altered(() => undefined);
    const whole = readFileSync(join(folder, name));
    const changed = Buffer.from(whole);
    changed[changed.length - 9]! ^= 1;
    writeFileSync(join(folder, name), changed);
    expect(await faultsIn(folder)).toBe(`${name} ${words}: its SHA-256 is another`);
    writeFileSync(join(folder, name), whole.subarray(0, -1));
    expect(await faultsIn(folder)).toBe(`${name} has ${whole.length - 1} bytes, it should have ${whole.length}`);
    rmSync(join(folder, name));
    expect(await faultsIn(folder)).toBe(`${name} is missing`);
  });

  test("names what lies beside it, no backup at all, and one of a later program", async () => {
    const folder = altered(() => undefined);
    writeFileSync(join(folder, "ledger.sqlite-wal"), "");
    expect(await faultsIn(folder)).toMatch(/^ledger\.sqlite-wal is not listed/);
    await expect(checkBackup(place)).rejects.toThrow(/is no backup/);
    const manifest = readFileSync(join(folder, "backup.json"), "utf8");
    writeFileSync(join(folder, "backup.json"), manifest.replace('"v":1', '"v":2').replace('"program":"0.1.0"', '"program":"9.0.0"'));
    await expect(checkBackup(folder)).rejects.toThrow(/the format 2, written by Simpul 9\.0\.0/);
    writeFileSync(join(folder, "backup.json"), manifest.replace('"made"', '"late"'));
    await expect(checkBackup(folder)).rejects.toThrow(/\/made is missing/);
  });

  test("names a page that is damaged, an altered leaf and an altered entry, even where the digests fit", async () => {
    const zeroed = altered((folder) => {
      const pages = readFileSync(join(folder, "ledger.sqlite"));
      writeFileSync(join(folder, "ledger.sqlite"), pages.fill(0, 8192, 3 * 8192));
    });
    expect(await faultsIn(zeroed)).toMatch(/^The database is damaged: ledger\.sqlite/);
    const rewritten = (name: string, sql: string): string =>
      altered((folder) => {
        const db = new DatabaseSync(join(folder, name));
        expect(db.prepare(sql).run().changes).toBe(1);
        db.close();
      });
    const leaf = 'UPDATE leaf SET bytes = CAST(replace(bytes, \'"htm":"GET"\', \'"htm":"PUT"\') AS BLOB) WHERE leaf_index = 3';
    expect(await faultsIn(rewritten("ledger.sqlite", leaf))).toMatch(/^Log, leaf/);
    const entry =
      "UPDATE entries SET content = replace(content, 'a', 'b') WHERE rowid = (SELECT min(rowid) FROM entries WHERE kind = 'grant')";
    expect(await faultsIn(rewritten("registry.sqlite", entry))).toMatch(/not what was applied/);
  });

  test("names the leaf whose rules an older registry lacks, and the change that an older log lacks", async () => {
    const earlier = to;
    await changeRules("SIAK lain");
    await eventually(
      async () =>
        (await g.call()).status === 200 && (await leavesOf(g)).at(-1)!.basis?.registry !== readBackupManifest(earlier).registry.registry,
    );
    const later = nextPlace();
    await backUp({ to: later });
    const mixed = (registryFrom: string, ledgerFrom: string): string =>
      altered((folder) => {
        copyFileSync(join(registryFrom, "registry.sqlite"), join(folder, "registry.sqlite"));
        copyFileSync(join(ledgerFrom, "ledger.sqlite"), join(folder, "ledger.sqlite"));
      });
    expect(await faultsIn(mixed(earlier, later))).toMatch(/Leaf \d+ was judged by rules that this registry does not have/);
    expect(await faultsIn(mixed(later, earlier))).toMatch(/is said to be recorded, but its leaf is not in the log/);
  });

  test("names keys of another instance", async () => {
    const other = await environment();
    const { secret } = readInstanceFiles(g.config);
    const foreign = readInstanceFiles(other.config).secret;
    expect(await faultsIn(to, foreign)).toMatch(/is not the one that signs/);
    expect(await faultsIn(to, { ...secret, "evidence.key": foreign["evidence.key"]! })).toMatch(
      /The evidence key [0-9a-f]{16}.* is not in/,
    );
    await other.close();
  });
});
