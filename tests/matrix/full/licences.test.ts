import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { root, run } from "../support/package.js";

/** The libraries that take part when a module is linked, by the linker's own account. */
function linked(target: string): string[] {
  const build = join(root, "build/wasm-release");
  const command = run("ninja", ["-t", "commands", target], build).trim().split("\n").at(-1)!;
  const elsewhere = join(inject("folder"), "linked.mjs");
  const traced = command.replace(/-o \S+/, `-o ${elsewhere} -Wl,--trace`);
  // Debian's emcc looks for its JavaScript packages where Debian's node does.
  const env = { NODE_PATH: "/usr/share/nodejs" };
  const said = run("sh", ["-c", `{ ${traced}; } 2>&1`], build, env);
  const libraries = said.match(/lib[\w+-]+\.a(?=\()/g) ?? [];
  return [...new Set(libraries.map((name) => name.replace(/(-[a-z]+)*\.a$/, "")))].sort();
}

it("lists the licence of every library that the modules have parts of, and of no other", () => {
  const listed = readFileSync(join(root, "wasm/THIRD-PARTY.md"), "utf8").match(
    /(?<=\| `)lib[^`]+/g
  );
  const targets = ["wasm/sip-wasm.mjs", "wasm/sip-wasm-decoder.wasm"];
  const found = new Set(targets.flatMap(linked));
  expect([...found].sort()).toEqual(["libsip", ...listed!].sort());
});
