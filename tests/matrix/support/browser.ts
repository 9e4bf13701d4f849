import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import { startServer, type RunningServer, type SipOptions } from "../../../tools/server/server.js";

/** The system's Chromium: the browser that Playwright would download is not used. */
const executablePath = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser"
].find((path) => path !== undefined && path !== "" && existsSync(path));

/** A browser with a microphone that beeps and a user who lets everybody use it. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--allow-loopback-in-peer-connection"
    ]
  });
}

/** Runs `body` with the address of a SIP server of its own. */
export async function withServer<T>(
  body: (server: string) => Promise<T>,
  sip: SipOptions = {}
): Promise<T> {
  let server: RunningServer | undefined;
  try {
    server = await startServer({ sip });
    return await body(`ws://127.0.0.1:${server.port}/sip`);
  } finally {
    await server?.close();
  }
}

/**
 * Opens a page that is told the SIP server in its query, and waits for what it leaves in
 * `window.outcome`: the result of `phone.js`, or why there is none.
 */
export function outcomeIn(browser: Browser, address: string, sip?: SipOptions): Promise<unknown> {
  return withServer(async (server) => {
    const page = await browser.newPage();
    try {
      const said = listen(page);
      const url = new URL(address);
      url.searchParams.set("server", server);
      await page.goto(url.href);
      const settled = () => Reflect.get(window, "outcome") as unknown;
      const handle = await page
        .waitForFunction(settled, undefined, { timeout: 60_000 })
        .catch(() => {
          throw new Error(`the page left no outcome; it said:\n${said.join("\n")}`);
        });
      return await handle.jsonValue();
    } finally {
      await page.close();
    }
  }, sip);
}

function listen(page: Page): string[] {
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("requestfailed", (request) => said.push(`failed: ${request.url()}`));
  return said;
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css",
  ".json": "application/json"
};

/** The files of a folder over HTTP. */
export class Files {
  private constructor(private readonly server: Server) {}

  /** Serves a folder at a free port, with `headers` on each answer. */
  static async of(folder: string, headers: Record<string, string> = {}): Promise<Files> {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      const type = types[extname(file)];
      if (type === undefined || !existsSync(file)) return response.writeHead(404).end();
      response.setHeader("Content-Type", type);
      return response.end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Files(server);
  }

  /** The address of a file. */
  url(path = ""): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/${path}`;
  }

  /** Stops serving. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
