import { Grammar } from "../grammar/grammar.js";
import { URI } from "../grammar/uri.js";

/**
 * A URI that may be given as text.
 * @param uri - The URI.
 * @param name - What it is for, in the error.
 * @throws TypeError if it is malformed.
 */
export function requireURI(uri: string | URI | undefined, name: string): URI {
  const parsed = typeof uri === "string" ? Grammar.URIParse(uri) : uri;
  if (!(parsed instanceof URI)) {
    throw new TypeError(`Invalid ${name} URI: ${String(uri)}`);
  }
  return parsed;
}
