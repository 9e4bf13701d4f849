import type { MessageIndex } from "../../engine/message-index.js";
import type { URI } from "../../grammar/uri.js";
import { readURI } from "../../grammar/values.js";
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
    return (this._ruri ??= this.index && readURI(this.index.uri));
  }

  set ruri(value: URI | undefined) {
    this._ruri = value;
  }
}
