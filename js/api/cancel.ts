import type { IncomingRequestMessage } from "../core/messages/incoming-request-message.js";

/** A CANCEL that came in: it takes back an `Invitation`. */
export class Cancel {
  /** @internal */
  constructor(private incomingCancelRequest: IncomingRequestMessage) {}

  /** The message that came in. */
  get request(): IncomingRequestMessage {
    return this.incomingCancelRequest;
  }
}
