import type { URI } from "../grammar/uri.js";

/** Options of a `Messager`. */
export interface MessagerOptions {
  /** Further header fields of the MESSAGE: `"Name: value"`. */
  extraHeaders?: Array<string>;
  /** Other names and addresses than those of the user agent and the target. */
  params?: {
    fromDisplayName?: string;
    fromTag?: string;
    fromUri?: string | URI;
    toDisplayName?: string;
    toUri?: string | URI;
  };
}
