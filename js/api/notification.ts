import type { IncomingNotifyRequest } from "../core/messages/methods/notify.js";
import type { IncomingRequestMessage } from "../core/messages/incoming-request-message.js";
import type { ResponseOptions } from "../core/messages/outgoing-response.js";

/** A NOTIFY that came in. */
export class Notification {
  /** @internal */
  constructor(private incomingNotifyRequest: IncomingNotifyRequest) {}

  /** The message that came in. */
  get request(): IncomingRequestMessage {
    return this.incomingNotifyRequest.message;
  }

  /**
   * Sends a 2xx response. Rejected with a `TransactionStateError` if the request has been answered.
   * @param options - Its parts. Default: 200.
   */
  async accept(options?: ResponseOptions): Promise<void> {
    this.incomingNotifyRequest.accept(options);
  }

  /**
   * Sends a 4xx, 5xx or 6xx response. Rejected with a `TransactionStateError` if the request has been
   * answered.
   * @param options - Its parts. Default: 480.
   */
  async reject(options?: ResponseOptions): Promise<void> {
    this.incomingNotifyRequest.reject(options);
  }
}
