import { CommandError, StatusCode } from "../engine/errors.js";
import type { SessionDialog } from "../core/dialogs/session-dialog.js";
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
import { RequestPendingError } from "./exceptions/request-pending.js";
import { getDescription, rollBack, setDescription, setOfferAndGetAnswer } from "./media.js";
import type { MediaOptions } from "./media.js";
import type {
  SessionDescriptionHandler,
  SessionDescriptionHandlerModifier,
  SessionDescriptionHandlerOptions
} from "./session-description-handler.js";
import type { SessionInviteOptions } from "./session-invite-options.js";

/** What a negotiation needs of its session. */
export interface Negotiator {
  /** Makes the session description handler. */
  makeHandler(): SessionDescriptionHandler;
  /** Acknowledges a 2xx that cannot be used and ends its dialog with a BYE. */
  ackAndBye(response: AckableIncomingResponseWithSession, statusCode: number, text: string): void;
  /** Ends the session with a BYE that says why. */
  byeBecause(statusCode: number, text: string): void;
  /** The session is over. */
  end(): void;
  /** True until the session is over. */
  alive(): boolean;
  /** A re-INVITE has been answered. */
  answered(request: IncomingRequestMessage, response: string, statusCode: number): void;
}

/** Options and modifiers of a session description handler. */
export class MediaSettings {
  private _options: SessionDescriptionHandlerOptions = {};
  private _modifiers: SessionDescriptionHandlerModifier[] = [];

  get options(): SessionDescriptionHandlerOptions {
    return this._options;
  }

  set options(options: SessionDescriptionHandlerOptions) {
    this._options = { ...options };
  }

  get modifiers(): SessionDescriptionHandlerModifier[] {
    return this._modifiers;
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
      sessionDescriptionHandlerOptions: this.options,
      sessionDescriptionHandlerModifiers: this.modifiers
    };
  }
}

/**
 * The offers and answers of one session in their order: what the session description handler is asked
 * for when, and what becomes of the session if it fails. The rules of who may offer are the core's.
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
  private closed = false;

  constructor(
    private readonly session: Negotiator,
    private readonly logger: () => Logger
  ) {}

  /** The session description handler, made if need be. */
  setup(): SessionDescriptionHandler {
    return (this.handler ??= this.session.makeHandler());
  }

  /** Closes the handler. */
  close(): void {
    this.pending = false;
    if (this.handler && !this.closed) {
      this.closed = true;
      this.handler.close();
    }
  }

  /** The offer of an INVITE. */
  offer(settings: MediaSettings): Promise<Body> {
    return this.doing((handler) => getDescription(handler, settings.media));
  }

  /** Applies the answer to it. */
  accept(answer: Body, settings: MediaSettings): Promise<void> {
    return this.doing((handler) => setDescription(handler, answer, settings.media));
  }

  /** Applies the peer's offer and gets our answer. */
  answer(offer: Body, settings: MediaSettings): Promise<Body> {
    return this.doing((handler) => setOfferAndGetAnswer(handler, offer, settings.media));
  }

  /**
   * The description for a 2xx of ours: the answer to the offer in the INVITE; if it has none, an offer,
   * which the ACK answers.
   */
  respond(invite: IncomingRequestMessage, settings: MediaSettings): Promise<Body> {
    const offer = sessionDescription(invite);
    this.awaited = offer ? undefined : settings.media;
    return offer ? this.answer(offer, settings) : this.offer(settings);
  }

  /** An ACK came. */
  receiveAck(ack: IncomingRequestMessage): Promise<void> {
    const media = this.awaited;
    this.awaited = undefined;
    if (!media) {
      return Promise.resolve();
    }
    return this.doing((handler) => {
      const answer = sessionDescription(ack);
      return answer
        ? setDescription(handler, answer, media)
        : Promise.reject(new Error("No answer in the ACK."));
    }).catch((error: Error) => {
      this.logger().error(error.message);
      this.session.byeBecause(488, "Bad Media Description");
    });
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
    const offer = options.withoutSdp ? Promise.resolve(undefined) : this.offer(this.later);
    return offer
      .then((body) => this.sendReinvite(dialog, options, body))
      .catch((error) => {
        this.pending = false;
        throw error;
      });
  }

  /** A re-INVITE came in. */
  receiveReinvite(request: IncomingInviteRequest): void {
    const { message } = request;
    const answered = (statusCode: number, response: OutgoingResponse): void =>
      this.session.answered(message, response.message, statusCode);
    void this.respond(message, this.later).then(
      (body) => {
        let response: OutgoingResponse;
        try {
          response = request.accept({ statusCode: 200, body });
        } catch (error) {
          return this.refuse(request, error as Error, answered);
        }
        answered(200, response);
      },
      (error: Error) => this.refuse(request, error, answered)
    );
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
      // The peer's re-INVITE was faster, or the session is over.
      if (body) {
        this.doing(rollBack).catch(() => undefined);
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
      ? this.answer(body, this.later)
      : this.accept(body, this.later);
    void answer
      .then((ours) => {
        response.ack({ body: ours || undefined });
        this.pending = false;
      })
      .then(
        () => true,
        (error: Error) => {
          this.logger().error(error.message);
          this.fail(response, 488, "Bad Media Description");
          return false;
        }
      )
      .then((done) => {
        if (done) {
          requestDelegate?.onAccept?.(response);
        }
      });
  }

  private fail(response: AckableIncomingResponseWithSession, status: number, text: string): void {
    this.pending = false;
    if (this.session.alive()) {
      this.session.ackAndBye(response, status, text);
      this.session.end();
    }
  }

  /** A re-INVITE of ours was refused: its offer, if it had one, is withdrawn. */
  private abandon(body: Body | undefined, tell: () => void): void {
    this.pending = false;
    if (!body || !this.session.alive()) {
      tell();
      return;
    }
    void this.doing(rollBack)
      .catch((error: Error) => {
        this.logger().error(error.message);
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
    this.logger().error(error.message);
    this.awaited = undefined;
    if (error instanceof TransactionStateError || !this.session.alive()) {
      return;
    }
    void this.doing(rollBack).then(
      () => answered(488, request.reject({ statusCode: 488 })),
      () => this.session.byeBecause(500, "Internal Server Error")
    );
  }

  /** Has the handler do something. Rejected if the handler cannot be made. */
  private doing<T>(work: (handler: SessionDescriptionHandler) => Promise<T>): Promise<T> {
    try {
      return work(this.setup());
    } catch (error) {
      return Promise.reject(error);
    }
  }
}

/** The session description in a message, undefined if it has none. */
export function sessionDescription(message: Parameters<typeof getBody>[0]): Body | undefined {
  const body = getBody(message);
  return body?.contentDisposition === "session" ? body : undefined;
}
