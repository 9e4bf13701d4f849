import type { IncomingRequest } from "../core/messages/incoming-request.js";
import type { IncomingInviteRequest } from "../core/messages/methods/invite.js";
import type { IncomingMessageRequest } from "../core/messages/methods/message.js";
import type { IncomingNotifyRequest } from "../core/messages/methods/notify.js";
import type { IncomingReferRequest } from "../core/messages/methods/refer.js";
import type { IncomingRegisterRequest } from "../core/messages/methods/register.js";
import type { IncomingSubscribeRequest } from "../core/messages/methods/subscribe.js";
import type { UserAgentCoreDelegate } from "../core/user-agent-core/user-agent-core-delegate.js";
import { Invitation } from "./invitation.js";
import { Message } from "./message.js";
import { Notification } from "./notification.js";
import { SessionState } from "./session-state.js";
import type { UserAgent } from "./user-agent.js";
import { SIPExtension } from "./user-agent-options.js";

/** Takes the requests that come in outside of dialogs, for the delegate of a user agent. */
export class Receiver implements UserAgentCoreDelegate {
  /**
   * @param userAgent - The user agent.
   */
  constructor(private userAgent: UserAgent) {}

  onInvite(request: IncomingInviteRequest): void {
    receiveInvite(this.userAgent, request);
  }

  onMessage(request: IncomingMessageRequest): void {
    const { delegate } = this.userAgent;
    if (delegate?.onMessage) {
      delegate.onMessage(new Message(request));
    } else {
      request.accept();
    }
  }

  onNotify(request: IncomingNotifyRequest): void {
    const { delegate, configuration } = this.userAgent;
    if (delegate?.onNotify) {
      delegate.onNotify(new Notification(request));
    } else if (configuration.allowLegacyNotifications) {
      request.accept();
    } else {
      // RFC 6665 section 4.1.3: a NOTIFY that matches no subscription gets a 481.
      request.reject({ statusCode: 481 });
    }
  }

  onRefer(request: IncomingReferRequest): void {
    receive(this.userAgent, "onReferRequest", request);
  }

  onRegister(request: IncomingRegisterRequest): void {
    receive(this.userAgent, "onRegisterRequest", request);
  }

  onSubscribe(request: IncomingSubscribeRequest): void {
    receive(this.userAgent, "onSubscribeRequest", request);
  }
}

function receiveInvite(userAgent: UserAgent, request: IncomingInviteRequest): void {
  const invitation = new Invitation(userAgent, request);
  request.delegate = { onCancel: (cancel) => invitation._onCancel(cancel) };
  if (!userAgent.delegate?.onInvite) {
    invitation.reject({ statusCode: 486 }).catch(() => undefined);
    return;
  }
  if (!admitReplacement(userAgent, invitation)) {
    return;
  }
  const handOver = (): void => userAgent.delegate?.onInvite?.(invitation);
  if (invitation.autoSendAnInitialProvisionalResponse) {
    void invitation.progress().then(handOver, (error: Error) => {
      userAgent.getLogger("sip.UserAgent").error(error.message);
      handOver();
    });
  } else {
    handOver();
  }
}

/** RFC 3891 section 3: an INVITE that is to take the place of another. False if it was refused. */
function admitReplacement(userAgent: UserAgent, invitation: Invitation): boolean {
  const replaces = invitation.request.parseHeader("Replaces");
  const { sipExtensionReplaces } = userAgent.configuration;
  if (!replaces || sipExtensionReplaces === SIPExtension.Unsupported) {
    return true;
  }
  const id = replaces.call_id + replaces.replaces_to_tag + replaces.replaces_from_tag;
  const replacee = Object.values(userAgent._sessions).find(({ dialog }) => dialog?.id === id);
  // RFC 3891 section 3: "If no match is found, the UAS rejects the INVITE and returns a 481
  // Call/Transaction Does Not Exist response." "If the Replaces header field matches a dialog which
  // has already terminated, the UA SHOULD decline the request with a 603 Declined response."
  let statusCode = replacee ? 603 : 481;
  if (replacee && replacee.state !== SessionState.Terminated) {
    // Of a dialog that is confirmed: "If the flag is present, the UA rejects the request with a 486
    // Busy response."
    if (!replaces.early_only || replacee.state !== SessionState.Established) {
      invitation._replacee = replacee;
      return true;
    }
    statusCode = 486;
  }
  invitation.reject({ statusCode }).catch(() => undefined);
  return false;
}

function receive(
  { delegate }: UserAgent,
  method: "onReferRequest" | "onRegisterRequest" | "onSubscribeRequest",
  request: IncomingRequest
): void {
  if (delegate?.[method]) {
    delegate[method](request as IncomingReferRequest);
  } else {
    request.reject({ statusCode: 405 });
  }
}
