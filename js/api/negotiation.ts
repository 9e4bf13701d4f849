import { CommandError, StatusCode } from "../engine/errors.js";
import type { SessionDialog } from "../core/dialogs/session-dialog.js";
import { SessionState as DialogState } from "../core/session/session.js";
import { TransactionStateError } from "../core/exceptions/transaction-state-error.js";
import type { Logger } from "../core/log/logger.js";
import { getBody } from "../core/messages/body.js";
import type { Body } from "../core/messages/body.js";
import type { IncomingRequestMessage } from "../core/messages/incoming-request-message.js";
import type {
  AckableIncomingResponseWithSession,
  IncomingInviteRequest,
  OutgoingInviteRequest
} from "../core/messages/methods/invite.js";
import type { OutgoingResponse } from "../core/messages/outgoing-response.js";
import { attempt } from "./attempt.js";
import { RequestPendingError } from "./exceptions/request-pending.js";
import type { MediaOptions } from "./media.js";
import type {
  SessionDescriptionHandler,
  SessionDescriptionHandlerModifier,
  SessionDescriptionHandlerOptions
} from "./session-description-handler.js";
import type { SessionDelegate } from "./session-delegate.js";
import type { SessionInviteOptions } from "./session-invite-options.js";
import { SessionState } from "./session-state.js";

/**
 * What a negotiation needs of its session, whose subclasses may have it done otherwise.
 * @internal
 */
export interface Negotiator {
  readonly delegate: SessionDelegate | undefined;
  readonly logger: Logger;
  readonly state: SessionState;
  /** Makes an offer. */
  getOffer(options: MediaOptions): Promise<Body>;
  /** Applies the answer to it. */
  setAnswer(answer: Body, options: MediaOptions): Promise<void>;
  /** Applies the peer's offer and gets our answer. */
  setOfferAndGetAnswer(offer: Body, options: MediaOptions): Promise<Body>;
  /** Withdraws the offer that is pending. */
  rollbackOffer(): Promise<void>;
  /** Makes the description for a 2xx of ours to a re-INVITE. */
  generateResponseOfferAnswerInDialog(options: MediaOptions): Promise<Body | undefined>;
  /** Acknowledges a 2xx that cannot be used and ends its dialog with a BYE. */
  ackAndBye(response: AckableIncomingResponseWithSession, statusCode: number, text: string): void;
  /** Ends the session with a BYE that says why. */
  byeBecause(statusCode: number, text: string): void;
  /** The session is over. */
  end(): void;
  /** A rejected promise in any state but these. */
  refusal<T>(...states: SessionState[]): Promise<T> | undefined;
}

/**
 * Options and modifiers of a session description handler.
 * @internal
 */
export class MediaSettings {
  private _options: SessionDescriptionHandlerOptions | undefined;
  private _modifiers: SessionDescriptionHandlerModifier[] | undefined;

  get options(): SessionDescriptionHandlerOptions {
    return (this._options ??= {});
  }

  set options(options: SessionDescriptionHandlerOptions) {
    this._options = { ...options };
  }

  get modifiers(): SessionDescriptionHandlerModifier[] {
    return (this._modifiers ??= []);
  }

  set modifiers(modifiers: SessionDescriptionHandlerModifier[]) {
    this._modifiers = modifiers.slice();
  }

  /** Takes over what is given. */
  update(given: MediaOptions | undefined): void {
    if (given?.sessionDescriptionHandlerOptions) {
      this.options = given.sessionDescriptionHandlerOptions;
    }
    if (given?.sessionDescriptionHandlerModifiers) {
      this.modifiers = given.sessionDescriptionHandlerModifiers;
    }
  }

  /** The settings as they are passed on. */
  get media(): MediaOptions {
    return {
      sessionDescriptionHandlerOptions: this._options ?? {},
      sessionDescriptionHandlerModifiers: this._modifiers ?? []
    };
  }
}

