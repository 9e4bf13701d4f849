/** The files of the demo page over HTTP, and what the page needs to know, at /config.json. */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { extname } from "node:path";
import type { Account } from "./digest.js";

/** What the page is told. Served to the page only: it may hold a password. */
export interface PageConfig {
  /** True if the SIP server is this one; the page then connects to where it came from. */
  embedded: boolean;
  /** WebSocket URL of the SIP server, if it is not this one. */
  server?: string;
  realm?: string;
  /** Prefilled user and password. */
  user?: string;
  password?: string;
  /** Users of the embedded server, for signing in by one click. */
  accounts?: Account[];
}

/** The content of each file by its path, for example "/index.html". */
export type PageFiles = ReadonlyMap<string, string | Uint8Array>;

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".map": "application/json"
};

// The strict policy also shows that the library needs no more than this.
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ws: wss:; " +
  "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Answers HTTP requests for the page. */
export function serveFiles(options: {
  host: string;
  files?: PageFiles;
  page?: PageConfig;
}): RequestListener {
  return (request, response) => {
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-store");
    if (!isOwnName(request, options.host)) return send(response, 403, "Unknown host name\n");
    if (request.method !== "GET" && request.method !== "HEAD") {
      return send(response, 405, "Method not allowed\n");
    }
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (path === "/config.json") {
      response.setHeader("Content-Type", "application/json");
      return send(response, 200, JSON.stringify(options.page ?? { embedded: true }));
    }
    const name = path === "/" ? "/index.html" : path;
    const content = options.files?.get(name);
    if (content === undefined) return send(response, 404, "Not found\n");
    response.setHeader("Content-Type", types[extname(name)] ?? "application/octet-stream");
    send(response, 200, content);
  };
}

// A page elsewhere whose name is made to resolve to this machine must not read the configuration.
function isOwnName(request: IncomingMessage, host: string): boolean {
  const name = (request.headers.host ?? "").replace(/:\d+$/, "");
  const isAddress = /^[\d.]+$|^\[[\da-f:.]+\]$/i.test(name);
  return isAddress || name === "localhost" || name === host;
}

function send(response: ServerResponse, status: number, content: string | Uint8Array): void {
  response.statusCode = status;
  response.setHeader("Content-Length", Buffer.byteLength(content));
  response.end(response.req.method === "HEAD" ? undefined : content);
}
