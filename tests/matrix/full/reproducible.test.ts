import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, inject, it } from "vitest";
import { pack, root, run } from "../support/package.js";

/** A clone of the tree in a folder that nothing else knows of. */
function clone(name: string): string {
  const folder = join(inject("folder"), "clones", name);
  mkdirSync(dirname(folder), { recursive: true });
  run("git", ["clone", "--quiet", root, folder], root);
  return folder;
}

/** Builds all of a clone, and packs it. */
function packed(folder: string): Buffer {
  mkdirSync(join(folder, "build"));
  for (const path of ["node_modules", "build/abseil"]) {
    symlinkSync(join(root, path), join(folder, path));
  }
  run(process.execPath, ["tools/build.mjs", "--no-setup"], folder, { CCACHE_DISABLE: "1" });
  return readFileSync(pack(join(folder, "build"), folder));
}

it("packs to the same octets from two clones, each built from its sources", () => {
  const [first, second] = ["one", "another/deeper"].map(clone).map(packed);
  expect(first!.equals(second!)).toBe(true);
}, 1_800_000);
