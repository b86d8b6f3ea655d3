/**
 * Lints, loads and tries the OpenAPI documents that governments and agencies have published: `npm run campaign:corpus`, or with
 *
 *   --repositories FOLDER   keeps bare clones at FOLDER/owner/name, and takes those that are there (else they are fetched anew)
 *   --only TEXT             only documents whose repository and path contain it
 *   --write                 the verdicts into corpus/verdicts.json, and the table into docs/corpus.md
 *
 * Needs git, and the network for what is not cloned yet. Ends with 0 if nothing is worse than what corpus/verdicts.json says.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { progressBar } from "../support/progress.ts";
import { published, takeOut, type Published } from "./corpus/published.ts";
import { pageOf } from "./corpus/page.ts";
import { judges, verdictOn, type Verdict } from "./corpus/verdict.ts";

const { values } = parseArgs({
  options: { repositories: { type: "string" }, only: { type: "string", default: "" }, write: { type: "boolean", default: false } },
});
const nameOf = ({ repository, path }: Published): string => `${repository}/${path}`;
const chosen = published.filter((one) => nameOf(one).includes(values.only));
const verdictsFile = join(import.meta.dirname, "corpus/verdicts.json");

const folder = mkdtempSync(join(tmpdir(), "simpul-corpus-"));
const verdicts: Record<string, Verdict> = {};
try {
  takeOut(chosen, values.repositories ?? join(folder, "git"), join(folder, "files"), (repository) => console.error(repository));
  const bar = progressBar(chosen.length);
  const by = judges();
  for (const [done, one] of chosen.entries()) {
    verdicts[nameOf(one)] = await verdictOn(join(folder, "files", one.repository, one.path), by);
    bar.at(done + 1, one.path);
  }
  bar.end();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const before = JSON.parse(readFileSync(verdictsFile, "utf8")) as Record<string, Verdict>;
let changed = 0;
for (const [name, verdict] of Object.entries(verdicts)) {
  if (before[name] === undefined || JSON.stringify(before[name]) === JSON.stringify(verdict)) continue;
  changed++;
  console.log(`${name}\n  - ${JSON.stringify(before[name])}\n  + ${JSON.stringify(verdict)}`);
}
const page = pageOf(published, { ...before, ...verdicts });
console.log(page.summary);
if (values.write) {
  writeFileSync(verdictsFile, `${JSON.stringify({ ...before, ...verdicts }, null, 2)}\n`);
  writeFileSync(join(import.meta.dirname, "../../docs/corpus.md"), page.text);
}
process.exitCode = changed === 0 || values.write ? 0 : 1;
