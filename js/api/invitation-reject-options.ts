/** Options of `Invitation.reject()`. */
export interface InvitationRejectOptions {
  /** The body of the response: of type application/sdp, or of the type that is given with it. */
  body?: string | { body: string; contentType: string };
  /** Further header fields of the response: `"Name: value"`. */
  extraHeaders?: Array<string>;
  /** From 300 to 699. Default 480. */
  statusCode?: number;
  /** Default: the one that is registered for the status code. */
  reasonPhrase?: string;
}
