import type { URI } from "../grammar/uri.js";
import type {
  SessionDescriptionHandlerModifier,
  SessionDescriptionHandlerOptions
} from "./session-description-handler.js";
import type { SessionOptions } from "./session-options.js";

/** Options of an `Inviter`. */
export interface InviterOptions extends SessionOptions {
  /** If true, the caller stays anonymous (RFC 3323, RFC 3325). Default false. */
  anonymous?: boolean;
  /**
   * If true, an answer in a provisional response is applied at once. The INVITE must not fork then: a
   * 2xx from somebody else ends the call. Without effect if `inviteWithoutSdp` is true. Default false.
   */
  earlyMedia?: boolean;
  /** Further header fields of the INVITE: `"Name: value"`. */
  extraHeaders?: Array<string>;
  /** If true, the INVITE asks the peer for an offer instead of making one. Default false. */
  inviteWithoutSdp?: boolean;
  /** Other names and addresses than those of the user agent and the target. */
  params?: {
    /** The display name in From. Default: the user agent's. */
    fromDisplayName?: string;
    /** The tag of From. Default: random. */
    fromTag?: string;
    /** The address in From. Default: the user agent's. */
    fromUri?: string | URI;
    /** The display name in To. Default: none. */
    toDisplayName?: string;
    /** The address in To. Default: where the request is sent to. */
    toUri?: string | URI;
  };
  /** The body of an INVITE that asks the peer for an offer. Default: none. */
  renderbody?: string;
  /** The type of `renderbody`. Default "text/plain". */
  rendertype?: string;
  /** Modifiers for the INVITE. */
  sessionDescriptionHandlerModifiers?: Array<SessionDescriptionHandlerModifier>;
  /** Options of the session description handler for the INVITE. */
  sessionDescriptionHandlerOptions?: SessionDescriptionHandlerOptions;
  /** Modifiers for re-INVITEs. */
  sessionDescriptionHandlerModifiersReInvite?: Array<SessionDescriptionHandlerModifier>;
  /** Options of the session description handler for re-INVITEs. */
  sessionDescriptionHandlerOptionsReInvite?: SessionDescriptionHandlerOptions;
}
