import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import type { Command, DialogChanged, Event } from "../../engine/wire.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type {
  OutgoingSubscribeRequest,
  OutgoingSubscribeRequestDelegate
} from "../messages/methods/subscribe.js";
import type { RequestOptions } from "../messages/outgoing-request.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import type { Subscription } from "../subscription/subscription.js";
import { SubscriptionState } from "../subscription/subscription.js";
import type { SubscriptionDelegate } from "../subscription/subscription-delegate.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { NotifyUserAgentServer } from "../user-agents/notify-user-agent-server.js";
import { ReSubscribeUserAgentClient } from "../user-agents/re-subscribe-user-agent-client.js";
import type { SubscribeUserAgentClient } from "../user-agents/subscribe-user-agent-client.js";
import { Dialog } from "./dialog.js";
import type { DialogState } from "./dialog-state.js";

const never = 2 ** 32 - 1;

/** A dialog made by a SUBSCRIBE and its NOTIFY (RFC 6665): the face of a dialog in the core. */
export class SubscriptionDialog extends Dialog implements Subscription, Face {
  /** Told what happens to the subscription. */
  delegate: SubscriptionDelegate | undefined;

  private refreshes = false;
  private initial: number;
  /** For how many seconds it is granted, and until the core refreshes it. */
  private granted: number;
  private again = never;
  /** When these were told, in milliseconds. */
  private told = 0;
  /** A SUBSCRIBE that the core has sent by itself. */
  private sent = 0;
  /** Waits for the NOTIFY that makes the subscription. */
  private subscriber: SubscribeUserAgentClient | undefined;
  /** True once it is no news that the subscription is over. */
  private over = false;

  /**
   * @param event - The value of Event.
   * @param subscriptionExpires - For how many seconds it is granted.
   * @param state - Its state.
   * @param core - The user agent core.
   * @param dialogState - What the dialog knows.
   * @param delegate - Told what happens to it.
   */
  constructor(
    private event: string,
    subscriptionExpires: number,
    private state: SubscriptionState,
    core: UserAgentCore,
    dialogState: DialogState,
    delegate?: SubscriptionDelegate
  ) {
    super(core, dialogState);
    this.delegate = delegate;
    this.initial = this.granted = subscriptionExpires;
  }

  /**
   * The state of the dialog that a NOTIFY makes, without making it (RFC 6665 section 4.4.1).
   * @param outgoingSubscribeRequestMessage - The SUBSCRIBE.
   * @param incomingNotifyRequestMessage - The NOTIFY.
   * @throws TypeError for a NOTIFY that is malformed.
   */
  static initialDialogStateForSubscription(
    outgoingSubscribeRequestMessage: OutgoingRequestMessage,
    incomingNotifyRequestMessage: IncomingRequestMessage
  ): DialogState {
    const { fromTag, cseq } = outgoingSubscribeRequestMessage;
    const state = this.initialDialogStateForUserAgentServer(incomingNotifyRequestMessage, fromTag);
    return { ...state, localSequenceNumber: cseq, remoteSequenceNumber: undefined };
  }

  /** Whether the core refreshes it before it runs out. Default: false. */
  get autoRefresh(): boolean {
    return this.refreshes;
  }

  set autoRefresh(autoRefresh: boolean) {
    this.refreshes = autoRefresh;
    this.keep(this.subscriptionExpires);
  }

  /** The value of Event. */
  get subscriptionEvent(): string {
    return this.event;
  }

  /**
   * Seconds until it runs out.
   * @throws Error if it is set to a negative number.
   */
  get subscriptionExpires(): number {
    return this.left(this.granted);
  }

  set subscriptionExpires(expires: number) {
    if (expires < 0) {
      throw new Error("Expires must be greater than or equal to zero.");
    }
    this.keep(expires);
  }

  /** For how many seconds it was granted at first. */
  get subscriptionExpiresInitial(): number {
    return this.initial;
  }

  /** Seconds until the core refreshes it, undefined if it does not. */
  get subscriptionRefresh(): number | undefined {
    const { again } = this;
    return again === never ? undefined : this.left(again);
  }

  /** The state. */
  get subscriptionState(): SubscriptionState {
    return this.state;
  }

  /** @internal */
  override get _key(): string {
    const { state, id } = this;
    return state === SubscriptionState.Pending || state === SubscriptionState.Active ? id : "";
  }

