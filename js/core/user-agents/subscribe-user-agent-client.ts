import { SubscriptionDialog } from "../dialogs/subscription-dialog.js";
import type { IncomingNotifyRequest } from "../messages/methods/notify.js";
import type {
  OutgoingSubscribeRequest,
  OutgoingSubscribeRequestDelegate
} from "../messages/methods/subscribe.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import { SubscriptionState } from "../subscription/subscription.js";
import { NonInviteClientTransaction } from "../transactions/non-invite-client-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import type { NotifyUserAgentServer } from "./notify-user-agent-server.js";
import { UserAgentClient } from "./user-agent-client.js";

/**
 * A SUBSCRIBE on its way out (RFC 6665 section 4.1.2.1), and the wait for the NOTIFY that makes the
 * subscription. Of several, as the SUBSCRIBE may fork, the first one does.
 */
export class SubscribeUserAgentClient extends UserAgentClient implements OutgoingSubscribeRequest {
  declare delegate: OutgoingSubscribeRequestDelegate | undefined;
  /**
   * The dialog of the subscription, before the NOTIFY and after it.
   * @internal
   */
  _dialog: SubscriptionDialog | undefined;

  /**
   * What the NOTIFY has made.
   * @internal
   */
  _made: SubscriptionDialog | undefined;

  private waiting: boolean | undefined;

  /**
   * Sends a SUBSCRIBE.
   * @param core - The user agent core.
   * @param message - The request.
   * @param delegate - Told of the responses and of the NOTIFY.
   * @throws Error if it has no Event or no Expires.
   */
  constructor(
    core: UserAgentCore,
    message: OutgoingRequestMessage,
    delegate?: OutgoingSubscribeRequestDelegate
  ) {
    for (const name of ["Event", "Expires"]) {
      if (!message.getHeader(name)) {
        throw new Error(`${name} undefined`);
      }
    }
    super(NonInviteClientTransaction, core, message, delegate);
  }

  /**
   * The NOTIFY came that makes the subscription.
   * @param uas - The NOTIFY.
   */
  onNotify(uas: NotifyUserAgentServer): void {
    this._notified(uas, false, this._made);
  }

  /** Waits for the NOTIFY. It is called when the SUBSCRIBE is sent. */
  waitNotifyStart(): void {
    this.core.subscribers.set(this.subscriberId(), this);
    this.waiting = true;
  }

  /** Stops waiting for the NOTIFY: one that comes is answered 481. */
  waitNotifyStop(): void {
    if (this.stopWaiting()) {
      this._dialog!.dispose();
    }
  }

  /**
   * Waits for the NOTIFY.
   * @param handle - The handle of the dialog that it will make.
   * @internal
   */
  _await(handle: number): SubscriptionDialog {
    const { core, message } = this;
    this.waitNotifyStart();
    return (this._dialog = new SubscriptionDialog(
      message.getHeader("Event")!,
      Number(message.getHeader("Expires")),
      SubscriptionState.NotifyWait,
      core,
      undefined as never
    )._adopt(handle, this));
  }

  /**
   * The wait is over.
   * @param request - The NOTIFY.
   * @param late - True if none came in time.
   * @param subscription - What it makes.
   * @internal
   */
  _notified(
    request: IncomingNotifyRequest | undefined,
    late: boolean,
    subscription?: SubscriptionDialog
  ): void {
    const waited = this.stopWaiting();
    if (!request) {
      if (late && waited) {
        this.delegate?.onNotifyTimeout?.();
      }
    } else if (this.delegate?.onNotify) {
      this.delegate.onNotify({ request, subscription });
    } else {
      request.accept();
    }
  }

  private subscriberId(): string {
    const { callId, fromTag } = this.message;
    return callId + fromTag + this.message.getHeader("Event");
  }

  /** True if it has waited. */
  private stopWaiting(): boolean {
    const waiting = !!this.waiting;
    this.waiting = false;
    if (waiting) {
      this.core.subscribers.delete(this.subscriberId());
    }
    return waiting;
  }
}
