import type { IncomingInviteRequest } from "../messages/methods/invite.js";
import type { IncomingMessageRequest } from "../messages/methods/message.js";
import type { IncomingNotifyRequest } from "../messages/methods/notify.js";
import type { IncomingReferRequest } from "../messages/methods/refer.js";
import type { IncomingRegisterRequest } from "../messages/methods/register.js";
import type { IncomingSubscribeRequest } from "../messages/methods/subscribe.js";

/**
 * Told of the requests that come in outside of dialogs. Where there is no method, the request is
 * answered: an INVITE and a SUBSCRIBE with 480, a MESSAGE with 200, the others with 405.
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

  /**
   * A REGISTER.
   * @param request - The REGISTER.
   */
  onRegister?(request: IncomingRegisterRequest): void;

  /**
   * A SUBSCRIBE.
   * @param request - The SUBSCRIBE.
   */
  onSubscribe?(request: IncomingSubscribeRequest): void;
}
