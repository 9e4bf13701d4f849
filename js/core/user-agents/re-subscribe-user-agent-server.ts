import type { Dialog } from "../dialogs/dialog.js";
import type { IncomingRequestDelegate } from "../messages/incoming-request.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingSubscribeRequest } from "../messages/methods/subscribe.js";
import { NonInviteServerTransaction } from "../transactions/non-invite-server-transaction.js";
import { UserAgentServer } from "./user-agent-server.js";

/** A SUBSCRIBE that came in within a dialog. */
export class ReSubscribeUserAgentServer
  extends UserAgentServer
  implements IncomingSubscribeRequest
{
  /**
   * @param dialog - The dialog it came in.
   * @param message - The request.
   * @param delegate - Told what happens to the request.
   */
  constructor(dialog: Dialog, message: IncomingRequestMessage, delegate?: IncomingRequestDelegate) {
    super(NonInviteServerTransaction, dialog.userAgentCore, message, delegate);
  }
}
