import type { TransportError } from "../exceptions/transport-error.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import type { Transport } from "../transport.js";
import { ClientTransaction } from "./client-transaction.js";
import { checkStatus, Part } from "./transaction.js";
import { TransactionState } from "./transaction-state.js";
import type { ClientTransactionUser } from "./transaction-user.js";

/** The client transaction of any request but INVITE and ACK (RFC 3261 section 17.1.2). */
export class NonInviteClientTransaction extends ClientTransaction {
  /**
   * Gives the request a Via by `setViaHeader` and sends what its `toString` returns.
   * @param request - The request, or any object that has its members.
   * @param transport - What sends.
   * @param user - Told of responses, of the state and of failures.
   */
  constructor(request: OutgoingRequestMessage, transport: Transport, user: ClientTransactionUser) {
    super(request, transport, user, TransactionState.Trying, "sip.transaction.nict");
    this._begin(false);
  }

  receiveResponse(response: IncomingResponseMessage): void {
    const status = response.statusCode;
    checkStatus(status);
    if (this._relay(response) || !(this._drive(status, "") & Part.PassUp)) {
      return;
    }
    // RFC 4320 section 4.1 knows no use of a 408: it is a timeout.
    if (status === 408) {
      this.onRequestTimeout();
    } else {
      this.user.receiveResponse?.(response);
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
