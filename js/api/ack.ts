import type { IncomingAckRequest } from "../core/messages/methods/ack.js";
import type { IncomingRequestMessage } from "../core/messages/incoming-request-message.js";

/** An ACK that came in: it confirms a `Session`, or a change of one. */
export class Ack {
  /** @internal */
  constructor(private incomingAckRequest: IncomingAckRequest) {}

  /** The message that came in. */
  get request(): IncomingRequestMessage {
    return this.incomingAckRequest.message;
  }
}
