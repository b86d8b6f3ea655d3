import type { Text } from "../base/text.ts";
import { both, bothLines } from "./markup.ts";
import { messages } from "./messages.ts";

export interface Column<Row> {
  readonly title: Text;
  readonly numeric?: true;
  /** Gives markup. */
  readonly cell: (row: Row) => string;
}

/** A table of at most `most` rows; below it, how many more there are. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], most = 100): string {
  const kind = ({ numeric }: Column<Row>): string => (numeric === true ? ' class="n"' : "");
  const head = columns.map((column) => `<th${kind(column)}>${bothLines(column.title)}</th>`).join("");
  const body = rows
    .slice(0, most)
    .map((row) => `<tr>${columns.map((column) => `<td${kind(column)}>${column.cell(row)}</td>`).join("")}</tr>`);
  const more = rows.length > most ? `<p class="more">… ${both(messages.moreRows(rows.length - most))}</p>` : "";
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>${more}`;
}
