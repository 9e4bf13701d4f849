import type { Logger } from "../core/log/logger.js";
import type { IncomingAckRequest } from "../core/messages/methods/ack.js";
import type { IncomingByeRequest } from "../core/messages/methods/bye.js";
import type { IncomingInfoRequest } from "../core/messages/methods/info.js";
import type { IncomingInviteRequest } from "../core/messages/methods/invite.js";
import type { IncomingMessageRequest } from "../core/messages/methods/message.js";
import type { IncomingNotifyRequest } from "../core/messages/methods/notify.js";
import type { IncomingPrackRequest } from "../core/messages/methods/prack.js";
import type { IncomingReferRequest } from "../core/messages/methods/refer.js";
import type { SessionDelegate } from "../core/session/session-delegate.js";
import type { Negotiation } from "./negotiation.js";

/**
 * What a session does with the requests within its dialog; subclasses may do otherwise.
 * @internal
 */
export interface Receiving {
  readonly logger: Logger;
  readonly negotiation: Negotiation;
  onAckRequest(request: IncomingAckRequest): Promise<void>;
  onByeRequest(request: IncomingByeRequest): void;
  onInfoRequest(request: IncomingInfoRequest): void;
  onInviteRequest(request: IncomingInviteRequest): void;
  onMessageRequest(request: IncomingMessageRequest): void;
  onNotifyRequest(request: IncomingNotifyRequest): void;
  onPrackRequest(request: IncomingPrackRequest): void;
  onReferRequest(request: IncomingReferRequest): void;
}

/**
 * Takes what comes in within the dialog of a session. A class, as functions of its own for each
 * session would be most of what a session takes.
 * @internal
 */
export class SessionReceiver implements SessionDelegate {
  constructor(private readonly session: Receiving) {}

  onAck(request: IncomingAckRequest): Promise<void> {
    return this.session.onAckRequest(request);
  }

  onAckTimeout(): void {
    this.session.logger.warn("No ACK came.");
    this.session.negotiation.release();
  }

  onBye(request: IncomingByeRequest): void {
    this.session.onByeRequest(request);
  }

  onInfo(request: IncomingInfoRequest): void {
    this.session.onInfoRequest(request);
  }

  onInvite(request: IncomingInviteRequest): void {
    this.session.onInviteRequest(request);
  }

  onMessage(request: IncomingMessageRequest): void {
    this.session.onMessageRequest(request);
  }

  onNotify(request: IncomingNotifyRequest): void {
    this.session.onNotifyRequest(request);
  }

  onPrack(request: IncomingPrackRequest): void {
    this.session.onPrackRequest(request);
  }

  onRefer(request: IncomingReferRequest): void {
    this.session.onReferRequest(request);
  }
}
