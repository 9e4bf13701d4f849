/**
 * State of a `Subscription`.
 *
 * ```txt
 *                    _______________________________________
 * Subscription      |                                       v
 * Constructed -> Initial -> NotifyWait -> Subscribed -> Terminated
 *                              |____________________________^
 * ```
 */
export enum SubscriptionState {
  /** Nothing was sent yet. */
  Initial = "Initial",
  /** The SUBSCRIBE is under way; the first NOTIFY has not come. */
  NotifyWait = "NotifyWait",
  /** A NOTIFY has come; the subscription is refreshed in time. */
  Subscribed = "Subscribed",
  /** It is over: unsubscribed, ended by the notifier, refused, or disposed of. */
  Terminated = "Terminated"
}
