import type { OutgoingRequestDelegate, RequestOptions } from "../core/messages/outgoing-request.js";

/** Options of `Session.message()`. */
export interface SessionMessageOptions {
  /** Told of the responses. */
  requestDelegate?: OutgoingRequestDelegate;
  /** Parts of the request. */
  requestOptions?: RequestOptions;
}
