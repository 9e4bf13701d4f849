import type { IncomingNotifyRequest } from "../messages/methods/notify.js";
import type { OutgoingSubscribeRequest } from "../messages/methods/subscribe.js";

/** Told what happens to a subscription. */
export interface SubscriptionDelegate {
  /**
   * A NOTIFY, but for the first one, which made the subscription (RFC 6665 section 4.1.3).
   * @param request - The NOTIFY.
   */
  onNotify?(request: IncomingNotifyRequest): void;

  /**
   * A SUBSCRIBE was sent that nobody asked for, as the subscription would have run out.
   * @param request - The SUBSCRIBE.
   */
  onRefresh?(request: OutgoingSubscribeRequest): void;

  /** The subscription is over, and no NOTIFY has said so (RFC 6665 section 4.4.1). */
  onTerminated?(): void;
}
