/**
 * The embedded server: registrar and proxy over WebSocket (RFC 7118) and the files of the demo page,
 * on one port. For trying things out; it is not a product and keeps everything in memory.
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import type { Connection } from "./connection.js";
import { Digest, type Account, type Algorithm } from "./digest.js";
import { serveFiles, type PageConfig, type PageFiles } from "./pages.js";
import { Proxy, type ProxyOptions } from "./proxy.js";
import { Registrar, type RegistrarOptions } from "./registrar.js";

/** Path of the WebSocket; any other is answered with 404. */
export const socketPath = "/sip";

/** The users of the embedded server. Their passwords are printed: they protect nothing. */
export const demoAccounts: Account[] = [
  { user: "alice", name: "Alice", password: "wonderland" },
  { user: "bob", name: "Bob", password: "builder" },
  { user: "carol", name: "Carol", password: "christmas" },
  { user: "dave", name: "Dave", password: "lister" }
];

export interface SipOptions extends RegistrarOptions {
  /** Domain and realm. Default "phone.test". */
  realm?: string;
  /** Who may sign in. Default {@link demoAccounts}. */
  accounts?: Account[];
  /** Digest algorithms to offer, most preferred first. Default SHA-256, MD5. */
  algorithms?: Algorithm[];
  ringTimeout?: ProxyOptions["ringTimeout"];
  lingerTimeout?: ProxyOptions["lingerTimeout"];
}

export interface ServerOptions {
  /** Address to listen on. Default 127.0.0.1. */
  host?: string;
  /** Port to listen on; 0 takes a free one. Default 0. */
  port?: number;
  /** The page's files; none are served without them. */
  files?: PageFiles;
  /** What the page is told at /config.json. */
  page?: PageConfig;
  /** The SIP server, or false to serve the page only. */
  sip?: SipOptions | false;
  /** Told of every message that is not SIP and every error in handling one. */
  onProblem?: (problem: string) => void;
}

export interface RunningServer {
  readonly host: string;
  readonly port: number;
  /** Closes all sockets and stops listening. */
  close(): Promise<void>;
}

/** Starts to listen. Rejects with the error of `listen`, for example EADDRINUSE. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const host = options.host ?? "127.0.0.1";
  const http = createServer(serveFiles({ ...options, host }));
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(options.port ?? 0, host, resolve);
  });
  const { port } = http.address() as AddressInfo;
  const stopSip = options.sip === false ? () => {} : startSip(http, `${host}:${port}`, options);
  const close = async () => {
    stopSip();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  };
  return { host, port, close };
}

function startSip(http: Server, sentBy: string, options: ServerOptions): () => void {
  const sip = options.sip || {};
  const realm = sip.realm ?? "phone.test";
  const accounts = sip.accounts ?? demoAccounts;
  const isUser = (name: string) => accounts.some(({ user }) => user === name);
  const digest = new Digest(realm, accounts, sip.algorithms ?? ["SHA-256", "MD5"]);
  const registrar = new Registrar(digest, isUser, sip);
  const proxy = new Proxy(registrar, digest, isUser, { ...sip, realm, sentBy });
  // RFC 7118 section 4.1: "The WebSocket client MUST include the value "sip" in the
  // Sec-WebSocket-Protocol header in its handshake."
  const handleProtocols = (names: Set<string>) => (names.has("sip") ? "sip" : false);
  const sockets = new WebSocketServer({ noServer: true, handleProtocols, maxPayload: 65_536 });
  http.on("upgrade", (request, socket, head) => {
    const refusal = upgradeRefusal(request);
    if (refusal !== undefined) return refuse(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      serveSocket(ws, request, proxy, options.onProblem ?? (() => {}));
    });
  });
  return () => {
    proxy.stop();
    sockets.clients.forEach((ws) => ws.terminate());
    sockets.close();
  };
}

function upgradeRefusal(request: IncomingMessage): string | undefined {
  if (request.url?.split("?")[0] !== socketPath) return "404 Not Found";
  const protocols = (request.headers["sec-websocket-protocol"] ?? "").split(/\s*,\s*/);
  return protocols.includes("sip") ? undefined : "400 Sub-Protocol sip Required";
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function serveSocket(
  ws: WebSocket,
  request: IncomingMessage,
  proxy: Proxy,
  onProblem: (problem: string) => void
): void {
  const connection: Connection = {
    address: request.socket.remoteAddress ?? "127.0.0.1",
    get isOpen() {
      return ws.readyState === ws.OPEN;
    },
    send: (text) => {
      if (ws.readyState === ws.OPEN) ws.send(text);
    }
  };
  ws.on("message", (data: RawData) => {
    const text = data.toString();
    // RFC 5626 section 3.5.1: a double CRLF is a ping, a single one the pong.
    if (text === "\r\n\r\n") return connection.send("\r\n");
    if (text === "\r\n") return;
    try {
      if (!proxy.receive(text, connection)) onProblem(`not SIP: ${text.slice(0, 60)}`);
    } catch (error) {
      onProblem(`failed on: ${text.slice(0, 60)}: ${String(error)}`);
    }
  });
  ws.on("error", (error) => onProblem(String(error)));
  ws.on("close", () => proxy.drop(connection));
}
