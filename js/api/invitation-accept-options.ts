import type {
  SessionDescriptionHandlerModifier,
  SessionDescriptionHandlerOptions
} from "./session-description-handler.js";

/** Options of `Invitation.accept()`. */
export interface InvitationAcceptOptions {
  /** Further header fields of the response: `"Name: value"`. */
  extraHeaders?: Array<string>;
  /** Modifiers for the INVITE. */
  sessionDescriptionHandlerModifiers?: Array<SessionDescriptionHandlerModifier>;
  /** Options of the session description handler for the INVITE. */
  sessionDescriptionHandlerOptions?: SessionDescriptionHandlerOptions;
}
