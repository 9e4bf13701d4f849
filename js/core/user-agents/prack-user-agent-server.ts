import type { SessionDialog } from "../dialogs/session-dialog.js";
import type { IncomingRequestDelegate } from "../messages/incoming-request.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingPrackRequest } from "../messages/methods/prack.js";
import type { OutgoingResponse, ResponseOptions } from "../messages/outgoing-response.js";
import { SignalingState } from "../session/session.js";
import { NonInviteServerTransaction } from "../transactions/non-invite-server-transaction.js";
import { UserAgentServer } from "./user-agent-server.js";

/** A PRACK that came in. */
export class PrackUserAgentServer extends UserAgentServer implements IncomingPrackRequest {
  /**
   * @param dialog - The dialog it came in.
   * @param message - The request.
   * @param delegate - Told what happens to the request.
   */
  constructor(
    private dialog: SessionDialog,
    message: IncomingRequestMessage,
    delegate?: IncomingRequestDelegate
  ) {
    super(NonInviteServerTransaction, dialog.userAgentCore, message, delegate);
  }

  /**
   * Sends a 2xx response.
   * @param options - Its parts, in particular the answer to an offer in the PRACK. Default: 200.
   */
  override accept(options: ResponseOptions = { statusCode: 200 }): OutgoingResponse {
    const response = super.accept(options);
    this.dialog._note(options.body, SignalingState.Stable);
    return response;
  }
}
