import type { RegistererOptions } from "../../../api/registerer-options.js";
import type { UserAgentOptions } from "../../../api/user-agent-options.js";
import type { SimpleUserDelegate } from "./simple-user-delegate.js";

/** The media of the call. */
export interface SimpleUserMedia {
  /**
   * What is offered and answered. Default: audio alone. With neither audio nor video nothing is sent.
   */
  constraints?: SimpleUserMediaConstraints;
  /** Where local media is shown. */
  local?: SimpleUserMediaLocal;
  /** Where remote media is played. */
  remote?: SimpleUserMediaRemote;
}

/** What is sent and received. */
export interface SimpleUserMediaConstraints {
  /** Whether to send and receive audio. */
  audio: boolean;
  /** Whether to send and receive video. */
  video: boolean;
}

/** Where local media is shown. */
export interface SimpleUserMediaLocal {
  /** Gets the local stream, at volume 0. */
  video?: HTMLVideoElement;
}

/** Where remote media is played. */
export interface SimpleUserMediaRemote {
  /** Gets the remote stream if there is no element for video. */
  audio?: HTMLAudioElement;
  /** Gets the remote stream. */
  video?: HTMLVideoElement;
}

/** Options of `SimpleUser`. One that is undefined has its default. */
export interface SimpleUserOptions {
  /** The address of record. Default: that of `userAgentOptions`, else an anonymous one. */
  aor?: string;

  /** Told of the call and of the connection. */
  delegate?: SimpleUserDelegate;

  /** The media of the call. */
  media?: SimpleUserMedia;

  /**
   * How often to try to connect anew after the connection is lost: once at once, then after
   * `reconnectionDelay`, and again when the browser says that it is online. Default: 3.
   */
  reconnectionAttempts?: number;

  /** Seconds between these attempts. Default: 4. */
  reconnectionDelay?: number;

  /** Options of the `Registerer`. */
  registererOptions?: RegistererOptions;

  /** Whether DTMF is sent as RTP events (RFC 4733) instead of by INFO. Default: false. */
  sendDTMFUsingSessionDescriptionHandler?: boolean;

  /** Options of the `UserAgent`. Its delegate is the user's. */
  userAgentOptions?: UserAgentOptions;
}
