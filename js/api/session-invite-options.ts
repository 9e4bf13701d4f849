import type { OutgoingRequestDelegate, RequestOptions } from "../core/messages/outgoing-request.js";
import type {
  SessionDescriptionHandlerModifier,
  SessionDescriptionHandlerOptions
} from "./session-description-handler.js";

/** Options of `Session.invite()`. */
export interface SessionInviteOptions {
  /** Told of the responses. */
  requestDelegate?: OutgoingRequestDelegate;
  /** Parts of the request. */
  requestOptions?: RequestOptions;
  /** Modifiers for this and later re-INVITEs. */
  sessionDescriptionHandlerModifiers?: Array<SessionDescriptionHandlerModifier>;
  /** Options of the session description handler for this and later re-INVITEs. */
  sessionDescriptionHandlerOptions?: SessionDescriptionHandlerOptions;
  /** If true, the re-INVITE asks the peer for an offer instead of making one. Default false. */
  withoutSdp?: boolean;
}
