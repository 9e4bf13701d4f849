import type { URI } from "../../grammar/uri.js";
import { WordReader } from "../../grammar/values.js";
import { IncomingMessage } from "./incoming-message.js";

/** A request that came in. */
export class IncomingRequestMessage extends IncomingMessage {
  /**
   * The handle of its server, if the user agent core has made one.
   * @internal
   */
  _server?: number;
  private _ruri?: URI;

  /** The Request-URI. */
  get ruri(): URI | undefined {
    const { index } = this;
    return (this._ruri ??= index && new WordReader(index.text, index.words, index.place(0)).uri());
  }

  /** @internal */
  protected override _startLine(): string {
    return `${this.method} ${this.ruri} SIP/2.0`;
  }

  set ruri(value: URI | undefined) {
    this._ruri = value;
  }
}
