import { beforeAll, describe, expect, test } from "vitest";
import { uuidv7 } from "../../src/base/uuid.ts";
import { audit, type Audit } from "../../src/audit/audit.ts";
import { auditHtml } from "../../src/audit/report/html.ts";
import { auditText } from "../../src/audit/report/text.ts";
import type { ControlChange } from "../../src/ledger/control-change.ts";
import type { ControlLeaf, ExchangeLeaf, Leaf, RefusalsLeaf } from "../../src/ledger/leaf.ts";
import { basis, exchangeLeaf, origin } from "../support/ledger-samples.ts";
import { encoded, headOf, key, logOf, now, receiptOf } from "./logs.ts";

const at = (seconds: number): string => new Date(now + seconds * 1000).toISOString();
const hour = 3600;
const evil = `"><script>alert(1)</script>\u001b[31m`;

const roots = {
  registry: { before: basis.policy, after: basis.registry, version: 1 },
  policy: { before: basis.policy, after: basis.policy },
  by: "diskominfo",
};
const manifests: ControlChange = { ...roots, added: ["member a", "member b"], changed: ["service c"], retired: [] };
const change = (seconds: number, said: ControlChange = manifests): ControlLeaf => ({
  ...{ v: 1, log: origin, type: "control", id: uuidv7(now), at: at(seconds) },
  change: said,
});
const did = (seconds: number, over: Partial<ExchangeLeaf> = {}): ExchangeLeaf => exchangeLeaf({ at: at(seconds), ...over });
const gathered: RefusalsLeaf = {
  v: 1,
  log: origin,
  type: "refusal",
  id: uuidv7(now),
  at: at(4 * hour),
  consumer: evil,
  since: at(4 * hour - 60),
  counts: { "rate-limited": 61, "quota-exceeded": 3 },
};

/** Half a day of everything: changes, an exchange of two leaves, refusals, a silence, a clock that goes back, an intent that stays open. */
const closed = did(20, { type: "intent" });
const story: Leaf[] = [
  change(0),
  did(10),
  closed,
  did(21, { id: closed.id, intent: { log: origin, index: 2 }, service: "ID-16.03/GOV/dpmptsp/izin/permohonan/v1" }),
  did(30, { type: "refusal", problem: "not-granted" }),
  did(4 * hour - 100, { type: "outcome", problem: "upstream-timeout", consumer: evil }),
  gathered,
  change(4 * hour + 1, {
    ...roots,
    decision: { id: uuidv7(now), action: "grant.decide", subject: "grant g1", to: "active" },
    profile: { id: "contoh-1-2026", version: "1.0.0", digest: basis.policy },
    changed: ["grant g1"],
  }),
  did(3 * hour + 50 * 60),
  did(26 * hour, { type: "intent" }),
  change(26 * hour + 1, { by: evil, evidence: { destroyed: "2021-10/60", leaves: { from: 0, to: 3 } } }),
  did(26 * hour + 2, { basis: { registry: basis.policy, policy: "B".repeat(42) + "A" } }),
];
const leaves = encoded(...story);
let sound: Audit;
let unsound: Audit;

beforeAll(async () => {
  sound = await audit(logOf(leaves), { key, now });
  const other = encoded(...story.toSpliced(4, 1));
  const receipts = { held: [{ receipt: await receiptOf(other, 5), file: `${evil}.txt` }], without: [evil] };
  unsound = await audit(logOf(leaves), {
    key,
    now,
    remembered: [
      { note: headOf(leaves.slice(0, 3)), file: "titik-periksa" },
      { note: headOf(other), file: "titik-periksa" },
    ],
    receipts,
  });
});

