import type { Session } from "../../session/session.js";
import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type {
  OutgoingRequest,
  OutgoingRequestDelegate,
  RequestOptions
} from "../outgoing-request.js";
import type { OutgoingResponse, ResponseOptions } from "../outgoing-response.js";
import type { OutgoingAckRequest } from "./ack.js";
import type { OutgoingPrackRequest } from "./prack.js";

/** An INVITE that came in. */
export interface IncomingInviteRequest extends IncomingRequest {
  /**
   * Sends a 2xx response. It is sent again until the ACK comes.
   * @param options - Its parts. Default: 200.
   * @returns The response and the session that it confirms.
   */
  accept(options?: ResponseOptions): OutgoingResponseWithSession;

  /**
   * Sends a 1xx response other than 100.
   * @param options - Its parts. Default: 180.
   * @returns The response and the early session.
   */
  progress(options?: ResponseOptions): OutgoingResponseWithSession;
}

/** A response to an INVITE, and its {@link Session}. */
export interface OutgoingResponseWithSession extends OutgoingResponse {
  /** The session: early, or confirmed. */
  readonly session: Session;
}

/** An INVITE on its way out. */
export interface OutgoingInviteRequest extends OutgoingRequest {
  /** Told of the responses. */
  delegate?: OutgoingInviteRequestDelegate;
}

/** Told of the responses to an {@link OutgoingInviteRequest}. */
export interface OutgoingInviteRequestDelegate extends OutgoingRequestDelegate {
  /**
   * A 2xx response. If the INVITE forked there may be several, each in a dialog of its own.
   * @param response - The response, to be acknowledged, and its session.
   */
  onAccept?(response: AckableIncomingResponseWithSession): void;

  /**
   * A 1xx response other than 100.
   * @param response - The response and its early session.
   */
  onProgress?(response: PrackableIncomingResponseWithSession): void;
}

/** A 1xx response to an INVITE. */
export interface PrackableIncomingResponseWithSession extends IncomingResponse {
  /** The session. Undefined if the response has no To tag and so makes no dialog. */
  readonly session: Session;

  /**
   * Acknowledges the response, if it is reliable (RFC 3262 section 4).
   * @param options - Parts of the PRACK, in particular the answer to an offer in the response.
   */
  prack(options?: RequestOptions): OutgoingPrackRequest;
}

/** A 2xx response to an INVITE. */
export interface AckableIncomingResponseWithSession extends IncomingResponse {
  /** The session that the response confirms. */
  readonly session: Session;

  /**
   * Acknowledges the response. The ACK is sent again whenever the response comes again.
   * @param options - Parts of the ACK, in particular the answer to an offer in the response.
   */
  ack(options?: RequestOptions): OutgoingAckRequest;
}
