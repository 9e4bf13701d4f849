import type { URI } from "../grammar/uri.js";

/** Options of a `Publisher`. */
export interface PublisherOptions {
  /** @deprecated What is published is given to `publish()`. */
  body?: string;
  /** The type of what is published. Default "text/plain". */
  contentType?: string;
  /** For how many seconds to publish. Default 3600. */
  expires?: number;
  /** Further header fields of the PUBLISH: `"Name: value"`. Default none. */
  extraHeaders?: Array<string>;
  /** Other names and addresses than those of the user agent. */
  params?: {
    fromDisplayName?: string;
    fromTag?: string;
    fromUri?: URI;
    toDisplayName?: string;
    toUri?: URI;
  };
  /** If true, what is published is removed when the user agent stops. Default true. */
  unpublishOnClose?: boolean;
}
