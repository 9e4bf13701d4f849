import type { ResponseReceived } from "../../engine/wire.js";
import { getBody } from "../messages/body.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type {
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate
} from "../messages/methods/invite.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import { SignalingState } from "../session/session.js";
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
    super(core, message, delegate);
    core._send(this);
  }

  protected override receiveResponse(
    message: IncomingResponseMessage,
    event: ResponseReceived
  ): void {
    const status = message.statusCode ?? 0;
    const session = event.dialog === 0 ? undefined : this.core._session(event.dialog);
    if (!session || status === 100 || status >= 300) {
      this._tell(message);
      return;
    }
    session._follow(event.signaling);
    session._note(getBody(this.message), SignalingState.HaveLocalOffer);
    session._note(getBody(message), session.signalingState);
    session._tell(this.delegate, message, this.handle);
  }
}
