import type { OutgoingRequestDelegate, RequestOptions } from "../core/messages/outgoing-request.js";

/** Options of `Registerer.register()`. */
export interface RegistererRegisterOptions {
  /** Told of the responses. */
  requestDelegate?: OutgoingRequestDelegate;
  /** Further header fields of the request, in the place of those of the registerer. */
  requestOptions?: RequestOptions;
}
