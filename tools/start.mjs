/**
 * Runs the demo: bundles the page and the server with esbuild, then starts the server.
 * SIPWASM_STANDIN=1 puts SIP.js in the library's place, to compare the two.
 */
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const standIn = Boolean(process.env.SIPWASM_STANDIN);
const library = join(root, standIn ? "node_modules/sip.js" : "", "lib/index.js");
const out = join(root, "build", standIn ? "demo-standin" : "demo");
const page = join(out, "page");
const common = { bundle: true, format: "esm", target: "es2022", logLevel: "warning" };

await mkdir(page, { recursive: true });
await Promise.all([
  build({
    ...common,
    entryPoints: { main: join(root, "demo/main.ts"), style: join(root, "demo/style.css") },
    alias: { sipwasm: library },
    outdir: page,
    sourcemap: true
  }),
  build({
    ...common,
    entryPoints: [join(root, "tools/server/cli.ts")],
    platform: "node",
    external: ["ws", "commander"],
    outfile: join(out, "server.mjs")
  }),
  cp(join(root, "demo/index.html"), join(page, "index.html"))
]);

const { main } = await import(pathToFileURL(join(out, "server.mjs")).href);
await main(process.argv.slice(2), page);
