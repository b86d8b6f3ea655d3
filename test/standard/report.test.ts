import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import { lintHtml } from "../../src/standard/report/html.ts";
import { lintJson } from "../../src/standard/report/json.ts";
import { lintSarif } from "../../src/standard/report/sarif.ts";
import { lintText } from "../../src/standard/report/text.ts";
import { countsOf, sealReport, type LintReport } from "../../src/standard/report.ts";
import { changed, judged, lookup, put, sample, schemas, standard, textOf } from "./sample.ts";

const setBy = { id: "Ditetapkan oleh Dinas.", en: "Set by the Dinas.", cite: "P28(7)", basis: "Perbup Muara Enim 52/2022" };
const broken = changed((doc) => {
  delete lookup(doc)["summary"];
  put(schemas(doc)["Warga"]!["properties"], "anak", { type: "array", items: { type: "string" } });
  put(doc["paths"], "/A&'b", {});
});
const report = judged(broken);

describe("a report", () => {
  it("says where, in the order of the document", () => {
    expect(report.findings.map(({ rule, line, column }) => `${line}:${column} ${rule}`)).toEqual([
      "16:7 LID-DOC",
      expect.stringMatching(/^\d+:5 LID-REST-JALUR$/),
      expect.stringMatching(/^\d+:\d+ UKURAN-JAWABAN$/),
    ]);
    const lines = JSON.stringify(
      changed((doc) => delete lookup(doc)["summary"]),
      null,
      2,
    ).split("\n");
    expect(lines[15]).toMatch(/^ {6}"post": \{$/);
  });

  it("passes with warnings, and not with an error", () => {
    expect(report.passed).toBe(false);
    const warned = judged(
      changed((doc) => put(schemas(doc)["Warga"]!["properties"], "anak", { type: "array", items: { type: "string" } })),
    );
    expect(warned.passed).toBe(true);
    expect(warned.findings).toHaveLength(1);
  });

  it("has a digest of all that it says: the same for the same, another for anything else, whatever the file is called", () => {
    expect(judged(sample()).digest).toBe(judged(sample()).digest);
    const { digest, ...rest } = report;
    expect(sealReport({ ...rest, file: "lain.json" }).digest).toBe(digest);
    expect(digest).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const others: readonly Partial<LintReport>[] = [
      { document: "x" },
      { ruleset: "x" },
      { lists: { "kode-wilayah@1.0.0": "x" } },
      { passed: true },
      { findings: report.findings.slice(1) },
      { omitted: { "LID-DOC": 1 } },
    ];
    for (const other of others) expect(sealReport({ ...rest, ...other }).digest).not.toBe(digest);
  });

  it("has a number of findings for each rule", () => {
    expect(countsOf(report)).toEqual({ "LID-DOC": 1, "LID-REST-JALUR": 1, "UKURAN-JAWABAN": 1 });
  });

  it("names the reference lists that it went by: another list, another digest, though nothing else is said", () => {
    const [first, ...others] = standard.lists!;
    expect(report.lists).toEqual(
      Object.fromEntries(
        standard
          .lists!.map((text) => [/^list: (.*)$/m.exec(text)![1]!, /^version: (.*)$/m.exec(text)![1]!, text])
          .map(([list, version, text]) => [`${list}@${version}`, sha256(Buffer.from(text!)).toString("base64url")]),
      ),
    );
    const amended = judged(sample(), { by: { ...standard, lists: [`${first!}\n# diperbarui\n`, ...others] } });
    expect(amended.findings).toEqual([]);
    expect(amended.digest).not.toBe(judged(sample()).digest);
    expect(judged(sample(), { by: { ...standard, lists: [] } }).lists).toEqual({});
  });

  it("names so many of one rule, and counts the others", () => {
    const many = judged(
      changed((doc) =>
        put(
          schemas(doc)["Warga"],
          "properties",
          Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [`tanggal${index}Tgl`, { type: "string" }])),
        ),
      ),
    );
    expect(many.findings.filter(({ rule }) => rule === "FMT-TANGGAL")).toHaveLength(1_000);
    expect(many.omitted).toEqual({ "FMT-TANGGAL": 200 });
    expect(countsOf(many)["FMT-TANGGAL"]).toBe(1_200);
    expect(lintText(many, setBy)).toContain("… FMT-TANGGAL: 200 lagi (more)");
  });

  it("never repeats a value of an example, nor a name in it that may be somebody's number", () => {
    const nik = "1603074532979001";
    const doc = changed((doc) => {
      put(schemas(doc)["Warga"]!["properties"], "menurutNik", { type: "object", additionalProperties: { type: "integer", maximum: 3 } });
      const media = lookup(doc)["responses"]!["200"]!["content"]!["application/json"]!;
      put(media, "example", { nama: 7, status: nik, menurutNik: { [nik]: 9 }, [nik]: nik });
      put(lookup(doc)["requestBody"]!["content"]!["application/json"], "example", { nik });
    });
    const bad = judged(doc);
    expect(bad.findings.filter(({ rule }) => rule === "OAS-CONTOH-SAH").length).toBeGreaterThan(4);
    for (const form of [lintText(bad, setBy), lintJson(bad), lintSarif(bad, standard), lintHtml(bad, standard, setBy, textOf(doc))])
      expect(form).not.toContain(nik.slice(0, 12));
  });
});

