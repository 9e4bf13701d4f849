import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { TransportError } from "../exceptions/transport-error.js";
import type { Transport } from "../transport.js";
import { ServerTransaction } from "./server-transaction.js";
import { TransactionState } from "./transaction-state.js";
import type { ServerTransactionUser } from "./transaction-user.js";

/** The server transaction of an INVITE (RFC 3261 section 17.2.1, RFC 6026). */
export class InviteServerTransaction extends ServerTransaction {
  /** The 2xx. */
  private accepted = "";

  /**
   * @param request - The INVITE, or any object that has its members.
   * @param transport - What sends.
   * @param user - Told of the state and of failures.
   */
  constructor(request: IncomingRequestMessage, transport: Transport, user: ServerTransactionUser) {
    super(request, transport, user, TransactionState.Proceeding, "sip.transaction.ist");
    this._start(true, true, "");
  }

  receiveRequest(request: IncomingRequestMessage): void {
    const { method } = request;
    if (this._relay(request)) {
      return;
    }
    if (method === "INVITE" || method === "ACK") {
      this._drive(0, method);
    } else {
      this.logger.warn(this._unexpected(method));
    }
  }

  receiveResponse(statusCode: number, response: string): void {
    if (statusCode >= 200 && statusCode < 300) {
      this.accepted ||= response;
    }
    this._respond(statusCode, response);
  }

  /** Sends the 2xx once more. Without one, does nothing. */
  retransmitAcceptedResponse(): void {
    if (this.state === TransactionState.Accepted && this.accepted) {
      this._respond(200, this.accepted);
    }
  }

  /**
   * The 2xx, "" before there is one.
   * @internal
   */
  _success(): string {
    return this.accepted;
  }

  /**
   * A message could not be sent.
   * @param error - Why.
   */
  protected onTransportError(error: TransportError): void {
    // RFC 6026 section 8.8: it "MUST remain in the current state".
    this.user.onTransportError?.(error);
  }
}
