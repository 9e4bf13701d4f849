import type { OutgoingRequestDelegate, RequestOptions } from "../core/messages/outgoing-request.js";

/** Options of `Messager.message()`. */
export interface MessagerMessageOptions {
  /** Told of the responses. */
  requestDelegate?: OutgoingRequestDelegate;
  /** Further header fields of the request. */
  requestOptions?: RequestOptions;
}
