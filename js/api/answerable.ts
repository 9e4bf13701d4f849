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
   * Sends a 2xx response.
   * @param options - Its parts. Default: 200.
   * @throws TransactionStateError if the request has been answered.
   */
  accept(options?: ResponseOptions): Promise<void> {
    this.incoming.accept(options);
    return Promise.resolve();
  }

  /**
   * Sends a 4xx, 5xx or 6xx response.
   * @param options - Its parts. Default: 480.
   * @throws TransactionStateError if the request has been answered.
   */
  reject(options?: ResponseOptions): Promise<void> {
    this.incoming.reject(options);
    return Promise.resolve();
  }
}