describe("as JSON", () => {
  it("is exactly this", () => {
    const printed = JSON.parse(lintJson(report)) as Record<string, unknown>;
    expect(Object.keys(printed)).toEqual(["passed", "standard", "digest", "findings"]);
    expect(printed).toMatchObject({ passed: false, standard: "lid-spl@1.0.0", digest: report.digest });
    expect((printed["findings"] as object[])[0]).toEqual({
      rule: "LID-DOC",
      severity: "error",
      line: 16,
      column: 7,
      pointer: "/paths/~1penelusuran/post",
      basis: "Permenkominfo 1/2023",
      id: "Operasi ini belum punya summary. Isi summary (beberapa kata) dan description (apa yang terjadi dan apa jawabannya).",
      en: "This operation has no summary. Fill in summary (a few words) and description (what happens and what the answer is).",
    });
  });
});

describe("as SARIF", () => {
  it("is of version 2.1.0, each result with its rule, place, level and message", () => {
    const { version, runs } = JSON.parse(lintSarif(report, standard)) as {
      version: string;
      runs: {
        tool: { driver: { name: string; rules: { id: string; properties: object }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          message: { text: string };
          locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[];
        }[];
        properties: object;
      }[];
    };
    expect(version).toBe("2.1.0");
    const [{ tool, results, properties }] = runs as [(typeof runs)[number]];
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(standard.rules.map(({ id }) => id));
    expect(results).toHaveLength(report.findings.length);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
    expect(results.map(({ level }) => level)).toEqual(["error", "error", "warning"]);
    expect(results[0]!.locations[0]!.physicalLocation).toEqual({
      artifactLocation: { uri: "baru.json" },
      region: { startLine: 16, startColumn: 7 },
    });
    expect(properties).toMatchObject({ passed: false, digest: report.digest });
  });
});

describe("as a page", () => {
  const page = lintHtml(report, standard, setBy, textOf(broken));

  it("needs nothing from elsewhere and runs nothing", () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<link|<img|\bsrc=|\bhref=(?!"#)|url\(|@import/i);
    for (const [, id] of page.matchAll(/href="#(.+?)"/g)) expect(page).toContain(` id="${id!}"`);
  });

  it("shows what the document says as text only", () => {
    expect(page).toContain("/A&amp;&#39;b");
    expect(page).not.toContain("<b>");
  });

  it("says in both languages what to mend, errors first and then in the order of the standard, and who sets the standard", () => {
    expect([...page.matchAll(/<section class="(\w+)" id="([A-Z-]+)">/g)].map(([, severity, id]) => `${severity} ${id}`)).toEqual([
      "error LID-REST-JALUR",
      "error LID-DOC",
      "warn UKURAN-JAWABAN",
    ]);
    expect(page).toContain("Belum memenuhi standar: 2 kesalahan, 1 peringatan.");
    expect(page).toContain("Does not meet the standard yet: 2 errors, 1 warning.");
    expect(page).toContain("Ditetapkan oleh Dinas. (Perbup Muara Enim 52/2022 P28(7))");
    expect(page).toContain("Isi summary (beberapa kata)");
    expect(page).toContain(report.digest);
    expect(page).toContain('<span class="place">baris 16:7</span>');
    expect(page).toContain("<pre><mark>&quot;post&quot;</mark>: {</pre>");
    expect(page).toContain(`<strong>${standard.rules.length - 3} / ${standard.rules.length}</strong>kaidah terpenuhi`);
  });

  it("puts errors before warnings, also where the standard has the warning first", () => {
    const doc = changed((doc) => {
      put(schemas(doc)["Warga"]!["properties"], "anak", { type: "array", items: { type: "string" } });
      delete schemas(doc)["Penelusuran"]!["additionalProperties"];
    });
    const order = standard.rules.map(({ id }) => id);
    expect(order.indexOf("UKURAN-JAWABAN")).toBeLessThan(order.indexOf("MASUKAN-TERTUTUP"));
    expect(
      [...lintHtml(judged(doc), standard, setBy, textOf(doc)).matchAll(/<section class="\w+" id="([A-Z-]+)">/g)].map(([, id]) => id),
    ).toEqual(["MASUKAN-TERTUTUP", "UKURAN-JAWABAN"]);
  });

  it("says once what all places of a rule have in common, and after a limit how many are left", () => {
    const doc = changed((doc) =>
      put(
        schemas(doc)["Warga"],
        "properties",
        Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [`tanggal${index}Tgl`, { type: "string" }])),
      ),
    );
    const long = lintHtml(judged(doc), standard, setBy, textOf(doc));
    expect(long).toContain("200 lagi");
    expect(long).toContain('<span class="count">1200 ×</span>');
  });

  it("asks for what has to be mended, and where only warnings are left for what had better be", () => {
    const warned = changed((doc) => put(schemas(doc)["Warga"]!["properties"], "anak", { type: "array", items: { type: "string" } }));
    expect(page).toContain("<h2>Yang perlu dibetulkan");
    expect(lintHtml(judged(warned), standard, setBy, textOf(warned))).toContain("<h2>Yang sebaiknya dibetulkan");
  });

  it("of a contract that meets the standard is the outcome and the digests", () => {
    const passed = lintHtml(judged(sample()), standard, setBy, textOf(sample()));
    expect(passed).toContain("<h1>Memenuhi standar.</h1>");
    expect(passed).not.toContain("<section");
    for (const [name, digest] of Object.entries(report.lists))
      expect(passed).toContain(`<dt>Daftar ${name}</dt><dd><code>${digest}</code></dd>`);
  });

  it("is well-formed: every element that opens closes, in order", () => {
    const open: string[] = [];
    for (const [, end, name, rest] of page
      .replace(/<!doctype html>/, "")
      .replace(/<style>[^]*?<\/style>/, "")
      .matchAll(/<(\/?)([a-z0-9]+)([^>]*)>/g)) {
      if (["meta", "br"].includes(name!)) continue;
      if (end === "") open.push(name!);
      else expect(open.pop()).toBe(name);
      expect(rest).not.toContain("<");
    }
    expect(open).toEqual([]);
  });
});

it("the text form begins each finding where editors link it", () => {
  const lines = lintText(report, setBy).split("\n");
  expect(lines[0]).toBe("baru.json:16:7 salah LID-DOC [Permenkominfo 1/2023]");
  expect(lines).toContain("lid-spl@1.0.0  Ditetapkan oleh Dinas. (Perbup Muara Enim 52/2022 P28(7))");
});

it("the limits are numbers of one table, which the page of the standard quotes", () => {
  expect(readFileSync(join(import.meta.dirname, "../../docs/standard.md"), "utf8")).toContain("more than 1 MiB");
});
