import type { Body } from "../core/messages/body.js";
import type { IncomingInviteRequest } from "../core/messages/methods/invite.js";
import type { Session as Dialog } from "../core/session/session.js";
import { SignalingState } from "../core/session/session.js";
import type { Logger } from "../core/log/logger.js";
import { reportException } from "../engine/report.js";
import { attempt } from "./attempt.js";
import { getDescription, rollBack, setDescription, setOfferAndGetAnswer } from "./media.js";
import type { MediaOptions } from "./media.js";
import { Negotiation, sessionDescription } from "./negotiation.js";
import type { Negotiator } from "./negotiation.js";
import type { Session } from "./session.js";
import type { SessionDelegate } from "./session-delegate.js";
import type {
  SessionDescriptionHandler,
  SessionDescriptionHandlerModifier,
  SessionDescriptionHandlerOptions
} from "./session-description-handler.js";
import type { SessionDescriptionHandlerFactory } from "./session-description-handler-factory.js";
import type { UserAgent } from "./user-agent.js";

/**
 * The media of a session: its session description handler, with what options that is asked, and each
 * step of an offer and an answer as a protected method, which is called on the instance.
 */
export abstract class SessionMedia {
  abstract delegate: SessionDelegate | undefined;
  /** Of the category "sip.Invitation" or "sip.Inviter". */
  protected abstract logger: Logger;
  protected abstract _dialog: Dialog | undefined;

  /**
   * The offers and answers.
   * @internal
   */
  protected negotiation = new Negotiation(this as unknown as Negotiator);

  /** The user agent. */
  abstract get userAgent(): UserAgent;

  /**
   * The session description handler. It is there from the state "Establishing" on if we make the offer
   * in the INVITE, else from "Established" on.
   */
  get sessionDescriptionHandler(): SessionDescriptionHandler | undefined {
    return this.negotiation.handler;
  }

  /** What makes the session description handler. */
  get sessionDescriptionHandlerFactory(): SessionDescriptionHandlerFactory {
    return this.userAgent.configuration.sessionDescriptionHandlerFactory;
  }

  /** Modifiers for the INVITE. */
  get sessionDescriptionHandlerModifiers(): Array<SessionDescriptionHandlerModifier> {
    return this.negotiation.initial.modifiers;
  }

  set sessionDescriptionHandlerModifiers(modifiers: Array<SessionDescriptionHandlerModifier>) {
    this.negotiation.initial.modifiers = modifiers;
  }

  /** Options of the session description handler for the INVITE. */
  get sessionDescriptionHandlerOptions(): SessionDescriptionHandlerOptions {
    return this.negotiation.initial.options;
  }

  set sessionDescriptionHandlerOptions(options: SessionDescriptionHandlerOptions) {
    this.negotiation.initial.options = options;
  }

  /** Modifiers for re-INVITEs, in either direction. */
  get sessionDescriptionHandlerModifiersReInvite(): Array<SessionDescriptionHandlerModifier> {
    return this.negotiation.later.modifiers;
  }

  set sessionDescriptionHandlerModifiersReInvite(
    modifiers: Array<SessionDescriptionHandlerModifier>
  ) {
    this.negotiation.later.modifiers = modifiers;
  }

  /** Options of the session description handler for re-INVITEs, in either direction. */
  get sessionDescriptionHandlerOptionsReInvite(): SessionDescriptionHandlerOptions {
    return this.negotiation.later.options;
  }

  set sessionDescriptionHandlerOptionsReInvite(options: SessionDescriptionHandlerOptions) {
    this.negotiation.later.options = options;
  }

  /**
   * Makes an offer.
   * @param options - For the session description handler.
   * @internal
   */
  protected getOffer(options: MediaOptions): Promise<Body> {
    return this.doing((handler) => getDescription(handler, options));
  }

  /**
   * Applies the answer to our offer.
   * @param answer - The answer.
   * @param options - For the session description handler.
   * @internal
   */
  protected setAnswer(answer: Body, options: MediaOptions): Promise<void> {
    return this.doing((handler) => setDescription(handler, answer, options));
  }

  /**
   * Applies the peer's offer and gets our answer.
   * @param offer - The offer.
   * @param options - For the session description handler.
   * @internal
   */
  protected setOfferAndGetAnswer(offer: Body, options: MediaOptions): Promise<Body> {
    return this.doing((handler) => setOfferAndGetAnswer(handler, offer, options));
  }

  /**
   * Withdraws the offer that is pending.
   * @internal
   */
  protected rollbackOffer(): Promise<void> {
    return this.doing(rollBack);
  }

  /**
   * Makes the description for a response to an INVITE: the answer to its offer, or an offer.
   * @param request - The INVITE.
   * @param options - For the session description handler.
   * @internal
   */
  protected generateResponseOfferAnswer(
    request: IncomingInviteRequest,
    options: MediaOptions
  ): Promise<Body | undefined> {
    return this._dialog
      ? this.generateResponseOfferAnswerInDialog(options)
      : this.negotiation.respond(sessionDescription(request.message), options);
  }

  /**
   * Makes the description for a response to a re-INVITE.
   * @param options - For the session description handler.
   * @internal
   */
  protected generateResponseOfferAnswerInDialog(options: MediaOptions): Promise<Body | undefined> {
    const { _dialog: dialog } = this;
    if (!dialog) {
      return Promise.reject(new Error("Dialog undefined."));
    }
    const offered = dialog.signalingState === SignalingState.HaveRemoteOffer;
    return this.negotiation.respond(offered ? dialog.offer : undefined, options);
  }

  /**
   * Sets the session description handler.
   * @param sdh - The handler.
   * @throws Error if there is one.
   * @internal
   */
  protected setSessionDescriptionHandler(sdh: SessionDescriptionHandler): void {
    if (this.negotiation.handler) {
      throw new Error("Session description handler defined.");
    }
    this.negotiation.handler = sdh;
  }

  /**
   * The session description handler, made if there is none yet.
   * @internal
   */
  protected setupSessionDescriptionHandler(): SessionDescriptionHandler {
    const { negotiation } = this;
    if (!negotiation.handler) {
      const handler = this.sessionDescriptionHandlerFactory(
        this as unknown as Session,
        this.userAgent.configuration.sessionDescriptionHandlerFactoryOptions
      );
      // The handler is there for whoever is told of it.
      negotiation.handler = handler;
      this.tell(() => this.delegate?.onSessionDescriptionHandler?.(handler, false));
    }
    return negotiation.handler;
  }

  /** Has the handler do something. Rejected if the handler cannot be made. */
  private doing<T>(work: (handler: SessionDescriptionHandler) => Promise<T>): Promise<T> {
    return attempt(() => work(this.setupSessionDescriptionHandler()));
  }

  /**
   * Tells the delegate of something that goes on whatever it throws.
   * @internal
   */
  protected tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      reportException(error);
    }
  }
}
