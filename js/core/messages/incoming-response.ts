import type { IncomingResponseMessage } from "./incoming-response-message.js";

/** A response from a remote server to a local client (RFC 3261 section 7.2). */
export interface IncomingResponse {
  /** The message that came in. */
  readonly message: IncomingResponseMessage;
}
