import type { Event } from "../../engine/wire.js";
import type { SessionDialog } from "../dialogs/session-dialog.js";
import type { IncomingRequestDelegate } from "../messages/incoming-request.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type {
  IncomingInviteRequest,
  OutgoingResponseWithSession
} from "../messages/methods/invite.js";
import type { OutgoingResponse, ResponseOptions } from "../messages/outgoing-response.js";
import { InviteServerTransaction } from "../transactions/invite-server-transaction.js";
import { UserAgentServer } from "./user-agent-server.js";

/** A re-INVITE that came in (RFC 3261 section 14.2). */
export class ReInviteUserAgentServer extends UserAgentServer implements IncomingInviteRequest {
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
    super(InviteServerTransaction, dialog.userAgentCore, message, delegate);
    dialog.reinviteUserAgentServer = this;
  }

  /**
   * Sends a 2xx response. It is sent again until the ACK comes.
   * @param options - Its parts. Default: 200.
   */
  override accept(options: ResponseOptions = { statusCode: 200 }): OutgoingResponseWithSession {
    return super.accept(options) as OutgoingResponseWithSession;
  }

  /**
   * Sends a 1xx response other than 100.
   * @param options - Its parts. Default: 180.
   */
  override progress(options: ResponseOptions = { statusCode: 180 }): OutgoingResponseWithSession {
    return super.progress(options) as OutgoingResponseWithSession;
  }

  /**
   * Sends a 4xx, 5xx or 6xx response: the session goes on as it was.
   * @param options - Its parts. Default: 488.
   */
  override reject(options: ResponseOptions = { statusCode: 488 }): OutgoingResponse {
    return super.reject(options);
  }

  /** @internal */
  override _deliver(event: Event): void {
    const { dialog } = this;
    if (event.type === "terminated" && dialog.reinviteUserAgentServer === this) {
      dialog.reinviteUserAgentServer = undefined;
    }
    super._deliver(event);
  }

  protected override respond(options: ResponseOptions): OutgoingResponseWithSession {
    const { dialog: session } = this;
    const { message } = super.respond(options);
    if (options.statusCode >= 300) {
      session._rollBack();
    } else if (options.statusCode >= 200) {
      session._noteOurs(options.body);
    }
    return { message, session };
  }
}
