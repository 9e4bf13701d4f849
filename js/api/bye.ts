import type { IncomingByeRequest } from "../core/messages/methods/bye.js";
import type { IncomingRequestMessage } from "../core/messages/incoming-request-message.js";
import type { ResponseOptions } from "../core/messages/outgoing-response.js";

/** A BYE that came in: it ends a `Session`. */
export class Bye {
  /** @internal */
  constructor(private incomingByeRequest: IncomingByeRequest) {}

  /** The message that came in. */
  get request(): IncomingRequestMessage {
    return this.incomingByeRequest.message;
  }

  /**
   * Sends a 2xx response. Rejected with a `TransactionStateError` if the request has been answered.
   * @param options - Its parts. Default: 200.
   */
  async accept(options?: ResponseOptions): Promise<void> {
    this.incomingByeRequest.accept(options);
  }

  /**
   * Sends a 4xx, 5xx or 6xx response. Rejected with a `TransactionStateError` if the request has been
   * answered.
   * @param options - Its parts. Default: 480.
   */
  async reject(options?: ResponseOptions): Promise<void> {
    this.incomingByeRequest.reject(options);
  }
}
