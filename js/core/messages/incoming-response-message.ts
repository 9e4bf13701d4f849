import type { MessageIndex } from "../../engine/message-index.js";
import { defineLazily, IncomingMessage } from "./incoming-message.js";

/** A response that came in. */
export class IncomingResponseMessage extends IncomingMessage {
  /** From 100 to 699. */
  declare statusCode: number | undefined;
  declare reasonPhrase: string | undefined;

  /** @internal */
  constructor(index?: MessageIndex) {
    super(index);
  }
}

defineLazily(IncomingResponseMessage.prototype, {
  statusCode: (index) => index.status,
  reasonPhrase: (index) => index.reason
});
