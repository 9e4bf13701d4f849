/**
 * Runs the demo: bundles the page and the server with esbuild, then starts the server.
 * SIPWASM_STANDIN=1 puts SIP.js in the library's place, to compare the two.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const library = join(
  root,
  process.env.SIPWASM_STANDIN ? "node_modules/sip.js" : "",
  "lib/index.js"
);
const common = { bundle: true, format: "esm", target: "es2022", logLevel: "warning" };

if (!existsSync(library)) {
  console.error(`${library} is missing: npm run build makes it`);
  process.exit(1);
}
const { main } = await loadServer();
await main(process.argv.slice(2), await bundlePage());

/** The page's files, by path; they are kept in memory. */
async function bundlePage() {
  const { outputFiles } = await build({
    ...common,
    entryPoints: { main: join(root, "demo/main.ts"), style: join(root, "demo/style.css") },
    alias: { sipwasm: library },
    outdir: join(root, "build/demo"),
    sourcemap: true,
    write: false
  });
  const files = outputFiles.map(({ path, contents }) => [`/${basename(path)}`, contents]);
  return new Map([["/index.html", await readFile(join(root, "demo/index.html"))], ...files]);
}

/** Node does not read TypeScript: the server goes through a file of its own that is gone at once. */
async function loadServer() {
  const folder = join(root, "build/demo");
  const outfile = join(folder, `server-${process.pid}.mjs`);
  await mkdir(folder, { recursive: true });
  await build({
    ...common,
    entryPoints: [join(root, "tools/server/cli.ts")],
    platform: "node",
    external: ["ws", "commander"],
    outfile
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(outfile, { force: true });
  }
}
