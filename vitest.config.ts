import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";
import { patienceMs } from "./test/support/patience.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/support/quick-files.ts",
    // Limits for what hangs: no verdict depends on the speed of the machine (test/support/README.md).
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: patienceMs } },
    // One more than the cores of a small machine: many tests wait for another process, and a core would wait with them.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Each file closes what it opens; a worker that goes on to the next one has compiled the program and read the policies already.
    isolate: false,
  },
});
