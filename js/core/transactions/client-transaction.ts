import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import type { Transport } from "../transport.js";
import { createRandomToken } from "../messages/utils.js";
import { Carried, Transaction } from "./transaction.js";
import type { TransactionState } from "./transaction-state.js";
import type { ClientTransactionUser } from "./transaction-user.js";

/** A new branch of Via (RFC 3261 section 8.1.1.7). */
export function newBranch(): string {
  return "z9hG4bK" + createRandomToken(16, 36);
}

/** A client transaction (RFC 3261 section 17.1). */
export abstract class ClientTransaction extends Transaction {
  /**
   * @param _request - The request.
   * @param transport - What sends.
   * @param user - Told of what happens.
   * @param state - The state to begin in.
   * @param loggerCategory - The category of its log lines.
   */
  protected constructor(
    private _request: OutgoingRequestMessage,
    transport: Transport,
    protected user: ClientTransactionUser,
    state: TransactionState,
    loggerCategory: string
  ) {
    super(transport, user, branchFor(_request, user), state, loggerCategory);
  }

  /** The request. */
  get request(): OutgoingRequestMessage {
    return this._request;
  }

  /**
   * A response came in.
   * @param response - The response, or any object that has its members.
   * @throws Error for what is no status code.
   */
  abstract receiveResponse(response: IncomingResponseMessage): void;

  /** No final response came in time. */
  protected onRequestTimeout(): void {
    this.user.onRequestTimeout?.();
  }

  protected override _timedOut(): void {
    this.onRequestTimeout();
  }

  /** Sends the request and starts the machine. */
  protected _begin(invite: boolean): void {
    let text = "";
    if (!(this.user instanceof Carried)) {
      this._request.setViaHeader(this.id, this.transport.protocol);
      text = this._request.toString();
      this._transmit(text);
    }
    this._start(invite, false, text);
  }
}

/** RFC 3261 section 9.1: a CANCEL has the top Via of the request that it cancels. */
function branchFor(
  { method, branch }: OutgoingRequestMessage,
  user: ClientTransactionUser
): string {
  const id = method === "CANCEL" || user instanceof Carried ? branch : newBranch();
  if (!id) {
    throw new Error("Outgoing CANCEL request without a branch.");
  }
  return id;
}
