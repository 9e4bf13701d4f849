import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/js/**/*.test.{ts,mjs}"],
    environment: "node",
    // Far above what any test takes on an idle machine, so that none fails on a busy one.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true
  }
});
