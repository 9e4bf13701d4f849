import type { SessionDialog } from "../dialogs/session-dialog.js";
import type { OutgoingInfoRequest } from "../messages/methods/info.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../messages/outgoing-request.js";
import { UserAgentClient } from "./user-agent-client.js";
import { within } from "./within.js";

/** An INFO on its way out. */
export class InfoUserAgentClient extends UserAgentClient implements OutgoingInfoRequest {
  /**
   * Sends an INFO.
   * @param dialog - The dialog to send it in.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  constructor(dialog: SessionDialog, delegate?: OutgoingRequestDelegate, options?: RequestOptions) {
    super(...within(dialog, "INFO", delegate, options));
  }
}
