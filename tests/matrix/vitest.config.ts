import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["fast/*.test.{ts,mjs}"],
    globalSetup: ["./support/set-up.ts"],
    // Each is mostly another program that runs.
    fileParallelism: true,
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000
  }
});
