import type { SessionDialog } from "../dialogs/session-dialog.js";
import type { OutgoingByeRequest } from "../messages/methods/bye.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../messages/outgoing-request.js";
import { UserAgentClient } from "./user-agent-client.js";
import { within } from "./within.js";

/** A BYE on its way out. */
export class ByeUserAgentClient extends UserAgentClient implements OutgoingByeRequest {
  /**
   * Sends a BYE.
   * @param dialog - The dialog to send it in.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  constructor(dialog: SessionDialog, delegate?: OutgoingRequestDelegate, options?: RequestOptions) {
    super(...within(dialog, "BYE", delegate, options));
  }
}
