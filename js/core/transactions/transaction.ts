import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import type { Event } from "../../engine/wire.js";
import { TransportError } from "../exceptions/transport-error.js";
import type { LoggerFactory } from "../log/logger-factory.js";
import type { Logger } from "../log/logger.js";
import type { IncomingMessage } from "../messages/incoming-message.js";
import type { Transport } from "../transport.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { loneCore } from "./lone-core.js";
import { TransactionState } from "./transaction-state.js";
import type { TransactionUser } from "./transaction-user.js";

/** By the numbers of the core. */
const states = Object.values(TransactionState);

/** What the machine wants done, a set: TransactionOutcome::Part of the core. */
export enum Part {
  Transmit = 1,
  PassUp = 2,
  TimedOut = 4,
  Ended = 16
}

/**
 * The user of a transaction that carries a request of a user agent: nobody, as the core does it all.
 * @internal
 */
export class Carried implements TransactionUser {
  loggerFactory: LoggerFactory;

  /**
   * @param core - The user agent core.
   * @param handle - The handle of the client or server.
   */
  constructor(
    readonly core: UserAgentCore,
    readonly handle: number
  ) {
    this.loggerFactory = core.loggerFactory;
  }
}

/**
 * A transaction (RFC 3261 section 17): the face of one of the core's four machines. It runs without
 * a user agent; its transport may be any object that sends, its user any that has a logger factory.
 * That of a user agent client or server is driven by the core.
 */
export abstract class Transaction implements Face {
  /** Its category is that of the kind of transaction. */
  protected logger: Logger;
  /** Who wants to know of changes of the state, and whether only of the next. */
  private listeners = new Map<() => void, boolean>();
  /** The handle, 0 once it is over. */
  private handle = 0;

  protected constructor(
    private _transport: Transport,
    private _user: TransactionUser,
    private _id: string,
    private _state: TransactionState,
    private category: string
  ) {
    this.logger = _user.loggerFactory.getLogger(category, _id);
  }

  /** Ends it at once: no state is entered and no timer fires any more. */
  dispose(): void {
    if (this.handle) {
      engine().perform({ type: "disposeRequest", request: this.handle });
    }
  }

  /** The branch of Via. */
  get id(): string {
    return this._id;
  }

  /** Which of the four it is: "ict", "ist", "nict" or "nist". */
  get kind(): string {
    return this.category.slice(16);
  }

  /** The state. */
  get state(): TransactionState {
    return this._state;
  }

  /** The transport. */
  get transport(): Transport {
    return this._transport;
  }

  /**
   * Has a function called whenever the state has changed.
   * @param listener - The function.
   * @param options - `once`: only the first time. Default: false.
   */
  addStateChangeListener(listener: () => void, options?: { once?: boolean }): void {
    this.listeners.set(listener, !!options?.once);
  }

  /** Calls the functions that want to know of a change of the state. */
  notifyStateChangeListeners(): void {
    for (const [listener, once] of [...this.listeners]) {
      if (once) {
        this.listeners.delete(listener);
      }
      listener();
    }
  }

  /**
   * Has a function not called any more.
   * @param listener - The function.
   */
  removeStateChangeListener(listener: () => void): void {
    this.listeners.delete(listener);
  }

  /** @internal */
  _deliver(event: Event): void {
    if (event.type === "transactionChanged") {
      this.follow(event.parts, event.state, event.text);
    } else if (event.type === "terminated") {
      this.handle = 0;
    }
  }

  /**
   * Logs that a message could not be sent.
   * @param error - Why.
   * @param message - What comes before it in the line.
   */
  protected logTransportError(error: TransportError, message: string): void {
    this.logger.error(`${message} ${error.message}`);
  }

  /**
   * Hands a message to the transport. If that fails, `onTransportError` is called first.
   * @param message - The message.
   * @returns Rejected with a `TransportError` if it could not be sent.
   */
  protected send(message: string): Promise<void> {
    return this._transport.send(message).catch((error: unknown) => {
      const failure = new TransportError(error instanceof Error ? error.message : undefined);
      this.onTransportError(failure);
      throw failure;
    });
  }

