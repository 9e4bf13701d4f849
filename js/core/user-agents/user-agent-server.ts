import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import { lazily } from "../../engine/lazily.js";
import { CommandError } from "../../engine/errors.js";
import type { Event } from "../../engine/wire.js";
import type { URI } from "../../grammar/uri.js";
import { TransactionStateError } from "../exceptions/transaction-state-error.js";
import { TransportError } from "../exceptions/transport-error.js";
import { Logger } from "../log/logger.js";
import type { LoggerFactory } from "../log/logger-factory.js";
import { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingRequest, IncomingRequestDelegate } from "../messages/incoming-request.js";
import { checkStatus, responseFields } from "../messages/outgoing-response.js";
import type { OutgoingResponse, ResponseOptions } from "../messages/outgoing-response.js";
import { newTag } from "../messages/utils.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";
import { Carried } from "../transactions/transaction.js";
import { TransactionState } from "../transactions/transaction-state.js";
import type { ServerTransactionUser } from "../transactions/transaction-user.js";
import type { Transport } from "../transport.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";

type ServerTransactionConstructor = new (
  message: IncomingRequestMessage,
  transport: Transport,
  user: ServerTransactionUser
) => ServerTransaction;

/**
 * One request that came in (RFC 3261 section 8.2): the face of a server in the core.
 *
 * Its methods throw a `TransactionStateError` if the state of the transaction forbids the response,
 * and a `TypeError` for a status code that is out of bounds.
 */
export class UserAgentServer implements IncomingRequest, Face {
  /** Its lines are of the request. */
  declare protected logger: Logger;
  private handle: number;
  /** The state of the transaction, as far as responses go. */
  private state: TransactionState;
  private tag: string | undefined;
  private _transaction: ServerTransaction | undefined;

  /**
   * Serves a request. One that the user agent core has not received yet is received by this.
   * @param transactionConstructor - The class of `transaction`.
   * @param core - The user agent core.
   * @param message - The request.
   * @param delegate - Told what happens to the request.
   * @throws TypeError for a request that is malformed.
   */
  constructor(
    private transactionConstructor: ServerTransactionConstructor,
    protected core: UserAgentCore,
    public message: IncomingRequestMessage,
    public delegate?: IncomingRequestDelegate
  ) {
    this.state =
      message.method === "INVITE" ? TransactionState.Proceeding : TransactionState.Trying;
    this.handle = core._serve(message);
    engine().register(this.handle, this);
  }

  /** Ends the transaction, and a dialog that is early, without a word: no response is sent any more. */
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
   * The key in `userAgentServers`.
   * @internal
   */
  get _key(): string {
    return this.message.viaBranch;
  }

  /** The transaction that carries the request. */
  get transaction(): ServerTransaction {
    return (this._transaction ??= new this.transactionConstructor(
      this.message,
      this.core.transport,
      new Carried(this.core, this.handle)
    ));
  }

  /** The tag of To in the responses: that of the request, else a random one. */
  protected get toTag(): string {
    return (this.tag ??= this.message.toTag || newTag());
  }

  protected set toTag(tag: string) {
    this.tag = tag;
  }

  /** Whether a 2xx response may be sent. */
  protected get acceptable(): boolean {
    return this.redirectable || this.state === TransactionState.Accepted;
  }

  /** Whether a 1xx response other than 100 may be sent (RFC 4320 section 4.1: to an INVITE). */
  protected get progressable(): boolean {
    return this.redirectable && this.message.method === "INVITE";
  }

  /** Whether a 3xx response may be sent: no final one has been. */
  protected get redirectable(): boolean {
    const { state } = this;
    return state === TransactionState.Trying || state === TransactionState.Proceeding;
  }

  /** Whether a 4xx, 5xx or 6xx response may be sent. */
  protected get rejectable(): boolean {
    return this.redirectable;
  }

  /** Whether a 100 response may be sent. */
  protected get tryingable(): boolean {
    return this.redirectable;
  }

  /**
   * Sends a 2xx response.
   * @param options - Its parts. Default: 200.
   */
  accept(options: ResponseOptions = { statusCode: 200 }): OutgoingResponse {
    this._check("acceptable", 200, 299, options);
    return this.respond(options);
  }

