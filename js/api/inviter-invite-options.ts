import type { OutgoingRequestDelegate, RequestOptions } from "../core/messages/outgoing-request.js";
import type {
  SessionDescriptionHandlerModifier,
  SessionDescriptionHandlerOptions
} from "./session-description-handler.js";

/** Options of `Inviter.invite()`. */
export interface InviterInviteOptions {
  /** Told of the responses. */
  requestDelegate?: OutgoingRequestDelegate;
  /** Further header fields of the INVITE. Its body is the session description. */
  requestOptions?: RequestOptions;
  /** Modifiers for the INVITE. */
  sessionDescriptionHandlerModifiers?: Array<SessionDescriptionHandlerModifier>;
  /** Options of the session description handler for the INVITE. */
  sessionDescriptionHandlerOptions?: SessionDescriptionHandlerOptions;
  /** If true, the INVITE asks the peer for an offer instead of making one. Default false. */
  withoutSdp?: boolean;
}
