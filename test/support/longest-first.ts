import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files or folders that take seconds each: most start programs. One that began last would leave a core without work at the end. */
export const longest = [
  "test/cli/demo.test.ts",
  "test/clients/",
  "test/http/public/raw.test.ts",
  "test/demo/",
  "test/store/ledger",
  "test/gateway/launchers.test.ts",
  "test/campaigns/",
  "test/independent/",
  "test/cli/doctor",
  "test/evidence/",
  "test/cli/road.test.ts",
  "test/standard/lint.test.ts",
  "test/bench/",
  "test/gateway/",
  "test/backup/",
  "test/scripts/",
  "test/docs/start.test.ts",
];

/** Vitest begins with the files that took longest the last time, if it knows. On a fresh clone it goes by their size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => longest.some((name) => moduleId.includes(`/${name}`));
    const { long = [], short = [] } = Object.groupBy(await super.sort(files), (file) => (isLong(file) ? "long" : "short"));
    return [...long, ...short];
  }
}
