import type { SubscriptionOptions } from "./subscription-options.js";

/** Options of a `Subscriber`. */
export interface SubscriberOptions extends SubscriptionOptions {
  /** For how many seconds to subscribe; 0 for a single look. Default 3600. */
  expires?: number;
  /** Further header fields of the SUBSCRIBE: `"Name: value"`. Default none. */
  extraHeaders?: Array<string>;
  /** The body of the SUBSCRIBE. Default none. */
  body?: string;
  /** The type of `body`. Default "application/sdp". */
  contentType?: string;
}
