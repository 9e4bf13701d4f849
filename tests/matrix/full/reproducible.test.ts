import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, inject, it } from "vitest";
import { pack, root, run } from "../support/package.js";

/** Builds and packs a clone of the tree, all of it, in a folder that nothing else knows of. */
function packed(folder: string): Buffer {
  mkdirSync(dirname(folder), { recursive: true });
  run("git", ["clone", "--quiet", root, folder], root);
  mkdirSync(join(folder, "build"));
  for (const path of ["node_modules", "build/abseil"]) {
    symlinkSync(join(root, path), join(folder, path));
  }
  run(process.execPath, ["tools/build.mjs", "--no-setup"], folder, { CCACHE_DISABLE: "1" });
  return readFileSync(pack(join(folder, "build"), folder));
}

it("packs to the same octets from two clones, each built from its sources", () => {
  const copies = ["one", "another/deeper"].map((name) => join(inject("folder"), "clones", name));
  const [first, second] = copies.map(packed);
  expect(first!.equals(second!)).toBe(true);
}, 1_800_000);
