import type { RegistererOptions } from "../../../api/registerer-options.js";
import type { RegistererRegisterOptions } from "../../../api/registerer-register-options.js";
import type { Session } from "../../../api/session.js";
import type { UserAgentOptions } from "../../../api/user-agent-options.js";
import type { ManagedSessionFactory } from "./managed-session-factory.js";
import type { SessionManagerDelegate } from "./session-manager-delegate.js";

/** The media of calls. */
export interface SessionManagerMedia {
  /**
   * What is offered and answered. Default: audio alone. With neither audio nor video nothing is sent.
   */
  constraints?: SessionManagerMediaConstraints;
  /** Where local media is shown: for all calls, or asked for when a call is answered. */
  local?: SessionManagerMediaLocal | ((session: Session) => SessionManagerMediaLocal);
  /** Where remote media is played: for all calls, or asked for when a call is answered. */
  remote?: SessionManagerMediaRemote | ((session: Session) => SessionManagerMediaRemote);
}

/** What is sent and received. */
export interface SessionManagerMediaConstraints {
  /** Whether to send and receive audio. */
  audio: boolean;
  /** Whether to send and receive video. */
  video: boolean;
}

/** Where local media is shown. */
export interface SessionManagerMediaLocal {
  /** Gets the local stream, at volume 0. */
  video?: HTMLVideoElement;
}

/** Where remote media is played. */
export interface SessionManagerMediaRemote {
  /** Gets the remote stream if there is no element for video. */
  audio?: HTMLAudioElement;
  /** Gets the remote stream. */
  video?: HTMLVideoElement;
}

/** Options of `SessionManager`. One that is undefined has its default. */
export interface SessionManagerOptions {
  /**
   * The address of record. Default: that of `userAgentOptions`, else an anonymous one.
   */
  aor?: string;

  /** Whether to disconnect on the window's event "beforeunload". Default: true. */
  autoStop?: boolean;

  /** Told of sessions and of the connection. */
  delegate?: SessionManagerDelegate;

  /**
   * Whether to stop waiting for ICE candidates once one is server reflexive. Offers go out sooner,
   * and most likely without some of the candidates. Default: false.
   */
  iceStopWaitingOnServerReflexive?: boolean;

  /** Makes what is known of a session. Default: `defaultManagedSessionFactory()`. */
  managedSessionFactory?: ManagedSessionFactory;

  /**
   * With more sessions than this, further calls are declined and not made. No limit if 0.
   * Default: 2.
   */
  maxSimultaneousSessions?: number;

  /** The media of calls. */
  media?: SessionManagerMedia;

  /**
   * Seconds between an OPTIONS request and the final response to the one before. Without an answer,
   * with 408 or 503, the transport is disconnected and connected anew. Default: no such requests.
   */
  optionsPingInterval?: number;

  /** The address of these requests. Default: the host of `aor`. */
  optionsPingRequestURI?: string;

  /**
   * How often to try to connect anew after the connection is lost: once at once, then after
   * `reconnectionDelay`, and again when the browser says that it is online. Default: 3.
   */
  reconnectionAttempts?: number;

  /** Seconds between these attempts. Default: 4. */
  reconnectionDelay?: number;

  /** Whether to register anew after the registrar has refused. Default: false. */
  registrationRetry?: boolean;

  /** Seconds to wait before that, to which up to as many are added at random. Default: 3. */
  registrationRetryInterval?: number;

  /** Asked before each registration, which is not sent if it resolves true. */
  registerGuard?: (() => Promise<boolean>) | null;

  /** Options of the `Registerer`. */
  registererOptions?: RegistererOptions;

  /** Options of its `register()`, unless `register()` is given others. */
  registererRegisterOptions?: RegistererRegisterOptions;

  /** Whether DTMF is sent as RTP events (RFC 4733) instead of by INFO. Default: false. */
  sendDTMFUsingSessionDescriptionHandler?: boolean;

  /** Options of the `UserAgent`. Its delegate is the manager's. */
  userAgentOptions?: UserAgentOptions;
}