describe("the chronicle", () => {
  test("covers the time of the leaves, by hour and type", () => {
    const { first, last, hours } = sound.chronicle;
    expect([first, last]).toEqual([at(0), at(26 * hour + 2)]);
    expect(hours).toEqual([
      { hour: at(0).slice(0, 13), leaves: { control: 1, outcome: 2, intent: 1, refusal: 1 } },
      { hour: at(3 * hour).slice(0, 13), leaves: { outcome: 2 } },
      { hour: at(4 * hour).slice(0, 13), leaves: { refusal: 1, control: 1 } },
      { hour: at(26 * hour).slice(0, 13), leaves: { intent: 1, control: 1, outcome: 1 } },
    ]);
  });

  test("counts what exchanges came to, by service and day", () => {
    const warga = "ID-16.03/GOV/disdukcapil/siak/penduduk/v1";
    expect(sound.chronicle.services).toEqual([
      { service: warga, day: at(0).slice(0, 10), delivered: 2, refused: 2 },
      { service: "ID-16.03/GOV/dpmptsp/izin/permohonan/v1", day: at(0).slice(0, 10), delivered: 1, refused: 0 },
      { service: warga, day: at(26 * hour).slice(0, 10), delivered: 1, refused: 0 },
    ]);
  });

  test("counts refusals by code and consumer, gathered ones one by one", () => {
    expect(sound.chronicle.refusals).toEqual([
      { code: "rate-limited", consumer: evil, count: 61 },
      { code: "quota-exceeded", consumer: evil, count: 3 },
      { code: "not-granted", consumer: "ID-16.03/GOV/dinsos/bansos", count: 1 },
      { code: "upstream-timeout", consumer: evil, count: 1 },
    ]);
  });

  test("lists intents that stay open, long silences and a clock that went back", () => {
    const { openIntents, silences, setBack } = sound.chronicle;
    expect(openIntents).toMatchObject([{ leaf: 9, at: at(26 * hour) }]);
    expect(silences).toEqual([
      { leaf: 9, from: at(4 * hour + 1), until: at(26 * hour), seconds: 22 * hour - 1 },
      { leaf: 5, from: at(30), until: at(4 * hour - 100), seconds: 4 * hour - 130 },
    ]);
    expect(setBack).toEqual([{ leaf: 8, at: at(3 * hour + 50 * 60), before: at(4 * hour + 1), seconds: 601 }]);
  });

  test("lists changes by what was done, to what, by whom", () => {
    expect(sound.chronicle.changes.map(({ leaf, what, subject, by }) => [leaf, what, subject, by])).toEqual([
      [0, "registry", "added 2, changed 1", "diskominfo"],
      [7, "grant.decide", "grant g1", "diskominfo"],
      [10, "evidence.destroy", "2021-10/60", evil],
    ]);
  });

  test("names the first leaf that was judged by rules of which no control leaf tells", () => {
    expect(sound.chronicle.untold).toEqual([{ leaf: 11, root: "B".repeat(42) + "A" }]);
  });

  test("keeps the ten longest silences of many", async () => {
    const lonely = encoded(...Array.from({ length: 40 }, (_, i) => did(((i * (i + 1)) / 2) * hour)));
    const { silences } = (await audit(logOf(lonely), { key, now })).chronicle;
    expect(silences.map(({ seconds }) => seconds / hour)).toEqual([39, 38, 37, 36, 35, 34, 33, 32, 31, 30]);
  });
});

