import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Audit } from "../../src/audit/audit.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";
import type { Run } from "../support/simpul.ts";

const leaves = 300;
const folder = mkdtempSync(join(tmpdir(), "simpul-audit-"));
let w: GatewayFixture;
/** A receipt that the consumer kept, and the head that an auditor saw when the log was half as long. */
let receipt: string;
let remembered: string;
/** What the gateway counted when the log was as long as it got. */
let metrics: string;

beforeAll(async () => {
  w = await gatewayFixture();
  const size = (): number => parseCheckpoint(w.open.gateway.ledger.checkpoint())!.size;
  receipt = (await w.call({ fields: { Prefer: "receipt=full" } })).fields["spl-receipt"]!;
  while (size() < leaves / 2) await w.call();
  remembered = w.open.gateway.ledger.checkpoint();
  while (size() < leaves) await Promise.all(Array.from({ length: Math.min(20, leaves - size()) }, () => w.call()));
  metrics = await (await fetch(`${w.controlOrigin}/metrics`)).text();
  await w.open.close();
});
afterAll(async () => {
  await w.close();
  rmSync(folder, { recursive: true });
});

/** An audit of a copy of the data after somebody was at the file. */
async function auditAfter(tamper: (db: DatabaseSync) => void, ...more: readonly string[]): Promise<Run> {
  const copy = copyData();
  const db = new DatabaseSync(join(copy, "ledger.sqlite"));
  tamper(db);
  db.close();
  return here(["audit", "--data", copy, ...more]);
}

function copyData(): string {
  const copy = mkdtempSync(join(folder, "copy-"));
  cpSync(w.config.data, copy, { recursive: true });
  return copy;
}

/** A file that the auditor keeps. */
function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(folder, "auditor-")), name);
  writeFileSync(path, text);
  return path;
}

