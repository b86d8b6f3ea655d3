import type { Text } from "../base/text.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * Text as markup, for elements and quoted attributes. What a report quotes comes from logs and documents of others: it cannot become
 * markup, and its control characters (line feeds aside) become U+FFFD.
 */
export const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (mark) => entities[mark]!).replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "\ufffd");

/** Indonesian, then English on the same line; a text whose English is empty is its Indonesian alone. */
export const both = ({ id, en }: Text): string =>
  en === "" ? escape(id) : `${escape(id)} <span class="en" lang="en">${escape(en)}</span>`;

/** The same with English on a line of its own. */
export const bothLines = ({ id, en }: Text): string =>
  en === "" ? escape(id) : `${escape(id)} <span class="en block" lang="en">${escape(en)}</span>`;

/** A part of the page under its heading; `body` is markup. */
export const section = (title: Text, body: string, name = ""): string =>
  `<section${name === "" ? "" : ` class="${name}"`}>\n<h2>${both(title)}</h2>\n${body}\n</section>`;

/** Terms and what they stand for, both markup. */
export const definitions = (rows: readonly (readonly [term: string, meaning: string])[]): string =>
  `<dl>\n${rows.map(([term, meaning]) => `<dt>${term}</dt><dd>${meaning}</dd>`).join("\n")}\n</dl>`;
