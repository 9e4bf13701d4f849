import type { OutgoingRegisterRequest } from "../messages/methods/register.js";
import type { OutgoingRequestDelegate } from "../messages/outgoing-request.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import { NonInviteClientTransaction } from "../transactions/non-invite-client-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { UserAgentClient } from "./user-agent-client.js";

/** A REGISTER on its way out. */
export class RegisterUserAgentClient extends UserAgentClient implements OutgoingRegisterRequest {
  /**
   * Sends a REGISTER.
   * @param core - The user agent core.
   * @param message - The request.
   * @param delegate - Told of the responses.
   */
  constructor(
    core: UserAgentCore,
    message: OutgoingRequestMessage,
    delegate?: OutgoingRequestDelegate
  ) {
    super(NonInviteClientTransaction, core, message, delegate);
  }
}
