import type { SessionDescriptionHandlerOptions as SessionDescriptionHandlerOptionsDefinition } from "../../../api/session-description-handler.js";

/** Options of the methods of {@link SessionDescriptionHandler}. */
export interface SessionDescriptionHandlerOptions extends SessionDescriptionHandlerOptionsDefinition {
  /** Options of `createAnswer()`. */
  answerOptions?: RTCAnswerOptions;

  /**
   * The local media wanted. Media once provided stays until the end of the session: leaving out or
   * refusing audio or video later does not remove it. Audio only if nothing was ever asked for; if
   * audio and video are both false there are no tracks.
   */
  constraints?: MediaStreamConstraints;

  /** If true, the first local offer includes a data channel. */
  dataChannel?: boolean;

  /** Label of the data channel. Empty by default. */
  dataChannelLabel?: string;

  /** Options of the data channel. */
  dataChannelOptions?: RTCDataChannelInit;

  /** If true, the offer or answer puts the peer on hold (RFC 3264 section 8.4). */
  hold?: boolean;

  /**
   * The maximum time to wait for ICE gathering to complete, in milliseconds. No limit if zero, that
   * of the handler's configuration if undefined.
   */
  iceGatheringTimeout?: number;

  /** Options of `createOffer()`. */
  offerOptions?: RTCOfferOptions;

  /** Called once there is a data channel, local or remote. */
  onDataChannel?: (dataChannel: RTCDataChannel) => void;
}
