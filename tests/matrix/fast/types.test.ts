import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { application, root, run } from "../support/package.js";

let folder: string;
let program: string;

beforeAll(() => {
  folder = application("types");
  program = readFileSync(join(folder, "program.ts.txt"), "utf8");
});

/** Compiles the program under the given names. Throws with what the compiler says. */
function compile(moduleResolution: string, module: string, files: string[]): void {
  const own = join(folder, moduleResolution);
  mkdirSync(own, { recursive: true });
  for (const file of files) writeFileSync(join(own, file), program);
  const compilerOptions = {
    module,
    moduleResolution,
    target: "es2022",
    lib: ["es2022", "dom"],
    types: [],
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    ...(moduleResolution === "node10" ? { ignoreDeprecations: "6.0" } : {})
  };
  writeFileSync(join(own, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  run(join(root, "node_modules/.bin/tsc"), ["-p", "."], own);
}

it.each([
  ["node10", "commonjs", ["main.ts"]],
  ["node16", "node16", ["main.mts", "main.cts"]],
  ["nodenext", "nodenext", ["main.mts", "main.cts"]],
  ["bundler", "esnext", ["main.ts"]]
])("has types for moduleResolution %s", (resolution, module, files) => {
  expect(() => compile(resolution, module, files)).not.toThrow();
});
