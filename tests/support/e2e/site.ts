import { createServer, type Server } from "node:http";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const pages = ["phone", "overview"];

/** The example application of SIP.js's, built with either package. */
export type Example = "example_sipjs" | "example_sipwasm";

/** The pages of the site. */
export type PageName = "phone" | "overview" | Example;

/** True when the suite runs against SIP.js instead of this package, to compare the two. */
export const standsIn = process.env["SIPWASM_STANDIN"] === "1";

/** Serves the pages over http://localhost, which browsers take for a secure context. */
export class Site {
  private constructor(private readonly server: Server) {}

  /** Bundles the pages and serves them at a free port. */
  static async open(): Promise<Site> {
    const scripts = await bundle();
    const server = createServer((request, response) => {
      const name = /^\/(\w+)(\.js)?$/.exec(request.url ?? "");
      const script = scripts.get(name?.[1] ?? "");
      if (script === undefined) {
        response.writeHead(404).end();
      } else if (name?.[2] === undefined) {
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.end(
          `<!doctype html><title>${name?.[1]}</title><script src="/${name?.[1]}.js"></script>`
        );
      } else {
        response.setHeader("Content-Type", "text/javascript; charset=utf-8");
        response.end(script);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Site(server);
  }

  /** The address of a page. */
  url(page: PageName): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/${page}`;
  }

  /** Stops serving. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function bundle(): Promise<Map<string, string>> {
  const example = "tests/e2e/page/example/main.ts";
  // What `npm i sip.js@npm:sipwasm` makes of an application's imports.
  const ours = standsIn ? {} : { "sip.js": root.replace(/\/$/, "") };
  const bundles = await Promise.all([
    ...pages.map((name) => script(name, `tests/e2e/page/${name}.ts`, { sipwasm: packageEntry() })),
    script("example_sipjs", example, {}),
    script("example_sipwasm", example, ours)
  ]);
  return new Map(bundles);
}

async function script(
  name: string,
  entry: string,
  alias: Record<string, string>
): Promise<[string, string]> {
  const result = await build({
    entryPoints: [root + entry],
    alias,
    // Not the types' own, whose paths esbuild would follow.
    tsconfigRaw: {},
    bundle: true,
    format: "iife",
    keepNames: true,
    target: "es2022",
    write: false,
    logLevel: "error"
  });
  return [name, result.outputFiles[0]!.text];
}

function packageEntry(): string {
  const entry = `${root}${standsIn ? "node_modules/sip.js/" : ""}lib/index.js`;
  if (!existsSync(entry)) throw new Error(`${entry} is missing: npm run build makes it`);
  return entry;
}
