import type { TransportError } from "../exceptions/transport-error.js";
import type { LoggerFactory } from "../log/logger-factory.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type { TransactionState } from "./transaction-state.js";

/** What stands above a transaction (RFC 3261 section 5). */
export interface TransactionUser {
  /** Makes the transaction's logger. */
  loggerFactory: LoggerFactory;

  /**
   * The state of the transaction has changed (RFC 3261 section 17, RFC 6026). Not called for the
   * state that it begins in.
   */
  onStateChange?: (newState: TransactionState) => void;

  /** A message could not be sent (RFC 3261 sections 17.1.4 and 17.2.4). */
  onTransportError?: (error: TransportError) => void;
}

/** What stands above a client transaction. */
export interface ClientTransactionUser extends TransactionUser {
  /** No final response came: to be treated as a 408 (RFC 3261 section 8.1.3.1). */
  onRequestTimeout?: () => void;

  /** A response came (RFC 3261 section 17.1). */
  receiveResponse?: (response: IncomingResponseMessage) => void;
}

/** What stands above a server transaction. */
export interface ServerTransactionUser extends TransactionUser {}
