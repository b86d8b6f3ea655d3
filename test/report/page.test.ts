import { describe, expect, test } from "vitest";
import { columnsFigure, rankingFigure, sparkline, timeBandFigure } from "../../src/report/figures.ts";
import { both, definitions, escape, section, bothLines } from "../../src/report/markup.ts";
import { reportPage } from "../../src/report/page.ts";
import { table } from "../../src/report/table.ts";

const evil = `"><script>alert(1)</script>&'\u001b[31m\u0000`;
const harmless = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;\ufffd[31m\ufffd";
const text = { id: evil, en: evil };

describe("text as markup", () => {
  test("has neither elements, attributes nor control characters, but keeps its lines", () => {
    expect(escape(evil)).toBe(harmless);
    expect(escape("satu\ndua\ttiga\u009b")).toBe("satu\ndua\ufffdtiga\ufffd");
  });

  test("is escaped wherever text is taken", () => {
    const markup = [
      both(text),
      bothLines(text),
      section(text, ""),
      table([1], [{ title: text, cell: () => "" }]),
      columnsFigure(evil, { [evil]: "#000" }, [{ name: evil, counts: { [evil]: 1 } }]),
      rankingFigure(evil, "#000", [{ name: evil, count: 1 }]),
      timeBandFigure(evil, { from: evil, until: evil, gaps: [{ from: evil, until: evil }], marks: [{ at: evil, title: evil }] }),
    ];
    for (const part of markup) {
      expect(part).toContain(harmless);
      expect(part).not.toMatch(/<script|[\u0000-\u0009\u000b-\u001f]/);
    }
  });

  test("without English is its Indonesian alone", () => {
    expect([both({ id: "a&b", en: "" }), bothLines({ id: "a&b", en: "" })]).toEqual(["a&amp;b", "a&amp;b"]);
  });
});

describe("a report's page", () => {
  const page = reportPage({
    subject: evil,
    verdict: text,
    tone: "bad",
    summary: definitions([["Log", escape(evil)]]),
    sections: ["", section({ id: "Isi", en: "Content" }, `<figure>${sparkline([0, 3, 1])}</figure>`), ""],
    footer: "",
    style: ".x { color: red; }",
  });

  test("has a policy that lets nothing in, and the report's own style after the kit's", () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).toMatch(/@media print \{[^]*\.x \{ color: red; \}<\/style>/);
    expect(page).not.toMatch(/<script|<link|<img|url\(|@import/i);
  });

  test("shows the verdict in its colour, and leaves out parts that are empty", () => {
    expect(page).toContain(`<header class="bad">\n<h1>${harmless}</h1>`);
    expect(page).toContain("</header>\n<section>");
    expect(page).toContain("</section>\n<footer>");
  });
});

test("a table says how many rows it leaves out", () => {
  const columns = [{ title: { id: "Nomor", en: "Number" }, numeric: true as const, cell: String }];
  expect(table([1, 2, 3], columns, 2)).toContain("… 1 lagi dalam laporan JSON");
  expect(table([1, 2], columns, 2)).not.toContain("lagi");
});
