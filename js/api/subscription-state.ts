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
  Initial = "Initial",
  NotifyWait = "NotifyWait",
  Subscribed = "Subscribed",
  Terminated = "Terminated"
}
