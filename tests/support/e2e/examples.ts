import { createServer, type Server } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("../../../", import.meta.url));

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8"
};

/** The examples that are pages. */
export type ExampleName = "vanilla" | "react" | "vue";

/** An example over http://localhost, as its users would have it. */
export class ExampleSite {
  private constructor(private readonly server: Server) {}

  /** Builds the example, if it has to be, and serves it at a free port. */
  static async open(name: ExampleName): Promise<ExampleSite> {
    const folder = name === "vanilla" ? join(root, "demo/examples/vanilla") : await built(name);
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      const file = pathname.startsWith("/node_modules/sipwasm/")
        ? join(root, pathname.slice("/node_modules/sipwasm/".length))
        : join(folder, pathname === "/" ? "index.html" : pathname);
      const type = types[extname(file)];
      if (type === undefined || !existsSync(file)) return response.writeHead(404).end();
      return response.setHeader("Content-Type", type).end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ExampleSite(server);
  }

  /** The address of the page. */
  url(query: Record<string, string>): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://localhost:${port}/?${new URLSearchParams(query)}`;
  }

  /** Stops serving. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Has Vite build an example as its `npm run build` does, with the package that lies here. */
async function built(name: ExampleName): Promise<string> {
  const outDir = join(root, "build/examples", `${name}-${process.pid}`);
  await build({
    root: join(root, "demo/examples", name),
    resolve: { alias: { sipwasm: join(root, "lib/index.js") } },
    build: { outDir, emptyOutDir: true },
    logLevel: "error"
  });
  return outDir;
}
