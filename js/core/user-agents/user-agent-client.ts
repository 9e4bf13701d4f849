import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import { lazily } from "../../engine/lazily.js";
import type { Command, Event, ResponseReceived } from "../../engine/wire.js";
import type { Dialog } from "../dialogs/dialog.js";
import { TransportError } from "../exceptions/transport-error.js";
import { Logger } from "../log/logger.js";
import type { LoggerFactory } from "../log/logger-factory.js";
import { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type {
  OutgoingRequest,
  OutgoingRequestDelegate,
  RequestOptions
} from "../messages/outgoing-request.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import { getReasonPhrase } from "../messages/utils.js";
import type { ClientTransaction } from "../transactions/client-transaction.js";
import { Carried } from "../transactions/transaction.js";
import type { ClientTransactionUser } from "../transactions/transaction-user.js";
import type { Transport } from "../transport.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";

type ClientTransactionConstructor = new (
  message: OutgoingRequestMessage,
  transport: Transport,
  user: ClientTransactionUser
) => ClientTransaction;

/**
 * One request on its way out (RFC 3261 section 8.1): the face of a client in the core, which sends
 * the request again where need be and answers challenges.
 */
export class UserAgentClient implements OutgoingRequest, Face {
  /** Its lines are of the request. */
  declare protected logger: Logger;
  /** The handle of the client. */
  protected handle = 0;
  /**
   * What the core said of the response that is being received, if it was one that came in.
   * @internal
   */
  protected _event: ResponseReceived | undefined;
  private _transaction: ClientTransaction | undefined;
  /** The response that stands for none. */
  private local: IncomingResponseMessage | undefined;

  /**
   * Sends the request.
   * @param transactionConstructor - The class of `transaction`.
   * @param core - The user agent core.
   * @param message - The request. One that a dialog has made is sent within the dialog.
   * @param delegate - Told of the responses.
   * @throws Error if there is no transport, or the state of the dialog forbids the request.
   * @throws TypeError if a value cannot be sent.
   */
  constructor(
    private transactionConstructor: ClientTransactionConstructor,
    protected core: UserAgentCore,
    public message: OutgoingRequestMessage,
    public delegate?: OutgoingRequestDelegate
  ) {
    const order = core._order(message);
    if (typeof order === "number") {
      engine().register(order, this._adopt(order));
      this._sent(engine().transmitted);
    } else {
      engine().perform(order, (handle) => this._adopt(handle));
    }
  }

  /** Ends the transaction: nothing is heard of the request any more. */
  dispose(): void {
    if (engine().find(this.handle)) {
      engine().perform({ type: "disposeRequest", request: this.handle });
    }
  }

  /** The logger factory. */
  get loggerFactory(): LoggerFactory {
    return this.core.loggerFactory;
  }

  /**
   * The key in `userAgentClients`.
   * @internal
   */
  get _key(): string | undefined {
    const { branch, method } = this.message;
    return branch && branch + method;
  }

  /** The transaction that carries the request at present. */
  get transaction(): ClientTransaction {
    return (this._transaction ??= new this.transactionConstructor(
      this.message,
      this.core.transport,
      new Carried(this.core, this.handle)
    ));
  }

  /**
   * Cancels an INVITE (RFC 3261 section 9.1). If there has been no response yet, the CANCEL waits
   * for one.
   * @param reason - The value of Reason.
   * @param options - Further header fields of the CANCEL.
   * @returns The CANCEL.
   * @throws Error after a final response.
   */
  cancel(reason?: string, options: RequestOptions = {}): OutgoingRequestMessage {
    const headers = reason === undefined ? [] : ["Reason: " + reason];
    const extraHeaders = [...headers, ...(options.extraHeaders ?? [])];
    const { text } = engine().perform(this._cancel(extraHeaders, false));
    return this.message._canceled(text, extraHeaders);
  }

  /**
   * Becomes the face of a client.
   * @param handle - The handle of the client.
   * @internal
   */
  _adopt(handle: number): this {
    this.handle = handle;
    return this;
  }

  /**
   * The command that cancels the request.
   * @internal
   */
  _cancel(headers: string[], told: boolean): Command {
    return { type: "cancel", client: this.handle, told, headers };
  }

  /** @internal */
  _sent(text: string): void {
    const { message } = this;
    const { branch } = message;
    message._sent(text);
    if (branch !== message.branch) {
      this._transaction = undefined;
    }
  }

  /** @internal */
  _deliver(event: Event): void {
    if (event.type === "responseReceived" && event.message) {
      const message = new IncomingResponseMessage()._of(event.message);
      this._event = event;
      if (!event.local) {
        this.receiveResponse(message);
        this._event = undefined;
        return;
      }
      this.local = message;
      if (message.statusCode === 408) {
        this.onRequestTimeout();
      } else {
        this.onTransportError(new TransportError("The connection is lost."));
      }
    } else if (event.type !== "terminated") {
      this._transaction?._deliver(event);
    }
  }

  /**
   * Asked of each response before anything else.
   * @param _message - The response.
   * @param _dialog - Not used.
   * @returns False if the response is to go no further. A challenge that can be answered has been by
   * the core, and does not come so far: true.
   */
  protected authenticationGuard(_message: IncomingResponseMessage, _dialog?: Dialog): boolean {
    return true;
  }

  /** No response came in time (RFC 3261 section 8.1.3.1): receives a 408 of the core's. */
  protected onRequestTimeout(): void {
    this.receiveLocal(408);
  }

  /**
   * The request could not be sent, or the connection is gone (RFC 3261 section 8.1.3.1): receives a
   * 503 of the core's.
   * @param error - Why.
   */
  protected onTransportError(error: TransportError): void {
    this.logger.error(error.message);
    this.receiveLocal(503);
  }

  /**
   * A response came in, or the core made one.
   * @param message - The response.
   */
  protected receiveResponse(message: IncomingResponseMessage): void {
    if (this.authenticationGuard(message)) {
      this._tell(message);
    }
  }

  /**
   * Calls the method of the delegate that is for the status of a response.
   * @internal
   */
  _tell(message: IncomingResponseMessage): void {
    const status = message.statusCode ?? 0;
    const byClass = ["", "onProgress", "onAccept", "onRedirect"] as const;
    const method = status === 100 ? "onTrying" : byClass[Math.floor(status / 100)] || "onReject";
    this.delegate?.[method]?.({ message });
  }

  private receiveLocal(statusCode: number): void {
    const message = this.local ?? new IncomingResponseMessage();
    message.statusCode = statusCode;
    message.reasonPhrase = getReasonPhrase(statusCode);
    this.receiveResponse(message);
  }
}

lazily(
  UserAgentClient as unknown as { prototype: { logger: Logger; loggerFactory: LoggerFactory } },
  ["logger"],
  ({ loggerFactory }) => new Logger(loggerFactory, "sip.user-agent-client")
);
