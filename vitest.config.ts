import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // By default one core is kept for the watcher, which leaves one of two.
    maxWorkers: 2,
    // Each file closes what it opens; a worker that goes on to the next one has compiled the program and read the policies already.
    isolate: false,
  },
});
