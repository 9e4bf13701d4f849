import type {
  OutgoingSubscribeRequest,
  OutgoingSubscribeRequestDelegate
} from "../messages/methods/subscribe.js";
import type { RequestOptions } from "../messages/outgoing-request.js";
import type { SubscriptionDelegate } from "./subscription-delegate.js";

/** A subscription to an event of a peer's (RFC 6665). */
export interface Subscription {
  /** Told what happens to the subscription. */
  delegate: SubscriptionDelegate | undefined;

  /** The id of its dialog. */
  readonly id: string;

  /** Seconds until it runs out. */
  readonly subscriptionExpires: number;

  /** The state. */
  readonly subscriptionState: SubscriptionState;

  /** Whether it is refreshed before it runs out. Default: false. */
  autoRefresh: boolean;

  /** Ends the subscription without a word to the peer. */
  dispose(): void;

  /**
   * Sends a SUBSCRIBE (RFC 6665 section 4.1.2.2).
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  subscribe(
    delegate?: OutgoingSubscribeRequestDelegate,
    options?: RequestOptions
  ): OutgoingSubscribeRequest;

  /** Makes it last longer (RFC 6665 section 4.1.2.2). */
  refresh(): OutgoingSubscribeRequest;

  /** Ends it (RFC 6665 section 4.1.2.3). */
  unsubscribe(): OutgoingSubscribeRequest;
}

/** The states of a subscription (RFC 6665 section 4.1.2). */
export enum SubscriptionState {
  /** No SUBSCRIBE was sent yet. */
  Initial = "Initial",
  /** The first NOTIFY is awaited. */
  NotifyWait = "NotifyWait",
  /** It is not decided yet whether it is granted. */
  Pending = "Pending",
  /** It is granted. */
  Active = "Active",
  /** It is over. */
  Terminated = "Terminated"
}
