import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // By default one core is kept for the watcher, which leaves one of two.
    maxWorkers: 2,
  },
});
