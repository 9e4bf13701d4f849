import type { MessageIndex } from "../../engine/message-index.js";
import type { URI } from "../../grammar/uri.js";
import { readURI } from "../../grammar/values.js";
import { defineLazily, IncomingMessage } from "./incoming-message.js";

/** A request that came in. */
export class IncomingRequestMessage extends IncomingMessage {
  /** The Request-URI. */
  declare ruri: URI | undefined;

  /** @internal */
  constructor(index?: MessageIndex) {
    super(index);
  }
}

defineLazily(IncomingRequestMessage.prototype, {
  ruri: (index) => readURI(index.uri)
});
