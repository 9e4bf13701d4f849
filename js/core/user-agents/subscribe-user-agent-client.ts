import { SubscriptionDialog } from "../dialogs/subscription-dialog.js";
import type { DialogState } from "../dialogs/dialog-state.js";
import type { IncomingNotifyRequest } from "../messages/methods/notify.js";
import type {
  OutgoingSubscribeRequest,
  OutgoingSubscribeRequestDelegate
} from "../messages/methods/subscribe.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import { SubscriptionState } from "../subscription/subscription.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
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

  private waiting = false;
  private subscriberId: string;

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
    super(core, message, delegate);
    this.subscriberId = message.callId + message.fromTag + message.getHeader("Event");
    core._send(this);
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
    core.subscribers.set(this.subscriberId, this);
    this.waiting = true;
    return (this._dialog = new SubscriptionDialog(
      message.getHeader("Event")!,
      Number(message.getHeader("Expires")),
      SubscriptionState.NotifyWait,
      core,
      {} as DialogState
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

  /** True if it has waited. */
  private stopWaiting(): boolean {
    const { waiting } = this;
    this.waiting = false;
    if (waiting) {
      this.core.subscribers.delete(this.subscriberId);
    }
    return waiting;
  }
}
