import { Exception } from "./exception.js";

/** The operation is not possible in the transaction's current state (RFC 3261 section 17). */
export class TransactionStateError extends Exception {
  constructor(message?: string) {
    super(message || "Transaction state error.");
  }
}
