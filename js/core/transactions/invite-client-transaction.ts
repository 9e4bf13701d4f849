import type { TransportError } from "../exceptions/transport-error.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import type { Transport } from "../transport.js";
import { ClientTransaction, newBranch } from "./client-transaction.js";
import { checkStatus, Part } from "./transaction.js";
import { TransactionState } from "./transaction-state.js";
import type { ClientTransactionUser } from "./transaction-user.js";

/** The client transaction of an INVITE (RFC 3261 section 17.1.1, RFC 6026). */
export class InviteClientTransaction extends ClientTransaction {
  /** Of each To tag that a 2xx had, the ACK that was sent, if it was. */
  private acks = new Map<string, OutgoingRequestMessage | undefined>();
  /** The refusal that is to be acknowledged. */
  private refusal: IncomingResponseMessage | undefined;

  /**
   * Gives the request a Via by `setViaHeader` and sends what its `toString` returns.
   * @param request - The INVITE, or any object that has its members.
   * @param transport - What sends.
   * @param user - Told of responses, of the state and of failures.
   */
  constructor(request: OutgoingRequestMessage, transport: Transport, user: ClientTransactionUser) {
    super(request, transport, user, TransactionState.Calling, "sip.transaction.ict");
    this._begin(true);
  }

  /**
   * Sends the ACK to a 2xx. It is sent again whenever a 2xx with the same To tag comes again, of
   * which the user is not told.
   * @param ack - The ACK.
   * @throws Error if it has no To tag.
   */
  ackResponse(ack: OutgoingRequestMessage): void {
    const { toTag } = ack;
    if (!toTag) {
      throw new Error("To tag undefined.");
    }
    ack.setViaHeader(newBranch(), this.transport.protocol);
    this.acks.set(toTag, ack);
    this._transmit(ack.toString());
  }

  receiveResponse(response: IncomingResponseMessage): void {
    const status = response.statusCode;
    checkStatus(status);
    this.refusal = response;
    if (this._relay(response) || !(this._drive(status, "") & Part.PassUp)) {
      return;
    }
    const tag = status >= 200 && status < 300 && response.toTag;
    if (tag) {
      if (this.acks.has(tag)) {
        const ack = this.acks.get(tag);
        if (ack) {
          this._transmit(ack.toString());
        }
        return;
      }
      this.acks.set(tag, undefined);
    }
    this.user.receiveResponse?.(response);
  }

  /**
   * A message could not be sent.
   * @param error - Why.
   */
  protected onTransportError(error: TransportError): void {
    this._fail(error);
  }

  protected override _wanted(text: string): string {
    if (text) {
      return text;
    }
    // RFC 3261 section 17.1.1.3: "The ACK MUST contain a single Via header field, and this MUST be
    // equal to the top Via header field of the original request."
    const { request } = this;
    const route = request.getHeader("Route");
    return [
      `ACK ${request.ruri} SIP/2.0`,
      ...(route ? ["Route: " + route] : []),
      "Via: " + request.getHeader("Via"),
      "To: " + this.refusal!.getHeader("To"),
      "From: " + request.getHeader("From"),
      "Call-ID: " + request.callId,
      `CSeq: ${request.cseq} ACK`,
      "Max-Forwards: 70",
      "Content-Length: 0",
      "",
      ""
    ].join("\r\n");
  }
}
