import type { Judged, MutationResult } from "./mutation-run.ts";

/** The page of a run: score by folder and kind, and each survivor. */
export function mutationPage(
  { judged, total }: MutationResult,
  { date, command }: { readonly date: string; readonly command: string },
): string {
  const rows = (of: (judgement: Judged) => string): readonly string[] =>
    [...Map.groupBy(judged, of)].toSorted().map(([name, group]) => {
      const survived = group.filter(isSurvivor).length;
      return `| ${name} | ${group.length} | ${group.length - survived} | ${survived} | ${percent(group.length - survived, group.length)} |`;
    });
  const survivors = judged.filter(isSurvivor);
  return [
    "# Mutation run",
    "",
    "*This page is written by `npm run mutate`.* The run makes one small change at a time in a copy of the sources",
    "and asks the tests next to them, then some further ones. A change that no test notices (a survivor) is a hole",
    "in the tests, or changes nothing that anybody can see.",
    "",
    `On ${date}, \`${command}\`: ${judged.length} mutants of ${sum([...total.values()])}, drawn by the seed.`,
    `**Score: ${percent(judged.length - survivors.length, judged.length)} killed.** A mutant that makes the tests hang counts as killed.`,
    "",
    "| folder | tried | killed | survived | score |",
    "| --- | --: | --: | --: | --: |",
    ...rows(({ target }) => `\`${target.sources}\` (of ${total.get(target.sources)!})`),
    "",
    "| kind | tried | killed | survived | score |",
    "| --- | --: | --: | --: | --: |",
    ...rows(({ mutant }) => mutant.kind),
    "",
    "## Survivors",
    "",
    ...(survivors.length === 0 ? ["None."] : ["| place | kind | before | after |", "| --- | --- | --- | --- |"]),
    ...survivors
      .map(
        ({ mutant: { file, line, kind, before, replacement } }) => `| ${file}:${line} | ${kind} | ${code(before)} | ${code(replacement)} |`,
      )
      .toSorted(),
    "",
  ].join("\n");
}

const isSurvivor = ({ verdict }: Judged): boolean => verdict === "survived";
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const percent = (part: number, whole: number): string => (whole === 0 ? "–" : `${Math.round((part / whole) * 100)} %`);

/** On one line, short, and safe in a cell. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  const short = line.length > 80 ? `${line.slice(0, 79)}…` : line;
  return short === ";" ? "(removed)" : `\`\` ${short.replaceAll("|", String.raw`\|`)} \`\``;
}
