import type { Body } from "./body.js";
import type { IncomingResponse } from "./incoming-response.js";
import type { OutgoingRequestMessage } from "./outgoing-request-message.js";

/** A request from a local client to a remote server (RFC 3261 section 7.1). */
export interface OutgoingRequest {
  /** Told of the responses. */
  delegate?: OutgoingRequestDelegate;

  /** The message. */
  readonly message: OutgoingRequestMessage;

  /** Ends the transaction: nothing is heard of the request any more. */
  dispose(): void;

  /**
   * Cancels an INVITE (RFC 3261 section 9.1). If there has been no response yet, the CANCEL waits
   * for one. A 2xx that was faster is delivered all the same.
   * @param reason - The value of Reason (RFC 3326).
   * @param options - Further header fields of the CANCEL.
   * @throws Error after a final response.
   */
  cancel(reason?: string, options?: RequestOptions): void;
}

/** Told of the responses to an {@link OutgoingRequest}. */
export interface OutgoingRequestDelegate {
  /**
   * A 2xx response.
   * @param response - The response.
   */
  onAccept?(response: IncomingResponse): void;

  /**
   * A 1xx response other than 100.
   * @param response - The response.
   */
  onProgress?(response: IncomingResponse): void;

  /**
   * A 3xx response.
   * @param response - The response.
   */
  onRedirect?(response: IncomingResponse): void;

  /**
   * A 4xx, 5xx or 6xx response, or none in time (408) or no connection (503).
   * @param response - The response. Where none came in, a local one stands for it.
   */
  onReject?(response: IncomingResponse): void;

  /**
   * A 100 response.
   * @param response - The response.
   */
  onTrying?(response: IncomingResponse): void;
}

/** Parts of a request. */
export interface RequestOptions {
  /** Further header fields: `"Name: value"`. */
  extraHeaders?: Array<string>;
  /** The body. Default: none. */
  body?: Body;
}
