import { Exception } from "../../core/exceptions/exception.js";

/** A state change was asked for that the current state does not allow. */
export class StateTransitionError extends Exception {
  constructor(message?: string) {
    super(message || "An error occurred during state transition.");
  }
}
