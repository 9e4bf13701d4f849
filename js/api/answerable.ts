import type { IncomingRequest } from "../core/messages/incoming-request.js";
import type { IncomingRequestMessage } from "../core/messages/incoming-request-message.js";
import type { ResponseOptions } from "../core/messages/outgoing-response.js";

/** A request that came in and is the application's to answer. */
export abstract class Answerable {
  /**
   * @param incoming - The request as the core has it.
   * @internal
   */
  constructor(protected incoming: IncomingRequest) {}

  /** The message that came in. */
  get request(): IncomingRequestMessage {
    return this.incoming.message;
  }

  /**
   * Sends a 2xx response. Rejected with a `TransactionStateError` if the request has been answered.
   * @param options - Its parts. Default: 200.
   */
  async accept(options?: ResponseOptions): Promise<void> {
    this.incoming.accept(options);
  }

  /**
   * Sends a 4xx, 5xx or 6xx response. Rejected with a `TransactionStateError` if the request has been
   * answered.
   * @param options - Its parts. Default: 480.
   */
  async reject(options?: ResponseOptions): Promise<void> {
    this.incoming.reject(options);
  }
}
