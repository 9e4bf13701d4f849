import type { Transport as CoreTransport } from "../core/transport.js";
import type { Emitter } from "./emitter.js";
import type { TransportState } from "./transport-state.js";

/**
 * The transport a `UserAgent` works over. Supply another one with `transportConstructor`.
 *
 * @remarks
 * "Connecting" is entered only because `connect()` was called, "Disconnecting" only because
 * `disconnect()` was. The transport must become "Disconnected" whenever the network is lost, since
 * registrations and subscriptions end with it, and must not reconnect of its own accord: that is
 * for the application to decide.
 *
 * `onConnect`, `onDisconnect` and listeners of `stateChange` must not call `connect()` or
 * `disconnect()` synchronously. From a promise or a timer they may:
 * ```ts
 * transport.onDisconnect = () => {
 *   Promise.resolve().then(() => transport.connect());
 * };
 * ```
 */
export interface Transport extends CoreTransport {
  /** The state, "Disconnected" after construction. */
  readonly state: TransportState;

  /** Tells of each change of `state`. */
  readonly stateChange: Emitter<TransportState>;

  /** Called on becoming "Connected". Set by the `UserAgent`. */
  onConnect: (() => void) | undefined;

  /**
   * Called on leaving "Connected". Set by the `UserAgent`.
   * `error` is undefined if `disconnect()` was the cause and defined if the connection was lost.
   */
  onDisconnect: ((error?: Error) => void) | undefined;

  /** Called with each message received while "Connected". Set by the `UserAgent`. */
  onMessage: ((message: string) => void) | undefined;

  /**
   * Connects.
   *
   * @remarks
   * ```txt
   * Connecting     keeps its state until the call has returned
   * Connected      keeps its state until the call has returned
   * Disconnecting  becomes Connecting before the call returns
   * Disconnected   becomes Connecting before the call returns
   * ```
   * @returns A promise resolved once "Connected". Once "Disconnecting" or "Disconnected" instead,
   * it is rejected with an `Error`; with a {@link StateTransitionError} if called synchronously
   * from a callback or a listener of this transport.
   */
  connect(): Promise<void>;

  /**
   * Disconnects.
   *
   * @remarks
   * ```txt
   * Connecting     becomes Disconnecting before the call returns
   * Connected      becomes Disconnecting before the call returns
   * Disconnecting  keeps its state until the call has returned
   * Disconnected   keeps its state until the call has returned
   * ```
   * @returns A promise resolved once "Disconnected". Once "Connecting" or "Connected" instead, it is
   * rejected with an `Error`; with a {@link StateTransitionError} if called synchronously from a
   * callback or a listener of this transport.
   */
  disconnect(): Promise<void>;

  /**
   * Disconnects for good. The `UserAgent` calls it when it is stopped or disposed of and does not
   * use the transport any more.
   */
  dispose(): Promise<void>;

  /** True if `state` is "Connected". */
  isConnected(): boolean;

  /**
   * Sends a message.
   * @param message - The whole SIP message.
   * @returns A promise resolved once the message has been handed to the network and rejected with
   * an `Error` in every state but "Connected".
   */
  send(message: string): Promise<void>;
}
