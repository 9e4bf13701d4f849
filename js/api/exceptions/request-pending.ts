import { Exception } from "../../core/exceptions/exception.js";

/** An earlier request of the same kind must finish before another one may be sent. */
export class RequestPendingError extends Exception {
  constructor(message?: string) {
    super(message || "Request pending.");
  }
}
