import { defineConfig, mergeConfig } from "vitest/config";
import fast from "./vitest.config.js";

/** What `npm run test:matrix` runs: the fast subset, and the tools that `npm test` does without. */
export default mergeConfig(
  fast,
  defineConfig({ test: { include: ["full/*.test.ts"], globalSetup: ["./support/tools.ts"] } })
);
