import { Exception } from "../../core/exceptions/exception.js";

/** A session description handler could not do what was asked of it. */
export class SessionDescriptionHandlerError extends Exception {
  constructor(message?: string) {
    super(message || "Unspecified session description handler error.");
  }
}
