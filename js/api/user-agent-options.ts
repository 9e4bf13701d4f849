import type { URI } from "../grammar/uri.js";
import type { Logger } from "../core/log/logger.js";
import type { SessionDescriptionHandlerFactory } from "./session-description-handler-factory.js";
import type { Transport } from "./transport.js";
import type { UserAgentDelegate } from "./user-agent-delegate.js";

/** The highest level that is printed, in the order "error", "warn", "log", "debug". */
export type LogLevel = "debug" | "log" | "warn" | "error";

/** Given every log line. */
export type LogConnector = (
  level: LogLevel,
  category: string,
  label: string | undefined,
  content: string
) => void;

/** How far an extension of SIP is used. */
export enum SIPExtension {
  /** It must be used. */
  Required = "Required",
  /** It is used if the peer asks for it. */
  Supported = "Supported",
  /** It is not used, and a peer that requires it is refused with 420. */
  Unsupported = "Unsupported"
}

/** Options of a `UserAgent`. */
export interface UserAgentOptions {
  /**
   * Types of bodies that are understood, the value of Accept. An INVITE with another one is answered
   * 415, and one that accepts none of them 406 (RFC 3261 section 8.2.3); with "*\/*" among them every
   * INVITE is passed on. SIP.js has no such option and passes on all. Default "application/sdp",
   * "application/dtmf-relay", and "*\/*" if there is a `sessionDescriptionHandlerFactory`.
   */
  acceptedContentTypes?: Array<string>;
  /** If true, a NOTIFY outside of any dialog is taken (RFC 6665 forbids it). Default false. */
  allowLegacyNotifications?: boolean;
  /** The digest of user name, realm and password, in the place of the password. Default "". */
  authorizationHa1?: string;
  /** The password for digest authentication. Default "". */
  authorizationPassword?: string;
  /** The user name for digest authentication. Default: the user part of `uri`. */
  authorizationUsername?: string;
  /** The user part of the contact URI. Default: random. */
  contactName?: string;
  /** The parameters of the contact URI. Default `{ transport: "ws" }`. */
  contactParams?: { [name: string]: string };
  /** Told of the connection and of what comes in. Default `{}`. */
  delegate?: UserAgentDelegate;
  /** The display name in From, without quotes around it. Default "": none. */
  displayName?: string;
  /** If true, Via asks for the source port (RFC 3581). Default false. */
  forceRport?: boolean;
  /**
   * If true, `stop()` ends sessions and registrations in order before it disconnects. If false, it
   * abandons them. Default true.
   */
  gracefulShutdown?: boolean;
  /** The host of Via and Contact: this one, or with true a random one of 192.0.2.0/24. Default false. */
  hackIpInContact?: boolean | string;
  /** If true, `sipExtensionExtraSupported` may name option tags that nobody registered. Default false. */
  hackAllowUnregisteredOptionTags?: boolean;
  /** If true, Via claims TCP, whatever the transport. Default false. */
  hackViaTcp?: boolean;
  /** The UUID that tells this device from others ("+sip.instance"). Default: random. */
  instanceId?: string;
  /** If true, every Contact has the "+sip.instance" parameter. Default false. */
  instanceIdAlwaysAdded?: boolean;
  /** If true, log lines go to the console. Default true. */
  logBuiltinEnabled?: boolean;
  /** If true, the configuration is logged, without the password. Default true. */
  logConfiguration?: boolean;
  /** A function given every log line, whatever the level. Default: none. */
  logConnector?: LogConnector;
  /** What goes to the console. Default "log". */
  logLevel?: LogLevel;
  /**
   * How many octets a message that comes in may have; a larger request is answered 513. SIP.js has no
   * such option. Default 262144, which is 256 KiB.
   */
  maxMessageSize?: number;
  /** Seconds after which an invitation that was not answered is rejected with 480. Default 60. */
  noAnswerTimeout?: number;
  /** Values of Route for requests outside of dialogs (RFC 3261 section 8.1.1.1). Default none. */
  preloadedRouteSet?: Array<string>;
  /**
   * How often to try to reconnect when the connection was lost. Default 0.
   * @deprecated Use `UserAgentDelegate.onDisconnect` and `UserAgent.reconnect()`.
   */
  reconnectionAttempts?: number;
  /**
   * Seconds between two attempts to reconnect. Default 4.
   * @deprecated Use `UserAgentDelegate.onDisconnect` and `UserAgent.reconnect()`.
   */
  reconnectionDelay?: number;
  /** If true, an invitation is answered with 180 before `onInvite` is called. Default true. */
  sendInitialProvisionalResponse?: boolean;
  /** Makes the session description handlers. Default: those of WebRTC. */
  sessionDescriptionHandlerFactory?: SessionDescriptionHandlerFactory;
  /** Given to the factory. Default `{}`. */
  sessionDescriptionHandlerFactoryOptions?: object;
  /**
   * Reliable provisional responses (RFC 3262). With "Supported" INVITEs say that we support them; with
   * "Required" they require them, and invitations are answered with them if the caller supports them.
   * Who calls and requires them gets them in any case. Default "Unsupported".
   */
  sipExtension100rel?: SIPExtension;
  /** The Replaces header field (RFC 3891), for attended transfer. Default "Unsupported". */
  sipExtensionReplaces?: SIPExtension;
  /** Further option tags of Supported. They must be registered with IANA. Default none. */
  sipExtensionExtraSupported?: Array<string>;
  /** How Call-IDs begin. Default: random. */
  sipjsId?: string;
  /** The class of the transport. Default: the one over WebSocket. */
  // The options are whatever the class takes.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  transportConstructor?: new (logger: Logger, options: any) => Transport;
  /**
   * How many commands and events `trace()` goes back; each 4096 characters of a long message count as
   * one more. The user agents of a page share what is kept, the largest of their numbers holds.
   * SIP.js has no such option. Default 300.
   */
  traceSize?: number;
  /** Given to the transport's constructor. Default `{}`. */
  transportOptions?: unknown;
  /** The address of record. Default: sip:anonymous.<random>@anonymous.invalid. */
  uri?: URI;
  /** The value of User-Agent. Default: name and version of this library. */
  userAgentString?: string;
  /** The sent-by of Via and the host of Contact. Default: random, in the domain "invalid". */
  viaHost?: string;
}

/** The option tags that are registered with IANA. */
export const UserAgentRegisteredOptionTags: { [option: string]: boolean } = Object.fromEntries(
  (
    "100rel 199 answermode early-session eventlist explicitsub from-change geolocation-http " +
    "geolocation-sip gin gruu histinfo ice join multiple-refer norefersub nosub outbound path " +
    "policy precondition pref privacy recipient-list-invite recipient-list-message " +
    "recipient-list-subscribe replaces resource-priority sdp-anat sec-agree tdialog timer uui"
  )
    .split(" ")
    .map((tag) => [tag, true])
);
