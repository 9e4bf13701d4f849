import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { Transport } from "../transport.js";
import { checkStatus, Part, Transaction } from "./transaction.js";
import type { TransactionState } from "./transaction-state.js";
import type { ServerTransactionUser } from "./transaction-user.js";

/** A server transaction (RFC 3261 section 17.2). */
export abstract class ServerTransaction extends Transaction {
  /**
   * @param _request - The request.
   * @param transport - What sends.
   * @param user - Told of what happens.
   * @param state - The state to begin in.
   * @param loggerCategory - The category of its log lines.
   */
  protected constructor(
    private _request: IncomingRequestMessage,
    transport: Transport,
    protected user: ServerTransactionUser,
    state: TransactionState,
    loggerCategory: string
  ) {
    super(transport, user, _request.viaBranch, state, loggerCategory);
  }

  /** The request. */
  get request(): IncomingRequestMessage {
    return this._request;
  }

  /**
   * A request came in: the same once more, or its ACK.
   * @param request - The request, or any object that has its members.
   */
  abstract receiveRequest(request: IncomingRequestMessage): void;

  /**
   * The user responds.
   * @param statusCode - The status code.
   * @param response - The response, complete.
   * @throws Error for what is no status code, or if the state forbids the response.
   */
  abstract receiveResponse(statusCode: number, response: string): void;

  /** Gives the machine a response. */
  protected _respond(status: number, response: string): void {
    checkStatus(status);
    const { state } = this;
    const sent = this._drive(status, response) & Part.Transmit;
    if (!sent && state === this.state) {
      const problem = this._unexpected(`${status} response from TU`);
      this.logger.error(problem);
      throw new Error(problem);
    }
  }
}