  /**
   * Enters a state, and tells the user and those who listen.
   * @param state - The state.
   */
  protected setState(state: TransactionState): void {
    this._state = state;
    this._user.onStateChange?.(state);
    this.notifyStateChangeListeners();
  }

  /** For the log. */
  protected typeToString(): string {
    const { kind } = this;
    return `${kind[0] === "n" ? "non-" : ""}INVITE ${kind.endsWith("ct") ? "client" : "server"} transaction`;
  }

  /**
   * A message could not be sent.
   * @param error - Why.
   */
  protected abstract onTransportError(error: TransportError): void;

  /** Sends a message, and logs it if that fails. */
  protected _transmit(message: string): void {
    this.send(message).catch((error: TransportError) =>
      this.logTransportError(error, "Failed to send.")
    );
  }

  /**
   * Starts the machine, or follows that of the core.
   * @param text - The request of a client, which has been sent.
   */
  protected _start(invite: boolean, server: boolean, text: string): void {
    const user = this._user;
    if (user instanceof Carried) {
      if (engine().find(user.handle)) {
        const { handle } = engine().perform({ type: "watchRequest", request: user.handle });
        this.handle = user.handle;
        this._state = states[handle];
      } else {
        this._state = TransactionState.Terminated;
      }
      return;
    }
    // RFC 3261 section 17.1.1.1: only UDP among the transports of section 18 is unreliable.
    const reliable = this._transport.protocol !== "UDP";
    engine().perform(
      { type: "startTransaction", core: loneCore(), reliable, invite, server, body: text },
      (handle) => {
        this.handle = handle;
        return this;
      }
    );
  }

  /**
   * Gives the machine what has come, and does what it then wants.
   * @param status - The status code of a response, 0 for a request.
   * @param text - The response that is to be sent, the method of the request.
   * @returns The parts of what the machine wanted.
   */
  protected _drive(status: number, text: string): number {
    if (!this.handle) {
      return 0;
    }
    const { handle, text: wanted } = engine().perform({
      type: "driveTransaction",
      transaction: this.handle,
      status,
      body: text
    });
    this.follow(handle & 255, handle >> 8, wanted);
    return handle & 255;
  }

  /**
   * Gives a message to the core, if that drives the machine.
   * @param message - The message.
   * @returns Whether it does.
   */
  protected _relay(message: IncomingMessage): boolean {
    const user = this._user;
    if (user instanceof Carried) {
      user.core._receive(message._text());
      return true;
    }
    return false;
  }

  /** Tells the user that what was to be sent could not be, and ends. */
  protected _fail(error: TransportError): void {
    this._user.onTransportError?.(error);
    this.enter(TransactionState.Terminated);
  }

  /** Says of what came in that it was not to come in this state. */
  protected _unexpected(what: string | number): string {
    return `${this.typeToString()} received unexpected ${what} while in state ${this._state}.`;
  }

  /** The machine has timed out. */
  protected _timedOut(): void {}

  /** The text to send where the machine has none. */
  protected _wanted(text: string): string {
    return text;
  }

  private follow(parts: number, state: number, text: string): void {
    if (parts & Part.TimedOut) {
      this._timedOut();
    }
    if (parts & Part.Ended) {
      this.handle = 0;
    }
    this.enter(states[state]);
    if (parts & Part.Transmit && !(this._user instanceof Carried)) {
      this._transmit(this._wanted(text));
    }
  }

  private enter(state: TransactionState): void {
    if (state !== this._state) {
      if (state === TransactionState.Terminated) {
        this.dispose();
      }
      this.setState(state);
    }
  }
}

/**
 * @throws Error for what is no status code.
 */
export function checkStatus(status: number | undefined): asserts status is number {
  if (!(status! >= 100 && status! <= 699)) {
    throw new Error(`Invalid status code ${status}`);
  }
}
