import { sha256 } from "../../base/bytes.ts";
import type { Text } from "../../base/text.ts";
import { localTimeWithOffset } from "../../base/local-time.ts";
import { bothLines, definitions, escape, section } from "../../report/markup.ts";
import { reportPage } from "../../report/page.ts";
import { messages } from "./messages.ts";
import { checkMark, distinctPoints, outcomeOf, type Checked } from "./print.ts";

/** What was checked: the file as its holder named it, the pinned key, and when. */
export interface CheckedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly vkey: string | undefined;
  /** Milliseconds. */
  readonly now: number;
  /** The IANA time zone in which that is written. */
  readonly zone: string;
}

const tones = { verified: "good", broken: "bad", unvouched: "open" } as const;

/** The check of one exchange as an HTML page that can be printed and signed (`reportPage`): the verdict, what was checked, all points. */
export function checkedHtml(checked: Checked, { name, bytes, vkey, now, zone }: CheckedFile): string {
  const facts: readonly (readonly [Text, string])[] = [
    [messages.file, escape(name)],
    [messages.digest, `<code>${sha256(bytes).toString("hex")}</code>`],
    [messages.key, vkey === undefined ? "–" : `<code>${escape(vkey)}</code>`],
    [messages.checkedAt, escape(localTimeWithOffset(now, zone))],
  ];
  const points = distinctPoints(checked.findings).map(
    (point) => `<tr class="${point.holds}"><td>${checkMark(point)}</td><td>${bothLines(point.text)}</td></tr>`,
  );
  return reportPage({
    subject: messages.subjects[checked.kind].id,
    verdict: outcomeOf(checked),
    tone: tones[checked.verdict],
    summary: termsOf(facts),
    sections: [
      section(messages.points, `<table><tbody>${points.join("\n")}</tbody></table>`),
      section(
        messages.signature,
        termsOf([messages.nameAndNumber, messages.placeAndDate, messages.sign].map((term) => [term, ""])),
        "sign",
      ),
    ],
    footer: bothLines(messages.howToRepeat),
    style: `
.true td:first-child { color: var(--good); } .false td:first-child { color: var(--bad); }
.sign dd { border-bottom: 1px solid var(--soft); min-height: 2.6rem; } .sign { break-inside: avoid; }
`,
  });
}

const termsOf = (rows: readonly (readonly [Text, string])[]): string => definitions(rows.map(([term, said]) => [bothLines(term), said]));
