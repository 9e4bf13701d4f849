import type { TransportOptions } from "./transport-options.js";

const CHECKS =
  "Check that the server is reachable from this page, the path of the URL, the certificate of a wss " +
  'server, and that it speaks SIP (sub-protocol "sip").';

/**
 * The options with their defaults.
 * @throws Error if the server is not the URL of a WebSocket server.
 */
export function completeOptions(
  options: Partial<TransportOptions> = {}
): Required<TransportOptions> {
  const { server = "" } = options;
  checkServer(server);
  return {
    server,
    connectionTimeout: options.connectionTimeout ?? 5,
    keepAliveInterval: options.keepAliveInterval ?? 0,
    keepAliveDebounce: options.keepAliveDebounce ?? 10,
    traceSip: options.traceSip ?? true,
    traceCredentials: options.traceCredentials ?? false
  };
}

function checkServer(server: string): void {
  const hint = `"${server}"; expected a URL such as "wss://sip.example.com/ws".`;
  let url: URL | undefined;
  try {
    url = new URL(server);
  } catch {
    // Told below.
  }
  if (url && !/^wss?:$/.test(url.protocol)) {
    throw new Error(`Invalid scheme in WebSocket Server URL ${hint}`);
  }
  // RFC 6455 section 3: "Fragment identifiers are meaningless in the context of WebSocket URIs and
  // MUST NOT be used on these URIs."
  if (!url?.hostname || url.hash || url.username || url.password) {
    throw new Error(`Invalid WebSocket Server URL ${hint}`);
  }
}

/**
 * What to tell of a WebSocket that closed. The browser hides from a page why a connection failed,
 * so the error says what was tried and what may be wrong.
 */
export function closedError(
  server: string,
  event: { code: number; reason?: string },
  opening: { failed: boolean; timeout?: number }
): Error {
  let message = `WebSocket closed ${server} (code: ${event.code})`;
  if (event.reason) {
    message += `: ${event.reason}`;
  }
  if (opening.failed) {
    const limit = opening.timeout === undefined ? "" : ` within ${opening.timeout} seconds`;
    message += `. The connection did not open${limit}. ${CHECKS}`;
  }
  return new Error(message);
}

/** The server has opened the WebSocket for something else than SIP. */
export function subProtocolError(server: string, protocol: string): Error {
  const agreed = protocol === "" ? "no sub-protocol" : `the sub-protocol "${protocol}"`;
  return new Error(`WebSocket server ${server} agreed to ${agreed} instead of "sip". ` + CHECKS);
}
