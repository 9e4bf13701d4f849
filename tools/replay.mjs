#!/usr/bin/env node
// `npm run replay -- FILE`: runs a trace natively and prints its ladder; FILE is what
// `userAgent.trace()` gave, or one of tests/traces.
//   --texts        whole messages
//   --write FILE   keeps the session as it went now, in the form of tests/traces
// See tools/replay/main.cc and js/docs/debug-a-call.md.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { at, run } from "./lib/process.mjs";

/** Builds the program. Returns its path. */
export function buildReplay() {
  run("cmake", ["--preset", "native-debug"]);
  run("cmake", ["--build", "--preset", "native-debug", "--target", "sip_replay"]);
  return at("build/native-debug/sip_replay");
}

async function main() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { texts: { type: "boolean" }, write: { type: "string" } }
  });
  if (positionals.length !== 1) throw new Error("which trace? npm run replay -- FILE");
  const { setup } = await import("./setup.mjs");
  await setup("test");
  // npm has changed to the root of the tree.
  const path = (file) => resolve(process.env.INIT_CWD ?? ".", file);
  const args = [path(positionals[0])];
  if (values.texts) args.push("--texts");
  if (values.write) args.push("--write", path(values.write));
  process.exitCode = spawnSync(buildReplay(), args, { stdio: "inherit" }).status ?? 2;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error) => {
    console.error(`replay: ${error.message}`);
    process.exitCode = 2;
  });
}
