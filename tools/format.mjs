#!/usr/bin/env node
// `npm run format [FILE...]`: formats the given files, or all, as `npm run check` wants them.
import { cppFiles, prettierFiles } from "./lib/files.mjs";
import { bin, run } from "./lib/process.mjs";

const asked = process.argv.slice(2);
const wanted = (files) => (asked.length ? files.filter((file) => asked.includes(file)) : files);
const cpp = wanted(cppFiles());
const other = wanted(prettierFiles());
if (cpp.length) run("clang-format", ["-i", ...cpp]);
if (other.length) run(bin("prettier"), ["--write", "--log-level=warn", ...other]);
