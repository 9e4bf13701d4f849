import type { Logger } from "../core/log/logger.js";
import type { Subscription as SubscriptionDialog } from "../core/subscription/subscription.js";
import type { Emitter } from "./emitter.js";
import { EmitterImpl } from "./emitter.js";
import { emitSafely } from "./state-change.js";
import type { SubscriptionDelegate } from "./subscription-delegate.js";
import type { SubscriptionOptions } from "./subscription-options.js";
import { SubscriptionState } from "./subscription-state.js";
import type { SubscriptionSubscribeOptions } from "./subscription-subscribe-options.js";
import type { SubscriptionUnsubscribeOptions } from "./subscription-unsubscribe-options.js";
import type { UserAgent } from "./user-agent.js";

/** A subscription brings notifications of events (RFC 6665). A `Subscriber` makes one. */
export abstract class Subscription {
  /** For the application's own use. */
  data: unknown = undefined;

  /** Told what happens to the subscription. */
  delegate: SubscriptionDelegate | undefined;

  /** @internal */
  protected _dialog: SubscriptionDialog | undefined = undefined;
  /** @internal */
  protected _userAgent: UserAgent;

  private _disposed = false;
  private _logger: Logger;
  private _state: SubscriptionState = SubscriptionState.Initial;
  private _stateEventEmitter = new EmitterImpl<SubscriptionState>();

  /**
   * @param userAgent - The user agent.
   * @param options - The options.
   * @internal
   */
  protected constructor(userAgent: UserAgent, options: SubscriptionOptions = {}) {
    this._logger = userAgent.getLogger("sip.Subscription");
    this._userAgent = userAgent;
    this.delegate = options.delegate;
  }

  /** Ends the subscription, which is not to be used any more. */
  async dispose(): Promise<void> {
    this._disposed = true;
    this._stateEventEmitter.removeAllListeners();
  }

  /** The dialog of the subscription, undefined unless there is one. */
  get dialog(): SubscriptionDialog | undefined {
    return this._dialog;
  }

  /**
   * True after `dispose()`.
   * @internal
   */
  get disposed(): boolean {
    return this._disposed;
  }

  /** The state. */
  get state(): SubscriptionState {
    return this._state;
  }

  /** Tells of each change of `state`. */
  get stateChange(): Emitter<SubscriptionState> {
    return this._stateEventEmitter;
  }

  /** @internal */
  protected stateTransition(newState: SubscriptionState): void {
    if (this._state !== newState && this._state !== SubscriptionState.Terminated) {
      this._state = newState;
      this._logger.log(`Subscription transitioned to ${newState}`);
      emitSafely(this._stateEventEmitter, newState);
    }
  }

  /** Subscribes, or makes a subscription that there is last longer. */
  abstract subscribe(options?: SubscriptionSubscribeOptions): Promise<void>;

  /**
   * Ends the subscription. The state is "Terminated" at once, and nothing is heard of the NOTIFY with
   * which the peer confirms it.
   */
  abstract unsubscribe(options?: SubscriptionUnsubscribeOptions): Promise<void>;
}
