import type { URI } from "../grammar/uri.js";

/** Options of a `Messager`. */
export interface MessagerOptions {
  /** Further header fields of the MESSAGE: `"Name: value"`. */
  extraHeaders?: Array<string>;
  /** Other names and addresses than those of the user agent and the target. */
  params?: {
    /** The display name in From. Default: the user agent's. */
    fromDisplayName?: string;
    /** The tag of From. Default: random. */
    fromTag?: string;
    /** The address in From. Default: the user agent's. */
    fromUri?: string | URI;
    /** The display name in To. Default: none. */
    toDisplayName?: string;
    /** The address in To. Default: where the request is sent to. */
    toUri?: string | URI;
  };
}
