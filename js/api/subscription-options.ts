import type { SubscriptionDelegate } from "./subscription-delegate.js";

/** Options of a `Subscription`. */
export interface SubscriptionOptions {
  /** Told what happens to the subscription. Default: nobody. */
  delegate?: SubscriptionDelegate;
}
