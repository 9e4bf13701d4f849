import { Exception } from "../../core/exceptions/exception.js";

/** The session ended before the operation completed. */
export class SessionTerminatedError extends Exception {
  constructor() {
    super("The session has terminated.");
  }
}
