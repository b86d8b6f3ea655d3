import type { Published } from "./published.ts";
import type { Verdict } from "./verdict.ts";

const share = (count: number, of: number): string => `${count} of ${of}${of === 0 ? "" : ` (${((100 * count) / of).toFixed(1)} %)`}`;

/** What becomes of the published documents: a summary, and the page with one row a document. */
export function pageOf(
  documents: readonly Published[],
  verdicts: Readonly<Record<string, Verdict>>,
): { readonly summary: string; readonly text: string } {
  const rows = documents.flatMap((document) => {
    const verdict = verdicts[`${document.repository}/${document.path}`];
    return verdict === undefined ? [] : [{ ...document, verdict }];
  });
  const valid = rows.filter(({ verdict }) => verdict.valid);
  const invalid = rows.filter(({ verdict }) => !verdict.valid);
  const taken = (verdict: Verdict): boolean => verdict.refused.length === 0;
  const answers = ({ answered }: Verdict): boolean => answered !== undefined && answered.good === answered.of;
  const refused = rows.filter(({ verdict }) => !taken(verdict));
  const summary = [
    `| documents | ${rows.length}, of ${new Set(rows.map(({ repository }) => repository)).size} repositories |`,
    "|---|--:|",
    `| valid by OpenAPI's own schema of their version | ${valid.length} |`,
    `| … taken by the registry as they are | ${share(valid.filter(({ verdict }) => taken(verdict)).length, valid.length)} |`,
    `| … every operation answers in \`try\` | ${share(valid.filter(({ verdict }) => answers(verdict)).length, valid.length)} |`,
    `| not valid, and taken all the same | ${share(invalid.filter(({ verdict }) => taken(verdict)).length, invalid.length)} |`,
    `| refused, and lint names the same cause | ${share(refused.filter(({ verdict }) => verdict.sameCause).length, refused.length)} |`,
  ].join("\n");
  const table = rows.map(({ repository, commit, path, verdict }) => {
    const { refused: codes, lint, answered } = verdict;
    return [
      "",
      `[${repository}/${path}](https://github.com/${repository}/blob/${commit}/${encodeURI(path)})`,
      `\`${commit.slice(0, 10)}\``,
      verdict.valid ? "yes" : "no",
      lint === "not judged" ? lint : `${lint.errors} / ${lint.warnings}`,
      codes.length === 0 ? "yes" : codes.map((code) => `\`${code}\``).join(" "),
      answered === undefined ? "–" : `${answered.good} / ${answered.of}`,
      "",
    ].join(" | ");
  });
  const text = [
    "# Published contracts, tried",
    "",
    "OpenAPI documents that governments and their agencies have published, as they are: linted, loaded by the registry, and called in",
    "`try` through a gateway. Written by `npm run campaign:corpus -- --write`; the verdicts stand in",
    "[`verdicts.json`](../test/campaigns/corpus/verdicts.json), so that a change shows.",
    "",
    summary,
    "",
    "A finding of the interoperability standard (errors / warnings) keeps no contract out of trial; *taken* is what the registry says.",
    "",
    "| document | commit | valid | standard: errors / warnings | taken | operations that answer |",
    "|---|---|---|--:|---|--:|",
    ...table.map((row) => row.trim()),
    "",
  ].join("\n");
  return { summary, text };
}
