import type { IncomingAckRequest } from "../messages/methods/ack.js";
import type { IncomingByeRequest } from "../messages/methods/bye.js";
import type { IncomingInfoRequest } from "../messages/methods/info.js";
import type { IncomingInviteRequest } from "../messages/methods/invite.js";
import type { IncomingMessageRequest } from "../messages/methods/message.js";
import type { IncomingNotifyRequest } from "../messages/methods/notify.js";
import type { IncomingPrackRequest } from "../messages/methods/prack.js";
import type { IncomingReferRequest } from "../messages/methods/refer.js";

/** Told what comes in within a session. Where there is no method, the request is answered. */
export interface SessionDelegate {
  /**
   * An ACK to a 2xx.
   * @param request - The ACK.
   */
  onAck?(request: IncomingAckRequest): Promise<void> | void;

  /**
   * No ACK came to a 2xx, though it was sent again and again (RFC 3261 section 13.3.1.4). The core has
   * sent a BYE and the session is over.
   */
  onAckTimeout?(): void;

  /**
   * A BYE. The session is over, whatever it is answered. Default: 200.
   * @param request - The BYE.
   */
  onBye?(request: IncomingByeRequest): void;

  /**
   * An INFO. Default: 469.
   * @param request - The INFO.
   */
  onInfo?(request: IncomingInfoRequest): void;

  /**
   * A re-INVITE. Default: 488.
   * @param request - The re-INVITE.
   */
  onInvite?(request: IncomingInviteRequest): void;

  /**
   * A MESSAGE. Default: 200.
   * @param request - The MESSAGE.
   */
  onMessage?(request: IncomingMessageRequest): void;

  /**
   * A NOTIFY. Default: 200.
   * @param request - The NOTIFY.
   */
  onNotify?(request: IncomingNotifyRequest): void;

  /**
   * A PRACK that acknowledges a reliable provisional response (RFC 3262). Default: 200.
   * @param request - The PRACK.
   */
  onPrack?(request: IncomingPrackRequest): void;

  /**
   * A REFER. Default: 480.
   * @param request - The REFER.
   */
  onRefer?(request: IncomingReferRequest): void;
}
