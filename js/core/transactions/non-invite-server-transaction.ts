import type { TransportError } from "../exceptions/transport-error.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { Transport } from "../transport.js";
import { ServerTransaction } from "./server-transaction.js";
import { TransactionState } from "./transaction-state.js";
import type { ServerTransactionUser } from "./transaction-user.js";

/** The server transaction of any request but INVITE and ACK (RFC 3261 section 17.2.2, RFC 4320). */
export class NonInviteServerTransaction extends ServerTransaction {
  /**
   * @param request - The request, or any object that has its members.
   * @param transport - What sends.
   * @param user - Told of the state and of failures.
   */
  constructor(request: IncomingRequestMessage, transport: Transport, user: ServerTransactionUser) {
    super(request, transport, user, TransactionState.Trying, "sip.transaction.nist");
    this._start(false, true, "");
  }

  receiveRequest(request: IncomingRequestMessage): void {
    if (!this._relay(request)) {
      this._drive(0, "");
    }
  }

  receiveResponse(statusCode: number, response: string): void {
    if (statusCode > 100 && statusCode < 200) {
      throw new Error("Provisional response other than 100 not allowed.");
    }
    // RFC 3261 section 17.2.2: "Any other final responses passed by the TU to the server transaction
    // MUST be discarded while in the "Completed" state."
    if (this.state !== TransactionState.Completed) {
      this._respond(statusCode, response);
    }
  }

  /**
   * A message could not be sent.
   * @param error - Why.
   */
  protected onTransportError(error: TransportError): void {
    this._fail(error);
  }
}
