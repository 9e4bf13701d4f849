import { copyOf } from "../../engine/text.js";
import { getBody } from "../messages/body.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type {
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate
} from "../messages/methods/invite.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import { SignalingState } from "../session/session.js";
import { InviteClientTransaction } from "../transactions/invite-client-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { UserAgentClient } from "./user-agent-client.js";

/** An INVITE on its way out (RFC 3261 section 13.2). */
export class InviteUserAgentClient extends UserAgentClient implements OutgoingInviteRequest {
  declare delegate: OutgoingInviteRequestDelegate | undefined;

  /**
   * Sends an INVITE.
   * @param core - The user agent core.
   * @param message - The request.
   * @param delegate - Told of the responses.
   */
  constructor(
    core: UserAgentCore,
    message: OutgoingRequestMessage,
    delegate?: OutgoingInviteRequestDelegate
  ) {
    super(InviteClientTransaction, core, message, delegate);
  }

  protected override receiveResponse(message: IncomingResponseMessage): void {
    const event = this._event;
    if (!this.authenticationGuard(message)) {
      return;
    }
    const status = message.statusCode ?? 0;
    const session = event?.dialog ? this.core._session(event.dialog) : undefined;
    if (!event || !session || status === 100 || status >= 300) {
      this._tell(message);
      return;
    }
    session._follow(event.signaling);
    session._note(getBody(this.message), SignalingState.HaveLocalOffer);
    const body = getBody(message);
    // The session keeps it, and nobody the rest of the response.
    if (body) body.content = copyOf(body.content);
    session._note(body, session.signalingState);
    session._tell(this.delegate, message, this.handle);
  }
}
