import type { Event } from "../../engine/wire.js";
import type { SessionDialog } from "../dialogs/session-dialog.js";
import { getBody } from "../messages/body.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type {
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate
} from "../messages/methods/invite.js";
import type { RequestOptions } from "../messages/outgoing-request.js";
import { SignalingState } from "../session/session.js";
import { InviteClientTransaction } from "../transactions/invite-client-transaction.js";
import { UserAgentClient } from "./user-agent-client.js";

/** A re-INVITE on its way out (RFC 3261 section 14.1). */
export class ReInviteUserAgentClient extends UserAgentClient implements OutgoingInviteRequest {
  declare delegate: OutgoingInviteRequestDelegate | undefined;

  /**
   * Sends a re-INVITE.
   * @param dialog - The dialog to send it in.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   * @throws CommandError while another INVITE is in progress in the dialog.
   */
  constructor(
    dialog: SessionDialog,
    delegate?: OutgoingInviteRequestDelegate,
    options?: RequestOptions
  ) {
    const { userAgentCore } = dialog;
    const message = dialog.createOutgoingRequestMessage("INVITE", options);
    super(InviteClientTransaction, userAgentCore, message, delegate);
    dialog.reinviteUserAgentClient = this;
    dialog._note(options?.body, SignalingState.HaveLocalOffer);
  }

  /** @internal */
  override _deliver(event: Event): void {
    const session = this.session();
    if (event.type === "terminated" && session.reinviteUserAgentClient === this) {
      session.reinviteUserAgentClient = undefined;
    }
    super._deliver(event);
  }

  protected override receiveResponse(message: IncomingResponseMessage): void {
    if (!this.authenticationGuard(message)) {
      return;
    }
    const status = message.statusCode ?? 0;
    const session = this.session();
    if (this._event) {
      session._follow(this._event.signaling);
    }
    if (status < 300) {
      session._note(getBody(message), session.signalingState);
    } else {
      session._rollBack();
    }
    if (status === 100 || status >= 300) {
      this._tell(message);
    } else {
      session._tell(this.delegate, message, this.handle);
    }
  }

  /** What has made the request. */
  private session(): SessionDialog {
    return this.message._sender as SessionDialog;
  }
}
