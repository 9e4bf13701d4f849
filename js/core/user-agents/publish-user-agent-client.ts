import type { OutgoingPublishRequest } from "../messages/methods/publish.js";
import type { OutgoingRequestDelegate } from "../messages/outgoing-request.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import { NonInviteClientTransaction } from "../transactions/non-invite-client-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { UserAgentClient } from "./user-agent-client.js";

/** A PUBLISH on its way out (RFC 3903). */
export class PublishUserAgentClient extends UserAgentClient implements OutgoingPublishRequest {
  /**
   * Sends a PUBLISH.
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
