import type { ResponseReceived } from "../../engine/wire.js";
import type { SessionDialog } from "../dialogs/session-dialog.js";
import { getBody } from "../messages/body.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type {
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate
} from "../messages/methods/invite.js";
import type { RequestOptions } from "../messages/outgoing-request.js";
import { UserAgentClient } from "./user-agent-client.js";

/** A re-INVITE on its way out (RFC 3261 section 14.1). */
export class ReInviteUserAgentClient extends UserAgentClient implements OutgoingInviteRequest {
  declare delegate: OutgoingInviteRequestDelegate | undefined;
  private dialog: SessionDialog;

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
    super(dialog.userAgentCore, dialog.createOutgoingRequestMessage("INVITE", options), delegate);
    this.dialog = dialog;
    dialog._send(this);
  }

  protected override receiveResponse(
    message: IncomingResponseMessage,
    event: ResponseReceived
  ): void {
    const status = message.statusCode ?? 0;
    const session = this.dialog;
    session._follow(event.signaling);
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
}
