import { copyFileSync } from "node:fs";
import resolve from "@rollup/plugin-node-resolve";

/** Rollup leaves `new Worker(new URL(...))` alone: the worker is an entry of its own. */
export default {
  input: ["main.js", "worker.js"],
  output: { dir: "dist" },
  plugins: [
    resolve({ browser: true }),
    { writeBundle: () => copyFileSync("index.html", "dist/index.html") }
  ]
};
