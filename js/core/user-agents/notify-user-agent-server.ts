import type { Dialog } from "../dialogs/dialog.js";
import type { IncomingRequestDelegate } from "../messages/incoming-request.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingNotifyRequest } from "../messages/methods/notify.js";
import { NonInviteServerTransaction } from "../transactions/non-invite-server-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { UserAgentServer } from "./user-agent-server.js";

/** A NOTIFY that came in. */
export class NotifyUserAgentServer extends UserAgentServer implements IncomingNotifyRequest {
  /**
   * @param dialogOrCore - The dialog it came in, or the user agent core.
   * @param message - The request.
   * @param delegate - Told what happens to the request.
   */
  constructor(
    dialogOrCore: Dialog | UserAgentCore,
    message: IncomingRequestMessage,
    delegate?: IncomingRequestDelegate
  ) {
    const core = "userAgentCore" in dialogOrCore ? dialogOrCore.userAgentCore : dialogOrCore;
    super(NonInviteServerTransaction, core, message, delegate);
  }
}