  /** Ends the subscription without a word to the peer. */
  override dispose(): void {
    this.over = true;
    super.dispose();
  }

  /** Makes it last longer (RFC 6665 section 4.1.2.2). */
  refresh(): OutgoingSubscribeRequest {
    return this.subscribe();
  }

  /**
   * Sends a SUBSCRIBE (RFC 6665 section 4.1.2.2).
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   * @throws Error unless the state is "Pending" or "Active".
   */
  subscribe(
    delegate?: OutgoingSubscribeRequestDelegate,
    options: RequestOptions = {}
  ): OutgoingSubscribeRequest {
    const { state } = this;
    if (state !== SubscriptionState.Pending && state !== SubscriptionState.Active) {
      throw new Error(
        `Invalid state ${state}. May only re-subscribe while in state "pending" or "active".`
      );
    }
    const extraHeaders = [...(options.extraHeaders ?? [])];
    const given = extraHeaders.join("\n");
    if (!/^event/im.test(given)) {
      extraHeaders.push(`Event: ${this.event}`);
    }
    if (!/^expires/im.test(given)) {
      extraHeaders.push(`Expires: ${this.initial}`);
    }
    return new ReSubscribeUserAgentClient(this, delegate, { ...options, extraHeaders });
  }

  /** Ends it without a word to the peer, and tells the delegate. */
  terminate(): void {
    this.dispose();
    this.state = SubscriptionState.Terminated;
    this.delegate?.onTerminated?.();
  }

  /** Ends it (RFC 6665 section 4.1.2.3). */
  unsubscribe(): OutgoingSubscribeRequest {
    return this.subscribe(undefined, { extraHeaders: ["Expires: 0"] });
  }

  /**
   * Becomes the face of a dialog.
   * @internal
   */
  _adopt(handle: number, subscriber: SubscribeUserAgentClient): this {
    this.handle = handle;
    this.subscriber = subscriber;
    engine().register(handle, this);
    return this;
  }

  /**
   * What sends a SUBSCRIBE within the dialog, or the one that the core has sent.
   * @internal
   */
  override _order(message: OutgoingRequestMessage): Command | number {
    const { sent } = this;
    this.sent = 0;
    return sent || super._order(message);
  }

  /** @internal */
  _deliver(event: Event): void {
    if (event.type === "dialogChanged") {
      this.change(event);
    } else if (event.type === "requestReceived" && event.message) {
      const message = this.core._message(event.message, event.server);
      this.receiveNotify(new NotifyUserAgentServer(this, message));
    } else if (event.type === "terminated") {
      const { state, subscriber } = this;
      this.state = SubscriptionState.Terminated;
      if (subscriber) {
        subscriber._notified(undefined, state === SubscriptionState.Terminated);
      } else if (!this.over) {
        this.delegate?.onTerminated?.();
      }
    }
  }

  private change(event: DialogChanged): void {
    this._know(event);
    this.granted = event.expires;
    this.again = event.again;
    this.told = Date.now();
    const before = this.state;
    this.state = Object.values(SubscriptionState)[event.subscription];
    if (this._key) {
      if (before === SubscriptionState.NotifyWait) {
        this.initial = event.expires;
      }
      if (event.client) {
        this.sent = event.client;
        this.delegate?.onRefresh?.(new ReSubscribeUserAgentClient(this));
      }
    }
  }

  private receiveNotify(request: NotifyUserAgentServer): void {
    this._know({ remoteSequence: request.message.cseq });
    const { state, subscriber } = this;
    this.subscriber = undefined;
    this.over ||= state === SubscriptionState.Terminated || state === SubscriptionState.NotifyWait;
    if (subscriber) {
      subscriber._made = this.over ? undefined : this;
      subscriber.onNotify(request);
    } else if (this.delegate?.onNotify) {
      this.delegate.onNotify(request);
    } else {
      request.accept();
    }
  }

  /** What is left of so many seconds. */
  private left(seconds: number): number {
    return Math.max(0, seconds - Math.floor((Date.now() - this.told) / 1000));
  }

  private keep(expires: number): void {
    engine().perform({
      type: "keepSubscription",
      dialog: this.handle,
      refresh: this.refreshes,
      expires
    });
  }
}
