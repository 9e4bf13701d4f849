import { engine } from "../../engine/engine.js";
import type { Respond } from "../../engine/wire.js";
import { loneCore } from "../transactions/lone-core.js";
import type { Body } from "./body.js";
import type { IncomingRequestMessage } from "./incoming-request-message.js";
import { newTag, withBody } from "./utils.js";

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
  /** The tag of To. Default: that of the request, else a random one. */
  toTag?: string;
  /** The value of User-Agent. Default: that of the user agent. */
  userAgent?: string;
  /** The option tags of Supported. Default: those of the user agent. */
  supported?: Array<string>;
  /** Further header fields: `"Name: value"`. */
  extraHeaders?: Array<string>;
  /** The body. Default: none. */
  body?: Body;
}

/**
 * The response to a request, without sending it (RFC 3261 section 8.2.6).
 * @param message - The request.
 * @param options - The parts of the response. Without `toTag` To gets a random tag, unless it has one
 * or the status code is 100.
 * @throws TypeError for what is no status code, a request that is malformed, or a value that cannot
 * be sent.
 */
export function constructOutgoingResponse(
  message: IncomingRequestMessage,
  options: ResponseOptions
): OutgoingResponse {
  const { statusCode } = options;
  checkStatus(100, 699, statusCode);
  const { text } = engine().perform({
    ...responseFields(options, statusCode > 100 ? newTag() : ""),
    type: "formatResponse",
    core: loneCore(),
    bodyOfRequest: message._text()
  });
  return { message: text };
}

/**
 * The command that sends a response.
 * @param options - The parts of it.
 * @param toTag - The tag of To, if the parts name none.
 * @param server - The handle of the request's server.
 */
export function responseFields(options: ResponseOptions, toTag: string, server = 0): Respond {
  const { statusCode, reasonPhrase, userAgent, supported, extraHeaders = [] } = options;
  const headers = extraHeaders.map((header) => header.trim());
  if (supported) {
    headers.unshift("Supported: " + supported.join(", "));
  }
  if (userAgent) {
    headers.push("User-Agent: " + userAgent);
  }
  return withBody(
    {
      type: "respond",
      server,
      status: statusCode,
      reason: reasonPhrase ?? "",
      toTag: options.toTag || toTag,
      headers
    },
    options.body
  );
}

/**
 * @throws TypeError for a status code that is out of bounds.
 */
export function checkStatus(least: number, most: number, statusCode: number): void {
  if (!(statusCode >= least && statusCode <= most)) {
    throw new TypeError(`Invalid statusCode: ${statusCode}`);
  }
}
