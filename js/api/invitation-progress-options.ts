import type {
  SessionDescriptionHandlerModifier,
  SessionDescriptionHandlerOptions
} from "./session-description-handler.js";

/** Options of `Invitation.progress()`. */
export interface InvitationProgressOptions {
  /** The body of the response: of type application/sdp, or of the type that is given with it. */
  body?: string | { body: string; contentType: string };
  /** Further header fields of the response: `"Name: value"`. */
  extraHeaders?: Array<string>;
  /** Modifiers for the INVITE. */
  sessionDescriptionHandlerModifiers?: Array<SessionDescriptionHandlerModifier>;
  /** Options of the session description handler for the INVITE. */
  sessionDescriptionHandlerOptions?: SessionDescriptionHandlerOptions;
  /** From 100 to 199. A 183 without a body gets a session description. Default 180. */
  statusCode?: number;
  /** Default: the one that is registered for the status code. */
  reasonPhrase?: string;
  /**
   * Whether the response is sent reliably (RFC 3262), if the caller supports that. If the caller
   * requires it, every response but 100 is. Default: as `sipExtension100rel` of the user agent.
   */
  rel100?: boolean;
}
