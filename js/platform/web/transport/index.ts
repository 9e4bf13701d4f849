/** The transport of a web browser: SIP over WebSocket (RFC 7118). */
export * from "./transport-options.js";
export * from "./transport.js";
