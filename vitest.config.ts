import { defineConfig } from "vitest/config";
import { patienceMs } from "./test/support/patience.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/support/memory-folder.ts",
    // Limits for what hangs: no verdict depends on the speed of the machine (test/support/README.md).
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: patienceMs } },
    // By default one core is kept for the watcher, which leaves one of two.
    maxWorkers: 2,
    // Each file closes what it opens; a worker that goes on to the next one has compiled the program and read the policies already.
    isolate: false,
  },
});
