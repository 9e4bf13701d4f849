import type { Body } from "./body.js";

/** A response from a local server to a remote client (RFC 3261 section 7.2). */
export interface OutgoingResponse {
  /** The message as it was sent. */
  readonly message: string;
}

/** Parts of a response. */
export interface ResponseOptions {
  /** From 100 to 699. */
  statusCode: number;
  /** Default: the one that is registered for the status code. */
  reasonPhrase?: string;
  /** The value of User-Agent. Default: that of the user agent. */
  userAgent?: string;
  /** The option tags of Supported. Default: those of the user agent. */
  supported?: Array<string>;
  /** Further header fields: `"Name: value"`. */
  extraHeaders?: Array<string>;
  /** The body. Default: none. */
  body?: Body;
}
