import type { MessageIndex } from "../../engine/message-index.js";
import type { URI } from "../../grammar/uri.js";
import { WordReader } from "../../grammar/values.js";
import { IncomingMessage } from "./incoming-message.js";

/** A request that came in. */
export class IncomingRequestMessage extends IncomingMessage {
  private _ruri?: URI;

  /** @internal */
  constructor(index?: MessageIndex) {
    super(index);
  }

  /** The Request-URI. */
  get ruri(): URI | undefined {
    const { index } = this;
    return (this._ruri ??= index && new WordReader(index.text, index.words, index.place(0)).uri());
  }

  set ruri(value: URI | undefined) {
    this._ruri = value;
  }
}
