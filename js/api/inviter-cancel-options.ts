/** Options of `Inviter.cancel()`: why, for the Reason header field (RFC 3326). */
export interface InviterCancelOptions {
  /** Further header fields of the CANCEL: `"Name: value"`. */
  extraHeaders?: Array<string>;
  /** The text of Reason, if the status code has no registered one. */
  reasonPhrase?: string;
  /** The cause of Reason, from 200 to 699. Default: no Reason. */
  statusCode?: number;
}
