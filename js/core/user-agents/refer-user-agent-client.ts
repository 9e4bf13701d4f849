import type { SessionDialog } from "../dialogs/session-dialog.js";
import type { OutgoingReferRequest } from "../messages/methods/refer.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../messages/outgoing-request.js";
import { UserAgentClient } from "./user-agent-client.js";
import { within } from "./within.js";

/** A REFER on its way out. */
export class ReferUserAgentClient extends UserAgentClient implements OutgoingReferRequest {
  /**
   * Sends a REFER.
   * @param dialog - The dialog to send it in.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  constructor(dialog: SessionDialog, delegate?: OutgoingRequestDelegate, options?: RequestOptions) {
    super(...within(dialog, "REFER", delegate, options));
  }
}