/**
 * The offers and answers of one session in their order: what the session description handler is asked
 * for when, and what becomes of the session if it fails. The rules of who may offer are the core's.
 * @internal
 */
export class Negotiation {
  /** The session description handler, once there is one. */
  handler: SessionDescriptionHandler | undefined = undefined;
  /** For the INVITE. */
  readonly initial = new MediaSettings();
  /** For re-INVITEs, in either direction. */
  readonly later = new MediaSettings();
  /** True while a re-INVITE of ours is on its way. */
  private pending = false;
  /** If a 2xx of ours carried an offer: with what the answer in the ACK is to be applied. */
  private awaited: MediaOptions | undefined;
  /** True while the ACK to our 2xx to a re-INVITE is awaited. */
  private unacknowledged = false;
  /** Lets a re-INVITE of ours go that waits for the ACK to our 2xx. */
  private proceed: (() => void) | undefined;
  private closed = false;

  constructor(private readonly session: Negotiator) {}

  /** Closes the handler. */
  close(): void {
    this.pending = false;
    this.release();
    if (this.handler && !this.closed) {
      this.closed = true;
      this.handler.close();
    }
  }

  /**
   * The description for a 2xx of ours: the answer to the offer in the INVITE; if it had none, an offer,
   * which the ACK answers.
   */
  respond(offer: Body | undefined, options: MediaOptions): Promise<Body> {
    this.awaited = offer ? undefined : options;
    return offer
      ? this.session.setOfferAndGetAnswer(offer, options)
      : this.session.getOffer(options);
  }

  /** An ACK came. */
  receiveAck(ack: IncomingRequestMessage): Promise<void> {
    const refuse = (error: Error): void => {
      this.session.logger.error(error.message);
      this.session.byeBecause(488, "Bad Media Description");
    };
    try {
      const applied = this.receiveAnswer(ack)?.catch(refuse) ?? Promise.resolve();
      void applied.then(() => this.release());
      return applied;
    } catch (error) {
      refuse(error as Error);
      return Promise.resolve();
    }
  }

  /** The ACK to our 2xx is there, or will not come: a re-INVITE of ours may be sent. */
  release(): void {
    this.unacknowledged = false;
    this.proceed?.();
  }

  /** An ACK or a PRACK came: if our offer was in what it acknowledges, it has the answer. */
  receiveAnswer(message: IncomingRequestMessage): Promise<void> | undefined {
    const media = this.awaited;
    this.awaited = undefined;
    const answer = sessionDescription(message);
    if (media && !answer) {
      throw new Error(`No answer in the ${message.method}.`);
    }
    return media && this.session.setAnswer(answer!, media);
  }

  /** Sends a re-INVITE. */
  reinvite(dialog: SessionDialog, options: SessionInviteOptions): Promise<OutgoingInviteRequest> {
    if (this.pending) {
      return Promise.reject(
        new RequestPendingError("Reinvite in progress. Please wait until complete, then try again.")
      );
    }
    this.pending = true;
    this.later.update(options);
    const send = (body?: Body): OutgoingInviteRequest => this.sendReinvite(dialog, options, body);
    const begin = (): Promise<OutgoingInviteRequest> =>
      options.withoutSdp
        ? attempt(() => send())
        : this.session
            .getOffer(this.later.media)
            .then(send)
            .catch((error) => {
              this.pending = false;
              throw error;
            });
    // RFC 3261 section 14.1: "the TU MUST wait until the transaction reaches the confirmed or
    // terminated state before initiating the new INVITE."
    return this.unacknowledged || dialog.sessionState === DialogState.AckWait
      ? new Promise<void>((resolve) => (this.proceed = resolve)).then(
          () => this.session.refusal(SessionState.Established) ?? begin()
        )
      : begin();
  }

