import type { MessageIndex } from "../../engine/message-index.js";
import { IncomingMessage } from "./incoming-message.js";

/** A response that came in. */
export class IncomingResponseMessage extends IncomingMessage {
  /** From 100 to 699. */
  statusCode: number | undefined;
  /** The reason phrase, "" if there is none. */
  reasonPhrase: string | undefined;

  /** @internal */
  constructor(index?: MessageIndex) {
    super(index);
    this.statusCode = index?.status;
    this.reasonPhrase = index?.reason;
  }
}
