import type { URI } from "../../grammar/uri.js";
import type { LoggerFactory } from "../log/logger-factory.js";
import type { DigestAuthentication } from "../messages/digest-authentication.js";
import type { Transport } from "../transport.js";

/** Where the user agent can be reached (RFC 3261 section 8.1.1.8). */
export interface Contact {
  /** The public GRUU (RFC 5627) that the registrar gave, if it did. */
  pubGruu: URI | undefined;
  /** The temporary GRUU that the registrar gave, if it did. */
  tempGruu: URI | undefined;
  /** The contact URI. */
  uri: URI;
  /**
   * The value of Contact.
   * @param options - `anonymous`: with nothing of the user in it. `outbound`: with the "ob" parameter
   * of RFC 5626, for a request that makes a dialog. `register`: for a REGISTER.
   */
  toString: (options?: { anonymous?: boolean; outbound?: boolean; register?: boolean }) => string;
}

/**
 * Configuration of a `UserAgentCore`. It is read anew whenever a message is to be sent: what is
 * changed holds from then on.
 */
export interface UserAgentCoreConfiguration {
  /** The address of record. */
  aor: URI;
  /** Where it can be reached. */
  contact: Contact;
  /**
   * Types of bodies that are understood, the value of Accept. An INVITE with another one is answered
   * 415, and one that accepts none of them 406 (RFC 3261 section 8.2.3), unless "*\/*" is among them.
   * Default "application/sdp", "application/dtmf-relay".
   */
  acceptedContentTypes?: Array<string>;
  /** The display name in From, "" for none. */
  displayName: string;
  /** Where log lines go. */
  loggerFactory: LoggerFactory;
  /** How many octets a message that comes in may have; more gets 513. Default 256 KiB. */
  maxMessageSize?: number;
  /** How much `UserAgent.trace()` goes back, see `UserAgentOptions`. Default 300. */
  traceSize?: number;
  /** Whether Via claims TCP, whatever the transport. */
  hackViaTcp: boolean;
  /** The preloaded route set (RFC 3261 section 8.1.1.1). */
  routeSet: Array<string>;
  /** How Call-IDs begin. */
  sipjsId: string;
  /** Option tags of Supported. */
  supportedOptionTags: Array<string>;
  /** Option tags of Supported in responses. */
  supportedOptionTagsResponse: Array<string>;
  /** The value of User-Agent, undefined for none. */
  userAgentHeaderFieldValue: string | undefined;
  /** Whether Via asks for the source port (RFC 3581). */
  viaForceRport: boolean;
  /** The sent-by of Via. RFC 7118 section 5 wants a random host in the domain "invalid". */
  viaHost: string;
  /** The credentials to answer challenges with, undefined for none. */
  authenticationFactory(): DigestAuthentication | undefined;
  /** The transport, undefined if there is none yet. */
  transportAccessor(): Transport | undefined;
}
