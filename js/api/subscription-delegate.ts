import type { Notification } from "./notification.js";

/** Told what happens to a `Subscription`. */
export interface SubscriptionDelegate {
  /**
   * A NOTIFY, which is to be answered. Default: 200.
   * @param notification - The notification.
   */
  onNotify(notification: Notification): void;
}
