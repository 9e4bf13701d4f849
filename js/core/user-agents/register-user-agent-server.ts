import type { IncomingRequestDelegate } from "../messages/incoming-request.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingRegisterRequest } from "../messages/methods/register.js";
import { NonInviteServerTransaction } from "../transactions/non-invite-server-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { UserAgentServer } from "./user-agent-server.js";

/** A REGISTER that came in. */
export class RegisterUserAgentServer extends UserAgentServer implements IncomingRegisterRequest {
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
