import type { IncomingMessageRequest } from "../core/messages/methods/message.js";
import type { IncomingRequestMessage } from "../core/messages/incoming-request-message.js";
import type { ResponseOptions } from "../core/messages/outgoing-response.js";

/** A MESSAGE that came in. */
export class Message {
  /** @internal */
  constructor(private incomingMessageRequest: IncomingMessageRequest) {}

  /** The message that came in. */
  get request(): IncomingRequestMessage {
    return this.incomingMessageRequest.message;
  }

  /**
   * Sends a 2xx response. Rejected with a `TransactionStateError` if the request has been answered.
   * @param options - Its parts. Default: 200.
   */
  async accept(options?: ResponseOptions): Promise<void> {
    this.incomingMessageRequest.accept(options);
  }

  /**
   * Sends a 4xx, 5xx or 6xx response. Rejected with a `TransactionStateError` if the request has been
   * answered.
   * @param options - Its parts. Default: 480.
   */
  async reject(options?: ResponseOptions): Promise<void> {
    this.incomingMessageRequest.reject(options);
  }
}
