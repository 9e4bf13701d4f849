import type { SessionDialog } from "../dialogs/session-dialog.js";
import { getBody } from "../messages/body.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type { OutgoingPrackRequest } from "../messages/methods/prack.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../messages/outgoing-request.js";
import { SignalingState } from "../session/session.js";
import { UserAgentClient } from "./user-agent-client.js";
import { within } from "./within.js";

/** A PRACK on its way out (RFC 3262). */
export class PrackUserAgentClient extends UserAgentClient implements OutgoingPrackRequest {
  /**
   * Sends a PRACK.
   * @param dialog - The dialog to send it in.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request: with a RAck that says what is acknowledged.
   */
  constructor(dialog: SessionDialog, delegate?: OutgoingRequestDelegate, options?: RequestOptions) {
    dialog._noteOurs(options?.body);
    super(...within(dialog, "PRACK", delegate, options));
  }

  protected override receiveResponse(message: IncomingResponseMessage): void {
    if (message.statusCode! >= 200 && message.statusCode! < 300) {
      const session = this.message._sender as SessionDialog;
      session._note(getBody(message), SignalingState.Stable);
    }
    super.receiveResponse(message);
  }
}
