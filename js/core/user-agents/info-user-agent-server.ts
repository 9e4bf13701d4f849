import type { SessionDialog } from "../dialogs/session-dialog.js";
import type { IncomingRequestDelegate } from "../messages/incoming-request.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingInfoRequest } from "../messages/methods/info.js";
import { NonInviteServerTransaction } from "../transactions/non-invite-server-transaction.js";
import { UserAgentServer } from "./user-agent-server.js";

/** An INFO that came in. */
export class InfoUserAgentServer extends UserAgentServer implements IncomingInfoRequest {
  /**
   * @param dialog - The dialog it came in.
   * @param message - The request.
   * @param delegate - Told what happens to the request.
   */
  constructor(
    dialog: SessionDialog,
    message: IncomingRequestMessage,
    delegate?: IncomingRequestDelegate
  ) {
    super(NonInviteServerTransaction, dialog.userAgentCore, message, delegate);
  }
}
