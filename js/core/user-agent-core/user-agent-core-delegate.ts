import type { IncomingInviteRequest } from "../messages/methods/invite.js";
import type { IncomingMessageRequest } from "../messages/methods/message.js";
import type { IncomingNotifyRequest } from "../messages/methods/notify.js";
import type { IncomingReferRequest } from "../messages/methods/refer.js";

/**
 * Told of the requests that come in outside of dialogs. Where there is no method, the request is
 * answered: an INVITE and a MESSAGE with 480 and 200, the others with 405.
 */
export interface UserAgentCoreDelegate {
  /**
   * An INVITE.
   * @param request - The INVITE.
   */
  onInvite?(request: IncomingInviteRequest): void;

  /**
   * A MESSAGE.
   * @param request - The MESSAGE.
   */
  onMessage?(request: IncomingMessageRequest): void;

  /**
   * A NOTIFY.
   * @param request - The NOTIFY.
   */
  onNotify?(request: IncomingNotifyRequest): void;

  /**
   * A REFER.
   * @param request - The REFER.
   */
  onRefer?(request: IncomingReferRequest): void;
}