describe("the report as text", () => {
  test("begins with the verdict, and says what should be explained", () => {
    const lines = auditText(sound).split("\n");
    expect(lines[0]).toBe(
      "Log ini UTUH, sejauh diperiksa; 4 hal tidak diperiksa (baris bertanda –). " +
        "(The log is SOUND, as far as it was examined; not examined: 4 (lines with –).)",
    );
    const said = lines.join("\n");
    expect(said).toContain("  • 1 niat tanpa hasil, yang pertama daun 9");
    expect(said).toContain("yang terpanjang 21 jam 59 mnt, sebelum daun 9");
    expect(said).toContain("Falls of the clock: 1; the greatest, 601 s, at leaf 8");
    expect(said).toContain("Penolakan (refusals): rate-limited 61, quota-exceeded 3, not-granted 1, upstream-timeout 1");
  });

  test("says SOUND without more only where every check was made", () => {
    const checks = sound.checks.filter(({ holds }) => holds === true);
    expect(auditText({ ...sound, checks }).split("\n")[0]).toBe("Log ini UTUH. (The log is SOUND.)");
  });

  test("shows place, file and signed evidence of every finding", () => {
    const said = auditText(unsound);
    expect(said).toContain("Log ini TIDAK UTUH. (The log is NOT SOUND.)");
    expect(said).toContain("      ✗ daun 3–10: Riwayat sebelum ukuran 11 bukan lagi yang ditandatangani (titik-periksa)");
    expect(said).toContain(`        | ${origin}\n        | 11\n`);
  });

  test("lets nothing that a leaf or a file name says through to the terminal", () => {
    for (const report of [sound, unsound]) expect(auditText(report)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});

/** A signature is random Base64, which spells NaN now and then. */
const withoutSignature = (page: string): string => page.replaceAll(/^— .*$/gm, "");

describe("the report as a page", () => {
  test("needs nothing else, runs nothing, and lets nothing that a leaf says become markup", () => {
    for (const report of [sound, unsound]) {
      const page = auditHtml(report);
      expect(page).not.toMatch(/<script|<link|<img|<iframe|javascript:| on[a-z]+=|url\(|@import/i);
      expect(page.match(/(?:src|href)=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/g)).toBeNull();
      expect(page).toContain("default-src 'none'");
    }
    expect(auditHtml(sound)).toContain("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test("opens and closes every element, in order", () => {
    for (const report of [sound, unsound]) {
      const open: string[] = [];
      for (const [, close, name, self] of auditHtml(report)
        .replace("<!doctype html>", "")
        .matchAll(/<(\/?)([a-z0-9]+)[^>]*?(\/?)>/g)) {
        if (self === "/" || ["meta", "br"].includes(name!)) continue;
        if (close === "") open.push(name!);
        else expect(open.pop()).toBe(name);
      }
      expect(open).toEqual([]);
    }
  });

  test("shows verdict, checks, places and evidence, in Indonesian with English beside it", () => {
    const page = auditHtml(unsound);
    expect(page).toContain("<h1>Log ini TIDAK UTUH.</h1>");
    expect(page).toContain('<span class="place">daun 3–10 <span class="en" lang="en">leaf 3–10</span></span>');
    expect(page).toContain(`<pre>${origin}\n11\n`);
    expect(page.match(/class="check (true|false|not-checked)"/g)).toHaveLength(unsound.checks.length);
  });

  test("says of which instance, by which key, by whom and how it was made, and has a place to sign", () => {
    const page = auditHtml(sound, { auditor: "Sri <Umpama>", program: "Simpul 9.9.9", command: "simpul audit --data 'a b'" });
    const facts = page.slice(0, page.indexOf("</header>"));
    expect(facts).toContain("<dd>ID-16.03</dd>");
    expect(facts).toContain(`<code>${key.vkey}</code>`);
    expect(facts).toContain("<dd>Sri &lt;Umpama&gt;</dd>");
    expect(facts).toContain("<dd>Simpul 9.9.9</dd>");
    expect(facts).toContain("<code>simpul audit --data &#39;a b&#39;</code>");
    const local = new Date(now + 7 * hour * 1000).toISOString().slice(0, 19).replace("T", " ");
    expect(facts).toContain(`${local} WIB – `);
    expect(facts).toContain('hasil <span class="en" lang="en">outcome</span> 5');
    expect(page.indexOf(sound.checkpoint.split("\n")[2]!)).toBeLessThan(page.indexOf(">Pemeriksaan "));
    expect(page.slice(page.indexOf('<section class="sign">'))).toContain("Sri &lt;Umpama&gt;");
  });

  test("has the times of the instance's zone, and its name and letters, where its registry tells them", () => {
    const row = sound.chronicle.changes[0]!;
    const letters = new Map([[row.subject, ["600/1/2026, 2026-01-04, sha256 5f"]]]);
    const instance = { id: "ID-91.03", name: "Kabupaten <Timur>", timeZone: "Asia/Jayapura", letters };
    const page = auditHtml(sound, { program: "Simpul", command: "simpul audit", instance });
    expect(page).toContain("<dd>Kabupaten &lt;Timur&gt; (ID-91.03)</dd>");
    expect(page).toContain(" WIT – ");
    expect(page).not.toContain(" WIB");
    expect(page).toContain("Waktu ditulis dalam WIT;");
    expect(page).toContain(`${row.subject}<br>600/1/2026, 2026-01-04, sha256 5f`);
    expect(auditText(sound, instance)).toContain("\n      600/1/2026, 2026-01-04, sha256 5f");
    expect(auditText(sound, instance).split("\n")[1]).toBe("Kabupaten <Timur> (ID-91.03)");
    expect(auditText(sound, instance)).toContain(" WIT – ");
    // Without its registry those of the region whose services are in the log.
    expect(auditText(sound)).toContain(" WIB – ");
    // The figures are in UTC, as the page says.
    const words = page.replaceAll(/<figure>.*?<\/figure>/gs, "");
    for (const text of [auditText(sound, instance), auditText(sound), words]) expect(text).not.toMatch(/\d\dT\d\d:.*Z/);
  });

  test("draws each hour that has leaves, and those that have none", () => {
    const page = auditHtml(sound);
    expect(page).toContain(`<title>${at(0).slice(0, 13)}: hasil 2</title>`);
    expect(page).toContain("Daun per jam (UTC)");
    expect(page.match(/<title>[^<]*: (hasil|niat|penolakan|kendali) \d+<\/title>/g)).toHaveLength(10);
  });

  test("of a log without a leaf is whole, too", async () => {
    const page = auditHtml(await audit(logOf([]), { key, now }));
    expect(page).toContain("<h1>Log ini UTUH, sejauh diperiksa; 4 hal tidak diperiksa (baris bertanda –).</h1>");
    expect(withoutSignature(page)).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("gathers hours to days and days to months, so that they fit", async () => {
    for (const [days, name] of [
      [4, "hari"],
      [400, "bulan"],
    ] as const) {
      const page = auditHtml(await audit(logOf(encoded(did(0), did(days * 24 * hour))), { key, now }));
      expect(page).toContain(`Daun per ${name} (UTC)`);
      expect(withoutSignature(page)).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});
