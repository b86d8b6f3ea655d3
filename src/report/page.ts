import type { Text } from "../base/text.ts";
import { escape } from "./markup.ts";
import { baseStyle } from "./style.ts";

export interface ReportPage {
  /** What the report is about, for the browser's title. */
  readonly subject: string;
  /** The outcome in one sentence, and its colour. */
  readonly verdict: Text;
  readonly tone: "good" | "bad" | "open";
  /** Under the verdict, in the parts below it and at the end: markup. */
  readonly summary: string;
  readonly sections: readonly string[];
  readonly footer: string;
  /** CSS of what only this report has. */
  readonly style: string;
}

/**
 * A report as one HTML page that needs nothing else: no script, no font, no address outside of it, and a policy that would let none in.
 * It can be read on a screen, sent as a file and printed.
 */
export const reportPage = ({ subject, verdict, tone, summary, sections, footer, style }: ReportPage): string => `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(`${subject}: ${verdict.id}`)}</title>
<style>${baseStyle}${style}</style>
</head>
<body>
<main>
<header class="${tone}">
<h1>${escape(verdict.id)}</h1>
<p class="en" lang="en">${escape(verdict.en)}</p>
${summary}
</header>
${sections.filter((part) => part !== "").join("\n")}
<footer>${footer}</footer>
</main>
</body>
</html>
`;
