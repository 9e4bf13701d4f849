import type { MessageIndex } from "../../engine/message-index.js";
import { IncomingMessage } from "./incoming-message.js";

/** A response that came in. */
export class IncomingResponseMessage extends IncomingMessage {
  /** From 100 to 699. */
  statusCode: number | undefined;
  /** The reason phrase, "" if there is none. */
  reasonPhrase: string | undefined;

  /** @internal */
  protected override _startLine(): string {
    return `SIP/2.0 ${this.statusCode} ${this.reasonPhrase ?? ""}`;
  }

  /** @internal */
  override _of(index: MessageIndex): this {
    this.statusCode = index.status;
    this.reasonPhrase = index.reason;
    return super._of(index);
  }
}
