import type { Text } from "../../base/text.ts";

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** What a log says is nobody's markup, and has no control characters but line feeds. */
export const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (mark) => marks[mark]!).replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "\ufffd");

/** Indonesian, with English beside it. */
export const both = ({ id, en }: Text, between = " "): string => `${escape(id)}${between}<span class="en" lang="en">${escape(en)}</span>`;

export interface Column<Row> {
  readonly title: Text;
  readonly numeric?: true;
  /** Markup. */
  readonly cell: (row: Row) => string;
}

/** At most `most` rows, and how many more there are. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], most = 100): string {
  const kind = ({ numeric }: Column<Row>): string => (numeric === true ? ' class="n"' : "");
  const head = columns.map((column) => `<th${kind(column)}>${both(column.title, "<br>")}</th>`).join("");
  const body = rows
    .slice(0, most)
    .map((row) => `<tr>${columns.map((column) => `<td${kind(column)}>${column.cell(row)}</td>`).join("")}</tr>`);
  const more =
    rows.length > most
      ? `<p class="more">… ${both({ id: `${rows.length - most} lagi dalam laporan JSON`, en: `${rows.length - most} more in the JSON report` })}</p>`
      : "";
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>${more}`;
}

/** A part of the page under its heading. */
export const section = (title: Text, body: string, name = ""): string =>
  `<section${name === "" ? "" : ` class="${name}"`}><h2>${both(title)}</h2>\n${body}\n</section>`;
