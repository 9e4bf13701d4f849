import type { IncomingMessageRequest } from "../core/messages/methods/message.js";
import { Answerable } from "./answerable.js";

/** A MESSAGE that came in. */
export class Message extends Answerable {
  /**
   * @param request - The request.
   * @internal
   */
  constructor(request: IncomingMessageRequest) {
    super(request);
  }
}
