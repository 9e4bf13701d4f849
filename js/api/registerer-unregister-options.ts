import type { OutgoingRequestDelegate, RequestOptions } from "../core/messages/outgoing-request.js";

/** Options of `Registerer.unregister()`. */
export interface RegistererUnregisterOptions {
  /** If true, every contact of the address of record is removed. Default false. */
  all?: boolean;
  /** Told of the responses. */
  requestDelegate?: OutgoingRequestDelegate;
  /** Further header fields of the request, in the place of those of the registerer. */
  requestOptions?: RequestOptions;
}
