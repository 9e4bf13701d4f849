import type { IncomingRequestMessage } from "../core/messages/incoming-request-message.js";
import type { Ack } from "./ack.js";
import type { Bye } from "./bye.js";
import type { Cancel } from "./cancel.js";
import type { Info } from "./info.js";
import type { Message } from "./message.js";
import type { Notification } from "./notification.js";
import type { Referral } from "./referral.js";
import type { SessionDescriptionHandler } from "./session-description-handler.js";

/**
 * Told what comes in within a session. Where there is a method it has to answer the request; where
 * there is none, the session accepts it.
 */
export interface SessionDelegate {
  /**
   * An ACK: to the INVITE, or to a re-INVITE.
   * @param ack - The ACK.
   */
  onAck?(ack: Ack): void;

  /**
   * A BYE. The session is over when this returns.
   * @param bye - The BYE.
   */
  onBye?(bye: Bye): void;

  /**
   * A CANCEL, of an `Invitation`. CANCEL and INVITE have been answered.
   * @param cancel - The CANCEL.
   */
  onCancel?(cancel: Cancel): void;

  /**
   * An INFO.
   * @param info - The INFO.
   */
  onInfo?(info: Info): void;

  /**
   * A re-INVITE, which has been answered.
   * @param request - The re-INVITE.
   * @param response - The response as it was sent.
   * @param statusCode - The status code of the response.
   */
  onInvite?(request: IncomingRequestMessage, response: string, statusCode: number): void;

  /**
   * A MESSAGE.
   * @param message - The MESSAGE.
   */
  onMessage?(message: Message): void;

  /**
   * A NOTIFY that the caller of `Session.refer()` does not take.
   * @param notification - The NOTIFY.
   */
  onNotify?(notification: Notification): void;

  /**
   * A REFER. If there is no such method the reference is followed.
   * @param referral - The REFER.
   */
  onRefer?(referral: Referral): void;

  /**
   * A session description handler has been made and not been used yet.
   * @param sessionDescriptionHandler - The handler.
   * @param provisional - True if it was made for a reliable provisional response. Always false as long
   * as these are not supported.
   */
  onSessionDescriptionHandler?(
    sessionDescriptionHandler: SessionDescriptionHandler,
    provisional: boolean
  ): void;
}
