import type { Subscription } from "../../subscription/subscription.js";
import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest, OutgoingRequestDelegate } from "../outgoing-request.js";
import type { IncomingNotifyRequest } from "./notify.js";

/** A SUBSCRIBE that came in. */
export interface IncomingSubscribeRequest extends IncomingRequest {}

/** A response to a SUBSCRIBE. */
export interface IncomingSubscribeResponse extends IncomingResponse {}

/** A SUBSCRIBE on its way out. */
export interface OutgoingSubscribeRequest extends OutgoingRequest {
  /** Told of the responses, and of the NOTIFY that makes the subscription. */
  delegate?: OutgoingSubscribeRequestDelegate;

  /** Stops waiting for the NOTIFY that makes the subscription. */
  waitNotifyStop(): void;
}

/** Told of the responses to an {@link OutgoingSubscribeRequest}. */
export interface OutgoingSubscribeRequestDelegate extends OutgoingRequestDelegate {
  /**
   * The NOTIFY that makes the subscription. Only for a SUBSCRIBE outside of a dialog.
   * @param request - The NOTIFY and its subscription.
   */
  onNotify?(request: IncomingRequestWithSubscription): void;

  /** No such NOTIFY came in time (Timer N). Only for a SUBSCRIBE outside of a dialog. */
  onNotifyTimeout?(): void;
}

/** A NOTIFY that makes a {@link Subscription}. */
export interface IncomingRequestWithSubscription {
  /** The NOTIFY. */
  readonly request: IncomingNotifyRequest;

  /** The subscription, undefined if the NOTIFY has ended it at once. */
  readonly subscription?: Subscription;
}