const alter = (db: DatabaseSync, index: number): void => {
  const row = db.prepare("SELECT bytes FROM leaf WHERE leaf_index = ?").get(index) as { bytes: Uint8Array };
  const text = Buffer.from(row.bytes)
    .toString("utf8")
    .replace(/"at":"20(\d\d)/, (_, year: string) => `"at":"20${Number(year) - 1}`);
  expect(db.prepare("UPDATE leaf SET bytes = ? WHERE leaf_index = ?").run(Buffer.from(text), index).changes).toBe(1);
};

const swap = (db: DatabaseSync, a: number, b: number): void =>
  db.exec(
    [`-1 WHERE leaf_index = ${a}`, `${a} WHERE leaf_index = ${b}`, `${b} WHERE leaf_index = -1`]
      .map((swap) => `UPDATE leaf SET leaf_index = ${swap}`)
      .join("; "),
  );

describe("simpul audit --data", () => {
  it("accepts a log that nobody was at: the verdict first, then what was checked", async () => {
    const { status, stdout, stderr } = await here(["audit", "--data", w.config.data]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      "Log ini UTUH, menurut vkey di sebelahnya, sejauh diperiksa; 3 hal tidak diperiksa (baris bertanda –). " +
        "(The log is SOUND, by the vkey beside it, as far as it was examined; not examined: 3 (lines with –).)",
      "Kabupaten Uji (ID-16.03)",
      `log ${w.instance.origin}, ${leaves} daun (leaves): control 1, outcome ${leaves - 1}`,
    ]);
    expect(stdout).toContain(
      `\n  ✓ Seluruh pohon dihitung ulang: ${leaves} dari ${leaves} daun\n    The whole tree recomputed: ${leaves} of ${leaves} leaves\n`,
    );
    expect(stdout).toContain("\n  – Titik periksa yang diingat: tidak diperiksa: --since tidak diberikan");
    expect(stdout).toContain("\nPerubahan kendali (control changes): 1; terakhir (latest):\n  0 ");
  });

  it.each([
    [0, "daun 0"],
    [100, "daun 100"],
    [255, "daun 255"],
    [256, "daun 256–299"],
    [299, "daun 256–299"],
  ])("refuses it after leaf %i was altered, and says where", async (index, place) => {
    const { status, stdout } = await auditAfter((db) => alter(db, index));
    expect(status).toBe(1);
    expect(stdout).toContain(`  ✗ ${place}: `);
    expect(stdout).toContain("Log ini TIDAK UTUH. (The log is NOT SOUND.)");
  });

  it.each([0, 100, 255, 256, 299])("refuses it after leaf %i was removed, and says where", async (index) => {
    const { status, stdout } = await auditAfter((db) => db.exec(`DELETE FROM leaf WHERE leaf_index = ${index}`));
    expect(status).toBe(1);
    expect(stdout).toContain(`  ✗ daun ${index}: `);
  });

  it.each([
    [3, 4, ["daun 3", "daun 4"]],
    [255, 256, ["daun 255"]],
    [297, 298, ["daun 256–299"]],
  ])("refuses it after leaves %i and %i changed places, and says where", async (a, b, places) => {
    const { status, stdout } = await auditAfter((db) => swap(db, a, b));
    expect(status).toBe(1);
    for (const place of places) expect(stdout).toContain(`  ✗ ${place}: `);
  });

  it("refuses it after its end was cut off together with the head, unless the head was signed so", async () => {
    const { status, stdout } = await auditAfter((db) =>
      db.exec(
        "DELETE FROM leaf WHERE leaf_index >= 290; UPDATE head SET size = 290, " +
          "checkpoint = replace(checkpoint, char(10) || '300' || char(10), char(10) || '290' || char(10))",
      ),
    );
    expect(status).toBe(1);
    expect(stdout).toContain("  ✗ titik periksa: ");
  });

  it("refuses a log of another key than the pinned one", async () => {
    const copy = copyData();
    const note = readFileSync(join(copy, "logs.note"), "utf8");
    writeFileSync(join(copy, "logs.note"), note.replace(w.instance.vkey, "127.0.0.1/log/lain+00000000+AAAA"));
    expect((await here(["audit", "--data", copy])).status).toBe(1);
    expect((await here(["audit", "--data", copy, "--vkey", w.instance.vkey])).stdout).toContain("Log ini UTUH, sejauh diperiksa; ");
  });

  it("ends with 2 when there is no key to vouch for the log", async () => {
    const copy = copyData();
    rmSync(join(copy, "logs.note"));
    const { status, stdout } = await here(["audit", "--data", copy]);
    expect(status).toBe(2);
    expect(stdout).toContain("The log is consistent, but nobody vouches for its key");
  });

  it("gives the same report as JSON", async () => {
    const { status, stdout } = await here(["audit", "--data", w.config.data, "--json"]);
    const report = JSON.parse(stdout) as Audit;
    expect(status).toBe(0);
    expect(report).toMatchObject({
      v: 1,
      type: "simpul-audit",
      origin: w.instance.origin,
      size: leaves,
      verdict: "sound",
      key: "beside",
      counts: { control: 1, outcome: leaves - 1 },
    });
    expect(report.chronicle.services.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(leaves - 1);
    expect(report.chronicle.changes).toMatchObject([{ leaf: 0, what: "registry" }]);
    expect(report.chronicle.untold).toEqual([]);
  });
});

describe("simpul audit --since", () => {
  it("remembers the head of a sound log, once, in a file that it begins", async () => {
    const since = join(mkdtempSync(join(folder, "auditor-")), "titik-periksa.txt");
    // Besides the auditor's there is the one that the gateway keeps beside its data.
    for (const compared of [1, 2]) {
      const { status, stdout } = await here(["audit", "--data", w.config.data, "--since", since]);
      expect(status).toBe(0);
      expect(stdout).toContain(`${compared} of ${compared} checkpoints compared with a log of ${leaves}`);
      expect(readFileSync(since, "utf8")).toBe(w.open.gateway.ledger.checkpoint());
    }
  });

  it("adds the new head to those it remembers, and finds all of them again", async () => {
    const since = file("titik-periksa.txt", remembered);
    for (const compared of [2, 3]) {
      const { stdout } = await here(["audit", "--data", w.config.data, "--since", since]);
      expect(stdout).toContain(`${compared} of ${compared} checkpoints compared`);
    }
    expect(readFileSync(since, "utf8")).toBe(`${remembered}\n${w.open.gateway.ledger.checkpoint()}`);
  });

  it("shows the head of a log that got shorter, and remembers nothing of an unsound log", async () => {
    const since = file("titik-periksa.txt", w.open.gateway.ledger.checkpoint());
    const cut = (db: DatabaseSync): void => {
      db.prepare("UPDATE head SET size = ?, checkpoint = ?").run(leaves / 2, remembered);
      // Who can shorten the log can remove what the gateway keeps beside it.
      rmSync(join(dirname(db.location()!), "remembered.note"));
    };
    expect((await auditAfter(cut)).status).toBe(0);
    const { status, stdout } = await auditAfter(cut, "--since", since);
    expect(status).toBe(1);
    expect(stdout).toContain(`  ✗ daun ${leaves / 2}–${leaves - 1}: Log menjadi lebih pendek`);
    expect(stdout).toContain(`        | ${w.instance.origin}\n        | ${leaves}\n`);
    expect(readFileSync(since, "utf8")).toBe(w.open.gateway.ledger.checkpoint());
  });

  it("stops at a file that holds anything but signed notes, and names the line", async () => {
    const { status, stderr } = await here([
      "audit",
      "--data",
      w.config.data,
      "--since",
      file("titik-periksa.txt", `${remembered}\nsesuatu\n`),
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain("line 7: not a signed checkpoint");
  });
});

describe("simpul audit --receipts", () => {
  it("compares every receipt in a folder, and names files without one", async () => {
    const path = file("tanda-terima.txt", receipt);
    writeFileSync(join(path, "..", "catatan.txt"), "bukan tanda terima");
    const { status, stdout } = await here(["audit", "--data", w.config.data, "--receipts", join(path, "..")]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/1 of 1 receipts compared with their leaves; without a receipt: \S+catatan.txt/);
  });

  it("takes an evidence bundle for what it says of its leaf", async () => {
    const { leaf, index, proof, checkpoint } = parseReceipt(receipt)!;
    const bundle = (text: string): string =>
      file(
        "bukti.json",
        JSON.stringify({ checkpoint, leaves: [{ index, leaf: text, proof: proof.toString("base64url") }], type: "spl-evidence", v: 1 }),
      );
    const sound = await here(["audit", "--data", w.config.data, "--receipts", join(bundle(leaf.toString()), "..")]);
    expect(sound.stdout).toContain("1 of 1 receipts compared with their leaves\n");
    expect(sound.status).toBe(0);
    const { status, stdout } = await here([
      "audit",
      "--data",
      w.config.data,
      "--receipts",
      join(bundle(leaf.toString().replace('"v":1', '"v": 1')), ".."),
    ]);
    expect(status).toBe(1);
    expect(stdout).toContain("✗ daun 1: Daun 1 bukan yang ada pada tanda terima");
  });

  it("names file and leaf when the log no longer holds what a receipt promised", async () => {
    const path = file("tanda-terima.txt", receipt);
    const { status, stdout } = await auditAfter((db) => alter(db, 1), "--receipts", join(path, ".."));
    expect(status).toBe(1);
    expect(stdout).toContain(`  ✗ daun 1: Daun 1 bukan yang ada pada tanda terima ${path}`);
  });
});

describe("simpul audit --metrics", () => {
  it("finds in the log what the gateway counted", async () => {
    const { status, stdout } = await here(["audit", "--data", w.config.data, "--metrics", file("metrik.txt", metrics)]);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`counted/recorded since \\S+: delivered ${leaves - 1}/${leaves - 1}\\.`));
  });

  it("is not content with a log that has less", async () => {
    const more = metrics.replace(/(simpul_outcomes_total\{code="delivered"\}) \d+/, `$1 ${leaves}`);
    const { status, stdout } = await here(["audit", "--data", w.config.data, "--metrics", file("metrik.txt", more)]);
    expect(status).toBe(1);
    expect(stdout).toContain(`The gateway delivered ${leaves} answers`);
  });
});

describe("simpul audit of a data directory", () => {
  it("finds evidence beside each exchange, and names the leaves whose evidence is gone", async () => {
    expect((await here(["audit", "--data", w.config.data])).stdout).toContain(
      `${leaves - 1} of ${leaves - 1} exchange leaves have evidence`,
    );
    const { status, stdout } = await auditAfter((db) =>
      db.exec("DELETE FROM evidence WHERE first_leaf = (SELECT min(first_leaf) FROM evidence)"),
    );
    expect(status).toBe(1);
    expect(stdout).toContain("  ✗ daun 1: Tidak ada bukti di sisinya");
  });

  it("opens all evidence when it is given the key, and names the leaf whose evidence is another's", async () => {
    const keyFile = join(w.config.data, "evidence.key");
    const fits = await here(["audit", "--data", w.config.data, "--evidence-key", keyFile]);
    expect(fits.status).toBe(0);
    expect(fits.stdout).toContain(`${leaves - 1} were opened and fit their leaves`);
    const { status, stdout } = await auditAfter(
      (db) => db.exec("UPDATE evidence SET sealed = (SELECT sealed FROM evidence WHERE first_leaf > 1 LIMIT 1) WHERE first_leaf = 1"),
      "--evidence-key",
      keyFile,
    );
    expect(status).toBe(1);
    expect(stdout).toContain("  ✗ daun 1: Bukti di sisi daun 1 tidak terbuka");
  });

  it("writes the report as a page, and says the verdict", async () => {
    const page = join(mkdtempSync(join(folder, "auditor-")), "audit.html");
    const { status, stdout } = await here(["audit", "--data", w.config.data, "--html", page, "--auditor", "Sri Umpama"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Log ini UTUH");
    expect(readFileSync(page, "utf8")).toContain("<dd>Sri Umpama</dd>");
    expect(readFileSync(page, "utf8")).toContain(`--html ${page} --auditor &#39;Sri Umpama&#39;</code>`);
    expect(readFileSync(page, "utf8")).toMatch(/<dd>Simpul \d+\.\d+\.\d+ · Node v/);
    expect(readFileSync(page, "utf8")).toContain(
      "<h1>Log ini UTUH, menurut vkey di sebelahnya, sejauh diperiksa; 3 hal tidak diperiksa (baris bertanda –).</h1>",
    );
  });
});
