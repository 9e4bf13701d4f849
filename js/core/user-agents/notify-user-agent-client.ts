import type { SessionDialog } from "../dialogs/session-dialog.js";
import type { OutgoingNotifyRequest } from "../messages/methods/notify.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../messages/outgoing-request.js";
import { UserAgentClient } from "./user-agent-client.js";
import { within } from "./within.js";

/** A NOTIFY on its way out. */
export class NotifyUserAgentClient extends UserAgentClient implements OutgoingNotifyRequest {
  /**
   * Sends a NOTIFY.
   * @param dialog - The dialog to send it in.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  constructor(dialog: SessionDialog, delegate?: OutgoingRequestDelegate, options?: RequestOptions) {
    super(...within(dialog, "NOTIFY", delegate, options));
  }
}
