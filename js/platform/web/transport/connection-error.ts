import { given } from "../../../api/user-agent-configuration.js";
import type { TransportOptions } from "./transport-options.js";

const CHECKS =
  "Check that the server is reachable, the path of the URL, the certificate, and that it speaks SIP " +
  '(sub-protocol "sip").';

/** The options with their defaults. */
export function completeOptions(
  options: Partial<TransportOptions> = {}
): Required<TransportOptions> {
  return {
    server: "",
    connectionTimeout: 5,
    keepAliveInterval: 0,
    keepAliveDebounce: 10,
    traceSip: true,
    traceCredentials: false,
    ...given(options)
  };
}

/**
 * "WSS" or "WS", as it stands in a Via header field (RFC 7118 section 5.2).
 * @throws Error if the server is not the URL of a WebSocket server.
 */
export function protocolOf(server: string): string {
  let url: URL | undefined;
  try {
    url = new URL(server);
  } catch {
    // Told below.
  }
  if (url && !/^wss?:$/.test(url.protocol)) {
    throw new Error(`Invalid scheme in WebSocket Server URL "${server}"`);
  }
  // RFC 6455 section 3: "Fragment identifiers are meaningless in the context of WebSocket URIs and
  // MUST NOT be used on these URIs."
  if (!url?.hostname || url.hash || url.username || url.password) {
    throw new Error(`Invalid WebSocket Server URL "${server}"`);
  }
  return url.protocol.slice(0, -1).toUpperCase();
}

/**
 * What to tell of a WebSocket that closed.
 * @param server - Its URL.
 * @param event - What the browser tells.
 * @param failed - Whether it has not opened yet. The browser hides from a page why, so the error says
 * what may be wrong.
 */
export function closedError(server: string, event: CloseEvent, failed: boolean): Error {
  const reason = event.reason ? ": " + event.reason : "";
  const checks = failed ? ". " + CHECKS : "";
  return new Error(`WebSocket closed ${server} (code: ${event.code})${reason}${checks}`);
}

/** The server has opened the WebSocket for something else than SIP. */
export function subProtocolError(server: string, protocol: string): Error {
  return new Error(
    `WebSocket server ${server} agreed to "${protocol}" instead of "sip". ` + CHECKS
  );
}
