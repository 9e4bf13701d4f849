import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/js/**/*.test.ts", "tests/tools/**/*.test.ts"],
    environment: "node",
    restoreMocks: true,
    unstubGlobals: true
  }
});
