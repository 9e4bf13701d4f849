import type { Command } from "../../engine/wire.js";
import type { OutgoingCancelRequest } from "../messages/methods/cancel.js";
import type { OutgoingRequestDelegate } from "../messages/outgoing-request.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import { NonInviteClientTransaction } from "../transactions/non-invite-client-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { UserAgentClient } from "./user-agent-client.js";

/** A CANCEL on its way out (RFC 3261 section 9.1). */
export class CancelUserAgentClient extends UserAgentClient implements OutgoingCancelRequest {
  /**
   * Sends a CANCEL at once, whether there has been a response to the INVITE or not.
   * @param core - The user agent core.
   * @param message - The CANCEL, with the branch of the INVITE.
   * @param delegate - Told of the responses.
   * @throws Error if there is no such INVITE, or it has had its final response.
   */
  constructor(
    core: UserAgentCore,
    message: OutgoingRequestMessage,
    delegate?: OutgoingRequestDelegate
  ) {
    const invite = core.userAgentClients.get(message.branch + "INVITE");
    if (!invite) {
      throw new Error("No INVITE to cancel.");
    }
    message._sender = { _order: (): Command => invite._cancel(message._lines(), true) };
    super(NonInviteClientTransaction, core, message, delegate);
  }
}
