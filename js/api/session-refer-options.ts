import type { OutgoingRequestDelegate, RequestOptions } from "../core/messages/outgoing-request.js";
import type { Notification } from "./notification.js";

/** Options of `Session.refer()`. */
export interface SessionReferOptions {
  /**
   * Called with each NOTIFY that tells how the reference goes on, and must answer it. Default: the
   * session delegate's `onNotify`.
   */
  onNotify?: (notification: Notification) => void;
  /** Told of the responses. */
  requestDelegate?: OutgoingRequestDelegate;
  /** Parts of the request. */
  requestOptions?: RequestOptions;
}
