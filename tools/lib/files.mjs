// The tree's own files: tracked ones and new ones that git does not ignore.
import { existsSync } from "node:fs";
import { at, run } from "./process.mjs";

/** Paths from the root that match `pattern`. */
export function ownFiles(pattern) {
  return run("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
    .split("\n")
    .filter((path) => pattern.test(path) && existsSync(at(path)));
}

export const cppFiles = () => ownFiles(/^(src|wasm|tests|tools)\/.*\.(cc|h)$/);
export const prettierFiles = () => ownFiles(/\.(ts|mts|mjs|js|json|html|css)$/);
export const lintFiles = () => ownFiles(/\.(ts|mts|mjs|js)$/);
