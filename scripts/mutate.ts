/**
 * Changes the sources in small ways and looks whether a test notices: `npm run mutate`, or with
 *
 *   --minutes N    how long, 60 by default; the sample is as large as the time
 *   --seed N       the same sample in the same order as in an earlier run
 *   --folders A,B  only these, of src/exchange, src/trust, src/ledger and src/policy
 *   --page FILE    where the result is written, docs/mutation.md by default
 *
 * It works in a copy; the checkout is read only, and the page is all that is written.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectFolder } from "../src/base/project.ts";
import { progressBar } from "../test/support/progress.ts";
import { mutationPage } from "./mutation-page.ts";
import { mutationRun, type Target } from "./mutation-run.ts";

const targets: readonly Target[] = [
  {
    sources: "src/exchange",
    nearest: ["test/exchange"],
    further: ["test/http/public", "test/http/upstream", "test/gateway", "test/store"],
  },
  { sources: "src/trust", nearest: ["test/trust"], further: ["test/exchange", "test/registry", "test/docs"] },
  { sources: "src/ledger", nearest: ["test/ledger"], further: ["test/store", "test/verify", "test/audit", "test/gateway"] },
  { sources: "src/policy", nearest: ["test/policy"], further: ["test/http/control", "test/cli/acts", "test/demo/road"] },
];

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    seed: { type: "string" },
    folders: { type: "string" },
    page: { type: "string", default: join(projectFolder, "docs/mutation.md") },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const minutes = Number(values.minutes);
const chosen = values.folders?.split(",");
const unknown = chosen?.filter((folder) => !targets.some(({ sources }) => sources === folder)) ?? [];
if (unknown.length > 0 || !(minutes > 0) || !Number.isInteger(seed)) {
  console.error(
    `mutate: --minutes is a number above 0, --seed an integer, --folders of ${targets.map(({ sources }) => sources).join(", ")}`,
  );
  process.exit(2);
}
const only = values.folders === undefined ? "" : ` --folders ${values.folders}`;
const command = `npm run mutate -- --minutes ${minutes} --seed ${seed}${only}`;
console.error(command);
const bar = progressBar(minutes * 60);
const result = await mutationRun({
  project: projectFolder,
  targets: targets.filter(({ sources }) => chosen?.includes(sources) ?? true),
  seed,
  minutes,
  progress(judged, { total, seconds }) {
    const survived = judged.filter(({ verdict }) => verdict === "survived").length;
    bar.at(Math.round(seconds), `seconds, ${judged.length} of ${total} mutants, ${survived} survived`);
  },
});
bar.end();
writeFileSync(values.page, mutationPage(result, { date: new Date().toISOString().slice(0, 10), command }));
console.error(`written: ${values.page}`);
