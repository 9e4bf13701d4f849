import type { IncomingRequestDelegate } from "../messages/incoming-request.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingMessageRequest } from "../messages/methods/message.js";
import { NonInviteServerTransaction } from "../transactions/non-invite-server-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { UserAgentServer } from "./user-agent-server.js";

/** A MESSAGE that came in. */
export class MessageUserAgentServer extends UserAgentServer implements IncomingMessageRequest {
  /**
   * @param core - The user agent core.
   * @param message - The request.
   * @param delegate - Told what happens to the request.
   */
  constructor(
    core: UserAgentCore,
    message: IncomingRequestMessage,
    delegate?: IncomingRequestDelegate
  ) {
    super(NonInviteServerTransaction, core, message, delegate);
  }
}
