import type { URI } from "../../grammar/uri.js";
import type { Body } from "../messages/body.js";
import type { OutgoingByeRequest } from "../messages/methods/bye.js";
import type { OutgoingInfoRequest } from "../messages/methods/info.js";
import type {
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate
} from "../messages/methods/invite.js";
import type { OutgoingMessageRequest } from "../messages/methods/message.js";
import type { OutgoingNotifyRequest } from "../messages/methods/notify.js";
import type { OutgoingPrackRequest } from "../messages/methods/prack.js";
import type { OutgoingReferRequest } from "../messages/methods/refer.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../messages/outgoing-request.js";
import type { SessionDelegate } from "./session-delegate.js";

/**
 * A session made by an INVITE (RFC 3261 section 13). Every method that sends throws an `Error` if the
 * state of the session forbids the request, and a `TypeError` if a value cannot be sent.
 */
export interface Session {
  /** Told of the requests that come in within the session. */
  delegate: SessionDelegate | undefined;

  /** Call-ID, local tag and remote tag, one after the other. */
  readonly id: string;
  /** The Call-ID. */
  readonly callId: string;
  /** Our tag. */
  readonly localTag: string;
  /** Our address: From or To of the request that made it. */
  readonly localURI: URI;
  /** The peer's tag. */
  readonly remoteTag: string;
  /** Where requests to the peer are sent. */
  readonly remoteTarget: URI;
  /** The peer's address. */
  readonly remoteURI: URI;
  /** The state. */
  readonly sessionState: SessionState;
  /** Where the exchange of offers and answers stands. */
  readonly signalingState: SignalingState;
  /** The answer in force, undefined unless the signaling state is "Stable". */
  readonly answer: Body | undefined;
  /** The offer in force, undefined in the signaling states "Initial" and "Closed". */
  readonly offer: Body | undefined;

  /** Ends the session without a word to the peer. */
  dispose(): void;

  /**
   * Sends a BYE, which ends the session at once (RFC 3261 section 15).
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  bye(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingByeRequest;

  /**
   * Sends an INFO (RFC 6086).
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  info(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingInfoRequest;

  /**
   * Sends a re-INVITE (RFC 3261 section 14).
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  invite(delegate?: OutgoingInviteRequestDelegate, options?: RequestOptions): OutgoingInviteRequest;

  /**
   * Sends a MESSAGE (RFC 3428).
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  message(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingMessageRequest;

  /**
   * Sends a NOTIFY.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  notify(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingNotifyRequest;

  /**
   * Sends a PRACK (RFC 3262).
   * @param delegate - Told of the responses.
   * @param options - Parts of the request: with a RAck that says what is acknowledged.
   */
  prack(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingPrackRequest;

  /**
   * Sends a REFER (RFC 3515).
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  refer(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingReferRequest;
}

/** State of a {@link Session}. */
export enum SessionState {
  /** Nothing was answered yet. */
  Initial = "Initial",
  /** A provisional response was sent or came in. */
  Early = "Early",
  /** A 2xx was sent and its ACK has not come yet. */
  AckWait = "AckWait",
  /** A 2xx came in, or was acknowledged by the peer. */
  Confirmed = "Confirmed",
  /** It is over. */
  Terminated = "Terminated"
}

/**
 * Where the exchange of offers and answers stands.
 *
 * ```txt
 *         Offer                Answer             RFC    Ini Est Early
 *  -------------------------------------------------------------------
 *  1. INVITE Req.          2xx INVITE Resp.     RFC 3261  Y   Y    N
 *  2. 2xx INVITE Resp.     ACK Req.             RFC 3261  Y   Y    N
 *  3. INVITE Req.          1xx-rel INVITE Resp. RFC 3262  Y   Y    N
 *  4. 1xx-rel INVITE Resp. PRACK Req.           RFC 3262  Y   Y    N
 *  5. PRACK Req.           200 PRACK Resp.      RFC 3262  N   Y    Y
 *  6. UPDATE Req.          2xx UPDATE Resp.     RFC 3311  N   Y    Y
 *
 *       Table 1: Summary of SIP Usage of the Offer/Answer Model
 * ```
 * (RFC 6337 section 2.2.)
 */
export enum SignalingState {
  /** There was no offer yet. */
  Initial = "Initial",
  /** Our offer waits for its answer. */
  HaveLocalOffer = "HaveLocalOffer",
  /** The peer's offer waits for its answer. */
  HaveRemoteOffer = "HaveRemoteOffer",
  /** The last offer has its answer. */
  Stable = "Stable",
  /** The session is over. */
  Closed = "Closed"
}