  /**
   * Sends a 1xx response other than 100.
   * @param options - Its parts. Default: 180.
   */
  progress(options: ResponseOptions = { statusCode: 180 }): OutgoingResponse {
    this._check("progressable", 101, 199, options);
    return this.respond(options);
  }

  /**
   * Sends a 3xx response.
   * @param contacts - Where to try instead.
   * @param options - Its parts. Default: 302.
   */
  redirect(contacts: Array<URI>, options: ResponseOptions = { statusCode: 302 }): OutgoingResponse {
    this._check("redirectable", 300, 399, options);
    const headers = contacts.map((contact) => `Contact: <${contact.toString()}>`);
    return this.respond({
      ...options,
      extraHeaders: [...headers, ...(options.extraHeaders ?? [])]
    });
  }

  /**
   * Sends a 4xx, 5xx or 6xx response.
   * @param options - Its parts. Default: 480.
   */
  reject(options: ResponseOptions = { statusCode: 480 }): OutgoingResponse {
    this._check("rejectable", 400, 699, options);
    return this.respond(options);
  }

  /**
   * Sends a 100 response.
   * @param options - Its parts but for the status code.
   */
  trying(options?: ResponseOptions): OutgoingResponse {
    const all = { ...options, statusCode: 100 };
    this._check("tryingable", 100, 100, all);
    return this.respond(all);
  }

  /**
   * A CANCEL came in for the request (RFC 3261 section 9.2): an INVITE without a final response is
   * answered 487 and the delegate told; the CANCEL is answered.
   * @param message - The CANCEL.
   */
  receiveCancel(message: IncomingRequestMessage): void {
    this.core.receiveIncomingRequestFromTransport(message);
  }

  /** @internal */
  _deliver(event: Event): void {
    switch (event.type) {
      case "cancelReceived":
        this.state = TransactionState.Completed;
        if (event.message) {
          this.delegate?.onCancel?.(new IncomingRequestMessage()._of(event.message));
        }
        break;
      case "responseFailed":
        this.delegate?.onTransportError?.(new TransportError("Response not sent."));
        break;
      case "terminated":
        this.state = TransactionState.Terminated;
        this.message._forget();
        this.delegate = undefined;
        break;
    }
    this._transaction?._deliver(event);
  }

  /**
   * Sends a REFER's sender word of how the reference goes on (RFC 3515 section 2.4.5).
   * @param status - The status code of the response to the referred request.
   * @param reason - Its reason phrase.
   * @internal
   */
  _notifyReferrer(status: number, reason: string): void {
    this.core._configure();
    engine().perform({ type: "notifyReferrer", server: this.handle, status, reason });
  }

  /**
   * Sends a response.
   * @param options - Its parts.
   * @param adopt - Given the handle of the dialog that it makes or belongs to.
   * @throws TransactionStateError if the core refuses it.
   */
  protected respond(options: ResponseOptions, adopt?: (dialog: number) => Face): OutgoingResponse {
    const { statusCode } = options;
    this.core._configure();
    try {
      const { text } = engine().perform(responseFields(options, this.toTag, this.handle), adopt);
      if (statusCode >= 200) {
        const accepted = this.message.method === "INVITE" && statusCode < 300;
        this.state = accepted ? TransactionState.Accepted : TransactionState.Completed;
      }
      return { message: text };
    } catch (error) {
      if (!(error instanceof CommandError)) {
        throw error;
      }
      const { method } = this.message;
      throw new TransactionStateError(`${method} ${statusCode}: ${error.message}.`);
    }
  }

  /**
   * @throws TransactionStateError if the state forbids a response.
   * @throws TypeError for a status code that is out of bounds.
   * @internal
   */
  protected _check(
    what: "acceptable" | "progressable" | "redirectable" | "rejectable" | "tryingable",
    least: number,
    most: number,
    { statusCode }: ResponseOptions
  ): void {
    if (!this[what]) {
      const { method } = this.message;
      throw new TransactionStateError(`${method} not ${what} in state ${this.state}.`);
    }
    checkStatus(least, most, statusCode);
  }
}

lazily(
  UserAgentServer as unknown as { prototype: { logger: Logger; loggerFactory: LoggerFactory } },
  ["logger"],
  ({ loggerFactory }) => new Logger(loggerFactory, "sip.user-agent-server")
);
