import type { IncomingRequestMessage } from "../incoming-request-message.js";
import type { OutgoingRequestMessage } from "../outgoing-request-message.js";

/** An ACK that came in. */
export interface IncomingAckRequest {
  /** The message that came in. */
  readonly message: IncomingRequestMessage;
}

/** An ACK that was sent. */
export interface OutgoingAckRequest {
  /** The message. */
  readonly message: OutgoingRequestMessage;
}
