import type { SessionDialog } from "../dialogs/session-dialog.js";
import { getBody } from "../messages/body.js";
import type { IncomingRequestDelegate } from "../messages/incoming-request.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type {
  IncomingInviteRequest,
  OutgoingResponseWithSession
} from "../messages/methods/invite.js";
import type { OutgoingResponse, ResponseOptions } from "../messages/outgoing-response.js";
import { SignalingState } from "../session/session.js";
import { InviteServerTransaction } from "../transactions/invite-server-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { UserAgentServer } from "./user-agent-server.js";

/** An INVITE that came in (RFC 3261 section 13.3). */
export class InviteUserAgentServer extends UserAgentServer implements IncomingInviteRequest {
  private session: SessionDialog | undefined;

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
    super(InviteServerTransaction, core, message, delegate);
  }

  /**
   * Sends a 2xx response, which confirms the dialog. It is sent again until the ACK comes.
   * @param options - Its parts. Default: 200.
   */
  override accept(options: ResponseOptions = { statusCode: 200 }): OutgoingResponseWithSession {
    return super.accept(options) as OutgoingResponseWithSession;
  }

  /**
   * Sends a 1xx response other than 100, which makes an early dialog.
   * @param options - Its parts. Default: 180.
   */
  override progress(options: ResponseOptions = { statusCode: 180 }): OutgoingResponseWithSession {
    return super.progress(options) as OutgoingResponseWithSession;
  }

  /**
   * Sends a 4xx, 5xx or 6xx response.
   * @param options - Its parts. Default: 486.
   */
  override reject(options: ResponseOptions = { statusCode: 486 }): OutgoingResponse {
    return super.reject(options);
  }

  protected override respond(options: ResponseOptions): OutgoingResponseWithSession {
    const { message } = super.respond(options, (handle) => {
      this.session = this.core._session(handle);
      this.session._note(getBody(this.message), SignalingState.HaveRemoteOffer);
      return this.session;
    });
    // Only a 2xx and a reliable provisional response move the exchange of offers and answers.
    this.session?._note(options.body, this.session.signalingState);
    return { message, session: this.session! };
  }
}
