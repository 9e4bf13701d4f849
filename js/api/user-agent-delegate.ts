import type { IncomingReferRequest } from "../core/messages/methods/refer.js";
import type { IncomingRegisterRequest } from "../core/messages/methods/register.js";
import type { IncomingSubscribeRequest } from "../core/messages/methods/subscribe.js";
import type { Invitation } from "./invitation.js";
import type { Message } from "./message.js";
import type { Notification } from "./notification.js";
import type { Referral } from "./referral.js";
import type { Subscription } from "./subscription.js";

/** Told of the connection, and of what comes in outside of dialogs. */
export interface UserAgentDelegate {
  /** The transport has connected. */
  onConnect?(): void;

  /**
   * The transport is no longer connected.
   * @param error - Why the connection was lost. Undefined if it was ended on purpose.
   */
  onDisconnect?(error?: Error): void;

  /**
   * An INVITE. Default: 486.
   * @param invitation - The invitation.
   */
  onInvite?(invitation: Invitation): void;

  /**
   * A MESSAGE. Default: 200.
   * @param message - The message.
   */
  onMessage?(message: Message): void;

  /**
   * A NOTIFY outside of any dialog. Default: 481, or 200 if `allowLegacyNotifications` is true.
   * @param notification - The notification.
   */
  onNotify?(notification: Notification): void;

  /**
   * Not called, as in SIP.js: see `onReferRequest`.
   * @param referral - The referral.
   */
  onRefer?(referral: Referral): void;

  /**
   * Not called, as in SIP.js: see `onRegisterRequest`.
   * @param registration - The registration.
   */
  onRegister?(registration: unknown): void;

  /**
   * Not called, as in SIP.js: see `onSubscribeRequest`.
   * @param subscription - The subscription.
   */
  onSubscribe?(subscription: Subscription): void;

  /**
   * A REFER outside of any dialog. Default: 405.
   * @param request - The request.
   * @internal
   */
  onReferRequest?(request: IncomingReferRequest): void;

  /**
   * A REGISTER. Default: 405.
   * @param request - The request.
   * @internal
   */
  onRegisterRequest?(request: IncomingRegisterRequest): void;

  /**
   * A SUBSCRIBE outside of any dialog. Default: 405.
   * @param request - The request.
   * @internal
   */
  onSubscribeRequest?(request: IncomingSubscribeRequest): void;
}
