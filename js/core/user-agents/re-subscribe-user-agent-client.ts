import type { SubscriptionDialog } from "../dialogs/subscription-dialog.js";
import type { OutgoingSubscribeRequest } from "../messages/methods/subscribe.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../messages/outgoing-request.js";
import { UserAgentClient } from "./user-agent-client.js";
import { within } from "./within.js";

/** A SUBSCRIBE within the dialog of its subscription, on its way out (RFC 6665 section 4.1.2.2). */
export class ReSubscribeUserAgentClient
  extends UserAgentClient
  implements OutgoingSubscribeRequest
{
  /**
   * Sends a SUBSCRIBE.
   * @param dialog - The dialog to send it in.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  constructor(
    dialog: SubscriptionDialog,
    delegate?: OutgoingRequestDelegate,
    options?: RequestOptions
  ) {
    super(...within(dialog, "SUBSCRIBE", delegate, options));
  }

  /** Does nothing: the subscription is there. */
  waitNotifyStop(): void {
    return;
  }
}
