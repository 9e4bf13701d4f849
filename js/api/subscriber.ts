import type { URI } from "../grammar/uri.js";
import type { Logger } from "../core/log/logger.js";
import type { Body } from "../core/messages/body.js";
import { fromBodyLegacy } from "../core/messages/body.js";
import type { IncomingResponse } from "../core/messages/incoming-response.js";
import type { IncomingNotifyRequest } from "../core/messages/methods/notify.js";
import type { OutgoingSubscribeRequest } from "../core/messages/methods/subscribe.js";
import type { OutgoingRequestMessage } from "../core/messages/outgoing-request-message.js";
import { SubscriptionState as DialogState } from "../core/subscription/subscription.js";
import type { SubscribeUserAgentClient } from "../core/user-agents/subscribe-user-agent-client.js";
import { requireURI } from "./addresses.js";
import { validExpires } from "./expires.js";
import { Notification } from "./notification.js";
import type { SubscriberOptions } from "./subscriber-options.js";
import type { SubscriberSubscribeOptions } from "./subscriber-subscribe-options.js";
import { Subscription } from "./subscription.js";
import { SubscriptionState } from "./subscription-state.js";
import type { SubscriptionUnsubscribeOptions } from "./subscription-unsubscribe-options.js";
import type { UserAgent } from "./user-agent.js";

/**
 * A subscriber subscribes to events of a peer's (RFC 6665), and refreshes the subscription until it is
 * told to unsubscribe. If the peer ends it and wants another one, it subscribes anew.
 */
export class Subscriber extends Subscription {
  private id: string;
  private body: Body | undefined;
  private event: string;
  private expires: number;
  private extraHeaders: Array<string>;
  private logger: Logger;
  private outgoingRequestMessage: OutgoingRequestMessage;
  private subscriberRequest: SubscribeUserAgentClient | undefined;
  private targetURI: URI;

  /**
   * @param userAgent - The user agent.
   * @param targetURI - Whose events they are.
   * @param eventType - The event package, the value of Event.
   * @param options - The options.
   * @throws TypeError if an address is none.
   */
  constructor(
    userAgent: UserAgent,
    targetURI: URI,
    eventType: string,
    options: SubscriberOptions = {}
  ) {
    super(userAgent, options);
    this.logger = userAgent.getLogger("sip.Subscriber");
    const { body, contentType = "application/sdp", expires, extraHeaders = [] } = options;
    if (body) {
      this.body = fromBodyLegacy({ body, contentType });
    }
    this.targetURI = requireURI(targetURI, "target");
    this.event = eventType;
    this.expires = validExpires(expires, this.logger);
    this.extraHeaders = extraHeaders.slice();
    const message = (this.outgoingRequestMessage = this.initSubscriberRequest());
    this.id = message.callId + message.fromTag + eventType;
    userAgent._subscriptions[this.id] = this;
  }

  /**
   * Unsubscribes if need be, and is not to be used any more.
   * @returns A promise resolved once that is done.
   */
  override async dispose(): Promise<void> {
    if (!this.disposed) {
      this.end();
      void super.dispose();
    }
  }

  /**
   * Subscribes. If there is a subscription already, it is refreshed.
   * @returns A promise resolved once the SUBSCRIBE has been sent: `stateChange` tells what became of it.
   * It is rejected with a `TypeError` if a value cannot be sent.
   */
  override async subscribe(_options: SubscriberSubscribeOptions = {}): Promise<void> {
    if (this.state === SubscriptionState.Initial) {
      this.stateTransition(SubscriptionState.NotifyWait);
      this.send();
    } else if (this.state === SubscriptionState.Subscribed && this._dialog) {
      const end = (): void => this.end();
      this._dialog.refresh().delegate = {
        onAccept: (response) => this.onAccepted(response),
        onRedirect: end,
        onReject: end
      };
    }
  }

  /** {@inheritDoc Subscription.unsubscribe} */
  override async unsubscribe(_options: SubscriptionUnsubscribeOptions = {}): Promise<void> {
    this.end();
  }

  /**
   * Makes the subscription last longer.
   * @deprecated Use `subscribe`.
   * @internal
   */
  async _refresh(): Promise<void> {
    if (this.state === SubscriptionState.Subscribed) {
      await this.subscribe();
    }
  }

  /**
   * A SUBSCRIBE was accepted.
   * @internal
   */
  protected onAccepted(_response: IncomingResponse): void {
    return;
  }

  /**
   * A NOTIFY came in.
   * @internal
   */
  protected onNotify(request: IncomingNotifyRequest): void {
    if (this.disposed) {
      request.accept();
      return;
    }
    this.stateTransition(SubscriptionState.Subscribed);
    if (this.delegate?.onNotify) {
      this.delegate.onNotify(new Notification(request));
    } else {
      request.accept();
    }
  }

  /**
   * A SUBSCRIBE was sent, as the subscription would have run out.
   * @internal
   */
  protected onRefresh(request: OutgoingSubscribeRequest): void {
    request.delegate = { onAccept: (response) => this.onAccepted(response) };
  }

  private initSubscriberRequest(): OutgoingRequestMessage {
    const { userAgentCore, configuration } = this._userAgent;
    return userAgentCore.makeOutgoingRequestMessage(
      "SUBSCRIBE",
      this.targetURI,
      configuration.uri,
      this.targetURI,
      {},
      [...this.extraHeaders, `Event: ${this.event}`, `Expires: ${this.expires}`],
      this.body
    );
  }

  private send(): void {
    const end = (): void => this.end();
    // A NOTIFY that made a subscription outweighs what becomes of the SUBSCRIBE.
    const refused = (): void => {
      if (!this._dialog) {
        this.end();
      }
    };
    this.subscriberRequest = this._userAgent.userAgentCore.subscribe(this.outgoingRequestMessage, {
      onAccept: (response) => this.onAccepted(response),
      onNotify: ({ request, subscription }) => {
        this._dialog = subscription;
        if (subscription) {
          subscription.delegate = {
            onNotify: (notify) => this.receive(notify),
            onRefresh: (refresh) => this.onRefresh(refresh),
            onTerminated: end
          };
          subscription.autoRefresh = true;
        }
        this.receive(request);
      },
      onNotifyTimeout: end,
      onRedirect: refused,
      onReject: refused
    }) as SubscribeUserAgentClient;
  }

  /** A NOTIFY, after which the subscription may be over, and another one be wanted. */
  private receive(request: IncomingNotifyRequest): void {
    const { subscriptionState, subscriptionRefresh } = this.subscriberRequest!._dialog!;
    try {
      this.onNotify(request);
    } finally {
      if (subscriptionState === DialogState.Terminated) {
        if (subscriptionRefresh === undefined || this.state === SubscriptionState.Terminated) {
          this.end();
        } else {
          this.retry(subscriptionRefresh);
        }
      }
    }
  }

  private retry(seconds: number): void {
    this._dialog = undefined;
    this.outgoingRequestMessage = this.initSubscriberRequest();
    this.outgoingRequestMessage._after = seconds;
    this.send();
  }

  /** Ends whatever there is. */
  private end(): void {
    const dialog = this._dialog;
    const { subscriberRequest } = this;
    subscriberRequest?.waitNotifyStop();
    // One that waits to be sent.
    if (!this.outgoingRequestMessage.branch) {
      subscriberRequest?.dispose();
    }
    if (dialog?.delegate) {
      dialog.delegate = undefined;
      if (dialog.subscriptionState !== DialogState.Terminated) {
        dialog.unsubscribe();
      }
    }
    this.stateTransition(SubscriptionState.Terminated);
    delete this._userAgent._subscriptions[this.id];
  }
}