  /** A re-INVITE came in. */
  receiveReinvite(request: IncomingInviteRequest): void {
    const { message } = request;
    const answered = (statusCode: number, response: OutgoingResponse): void =>
      this.session.delegate?.onInvite?.(message, response.message, statusCode);
    let accepted: OutgoingResponse | undefined;
    void this.session
      .generateResponseOfferAnswerInDialog(this.later.media)
      .then((body) => {
        accepted = request.accept({ statusCode: 200, body });
        this.unacknowledged = true;
        answered(200, accepted);
      })
      .catch((error: Error) => {
        if (accepted) throw error;
        this.refuse(request, error, answered);
      });
  }

  private sendReinvite(
    dialog: SessionDialog,
    options: SessionInviteOptions,
    body: Body | undefined
  ): OutgoingInviteRequest {
    const { requestDelegate: delegate, requestOptions } = options;
    try {
      return dialog.invite(
        {
          onAccept: (response) => this.complete(response, options),
          onProgress: (response) => delegate?.onProgress?.(response),
          onRedirect: (response) => this.abandon(body, () => delegate?.onRedirect?.(response)),
          onReject: (response) => this.abandon(body, () => delegate?.onReject?.(response)),
          onTrying: (response) => delegate?.onTrying?.(response)
        },
        { ...requestOptions, ...(body && { body }) }
      );
    } catch (error) {
      this.pending = false;
      // The peer's re-INVITE was faster, or the session is over.
      if (body) {
        this.session.rollbackOffer().catch(() => undefined);
      }
      throw error instanceof CommandError && error.code === StatusCode.FailedPrecondition
        ? new RequestPendingError(error.message)
        : error;
    }
  }

  /** A re-INVITE of ours was accepted. */
  private complete(
    response: AckableIncomingResponseWithSession,
    { withoutSdp, requestDelegate }: SessionInviteOptions
  ): void {
    const body = sessionDescription(response.message);
    if (!body) {
      this.fail(response, 400, "Missing session description");
      return;
    }
    const answer: Promise<Body | void> = withoutSdp
      ? this.session.setOfferAndGetAnswer(body, this.later.media)
      : this.session.setAnswer(body, this.later.media);
    void answer
      .then((ours) => {
        response.ack({ body: ours || undefined });
        this.pending = false;
      })
      .catch((error: Error) => {
        this.session.logger.error(error.message);
        this.fail(response, 488, "Bad Media Description");
      })
      .then(() => requestDelegate?.onAccept?.(response));
  }

  private fail(response: AckableIncomingResponseWithSession, status: number, text: string): void {
    this.pending = false;
    if (this.alive()) {
      this.session.ackAndBye(response, status, text);
      this.session.end();
    }
  }

  /** A re-INVITE of ours was refused: its offer, if it had one, is withdrawn. */
  private abandon(body: Body | undefined, tell: () => void): void {
    this.pending = false;
    if (!body || !this.alive()) {
      tell();
      return;
    }
    void this.session
      .rollbackOffer()
      .catch((error: Error) => {
        this.session.logger.error(error.message);
        this.session.byeBecause(500, "Internal Server Error");
      })
      .then(tell);
  }

  /** A re-INVITE cannot be accepted: the session goes on as it was. */
  private refuse(
    request: IncomingInviteRequest,
    error: Error,
    answered: (statusCode: number, response: OutgoingResponse) => void
  ): void {
    this.session.logger.error(error.message);
    this.awaited = undefined;
    if (error instanceof TransactionStateError || !this.alive()) {
      return;
    }
    void this.session.rollbackOffer().then(
      () => answered(488, request.reject({ statusCode: 488 })),
      () => this.session.byeBecause(500, "Internal Server Error")
    );
  }

  private alive(): boolean {
    return this.session.state !== SessionState.Terminated;
  }
}

/** The session description in a message, undefined if it has none. */
export function sessionDescription(message: Parameters<typeof getBody>[0]): Body | undefined {
  const body = getBody(message);
  return body?.contentDisposition === "session" ? body : undefined;
}
