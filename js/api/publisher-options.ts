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
    /** The display name in From. Default: the user agent's. */
    fromDisplayName?: string;
    /** The tag of From. Default: random. */
    fromTag?: string;
    /** The address in From. Default: the user agent's. */
    fromUri?: URI;
    /** The display name in To. Default: none. */
    toDisplayName?: string;
    /** The address in To. Default: where the request is sent to. */
    toUri?: URI;
  };
  /** If true, what is published is removed when the user agent stops. Default true. */
  unpublishOnClose?: boolean;
}
