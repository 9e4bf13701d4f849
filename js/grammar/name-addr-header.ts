import { formatParameters } from "./format-parameters.js";
import { Parameters } from "./parameters.js";
import type { URI } from "./uri.js";

/**
 * The value of a header field that names somebody (RFC 3261 section 20.10): a URI, perhaps a display
 * name before it, perhaps parameters after it.
 */
export class NameAddrHeader extends Parameters {
  /** The address. */
  uri: URI;

  private _displayName: string;

  /**
   * @param uri - The address.
   * @param displayName - The name to show, "" for none. Without the quotes around it, but with the
   * backslashes that quoting needs.
   * @param parameters - The parameters of the header field, for example `{ tag: "abc" }`.
   */
  constructor(uri: URI, displayName: string, parameters: { [name: string]: string }) {
    super(parameters);
    this.uri = uri;
    this._displayName = displayName;
  }

  /** What to call them: the display name, else `user@host`. */
  get friendlyName(): string {
    return this.displayName || this.uri.aor;
  }

  /** The display name. */
  get displayName(): string {
    return this._displayName;
  }

  set displayName(value: string) {
    this._displayName = value;
  }

  /** An independent copy. */
  clone(): NameAddrHeader {
    return new NameAddrHeader(this.uri.clone(), this._displayName, {
      ...(this.parameters as { [name: string]: string })
    });
  }

  /** The value as it stands in a message: `"Alice" <sip:alice@example.com>;tag=abc`. */
  override toString(): string {
    const name = this._displayName ? `"${this._displayName}" ` : "";
    return `${name}<${this.uri.toString()}>` + formatParameters(this.parameters);
  }
}
