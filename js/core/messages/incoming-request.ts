import type { URI } from "../../grammar/uri.js";
import type { TransportError } from "../exceptions/transport-error.js";
import type { IncomingRequestMessage } from "./incoming-request-message.js";
import type { OutgoingResponse, ResponseOptions } from "./outgoing-response.js";

/**
 * A request from a remote client to a local server (RFC 3261 section 7.1), to be answered.
 *
 * @remarks
 * Each of the methods throws a `TypeError` for a status code of another class and a
 * `TransactionStateError` if the request has had its final response.
 */
export interface IncomingRequest {
  /** Told what happens to the request. */
  delegate?: IncomingRequestDelegate;

  /** The message that came in. */
  readonly message: IncomingRequestMessage;

  /**
   * Sends a 2xx response.
   * @param options - Its parts. Default: 200.
   */
  accept(options?: ResponseOptions): OutgoingResponse;

  /**
   * Sends a 1xx response other than 100. Only an INVITE may be answered like that (RFC 4320).
   * @param options - Its parts. Default: 180.
   */
  progress(options?: ResponseOptions): OutgoingResponse;

  /**
   * Sends a 3xx response.
   * @param contacts - Where to try instead.
   * @param options - Its parts. Default: 302.
   */
  redirect(contacts: Array<URI>, options?: ResponseOptions): OutgoingResponse;

  /**
   * Sends a 4xx, 5xx or 6xx response.
   * @param options - Its parts. Default: 480.
   */
  reject(options?: ResponseOptions): OutgoingResponse;

  /**
   * Sends a 100 response.
   * @param options - Its parts. Default: 100.
   */
  trying(options?: ResponseOptions): OutgoingResponse;
}

/** Told what happens to an {@link IncomingRequest}. */
export interface IncomingRequestDelegate {
  /**
   * The INVITE was cancelled (RFC 3261 section 9.2). CANCEL and INVITE have been answered by then.
   * @param message - The CANCEL.
   */
  onCancel?(message: IncomingRequestMessage): void;

  /**
   * A response could not be sent.
   * @param error - Why.
   */
  onTransportError?(error: TransportError): void;
}
