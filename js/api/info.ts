import type { IncomingInfoRequest } from "../core/messages/methods/info.js";
import type { IncomingRequestMessage } from "../core/messages/incoming-request-message.js";
import type { ResponseOptions } from "../core/messages/outgoing-response.js";

/** An INFO that came in. */
export class Info {
  /** @internal */
  constructor(private incomingInfoRequest: IncomingInfoRequest) {}

  /** The message that came in. */
  get request(): IncomingRequestMessage {
    return this.incomingInfoRequest.message;
  }

  /**
   * Sends a 2xx response. Rejected with a `TransactionStateError` if the request has been answered.
   * @param options - Its parts. Default: 200.
   */
  async accept(options?: ResponseOptions): Promise<void> {
    this.incomingInfoRequest.accept(options);
  }

  /**
   * Sends a 4xx, 5xx or 6xx response. Rejected with a `TransactionStateError` if the request has been
   * answered.
   * @param options - Its parts. Default: 480.
   */
  async reject(options?: ResponseOptions): Promise<void> {
    this.incomingInfoRequest.reject(options);
  }
}
