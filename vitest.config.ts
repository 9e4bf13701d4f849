import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/js/**/*.test.{ts,mjs}"],
    environment: "node",
    restoreMocks: true,
    unstubGlobals: true
  }
});
