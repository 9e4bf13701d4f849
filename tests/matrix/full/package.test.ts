import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { application } from "../support/package.js";
import { runTool } from "../support/tools.js";

it("is clean for publint", () => {
  const folder = application("none", "publint");
  const said = runTool(
    "publint",
    ["run", join(folder, "node_modules/sipwasm"), "--strict"],
    folder
  );
  expect(said).toContain("All good!");
});

it("is clean for @arethetypeswrong/cli", () => {
  const said = runTool("attw", [inject("tarball"), "--no-emoji"], inject("folder"));
  expect(said).toContain("No problems found");
});
