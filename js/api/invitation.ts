import { logError } from "../core/log/log-error.js";
import { engine } from "../engine/engine.js";
import type { NameAddrHeader } from "../grammar/name-addr-header.js";
import type { SessionDialog } from "../core/dialogs/session-dialog.js";
import { TransactionStateError } from "../core/exceptions/transaction-state-error.js";
import type { Logger } from "../core/log/logger.js";
import { fromBodyLegacy } from "../core/messages/body.js";
import type { Body } from "../core/messages/body.js";
import type { IncomingRequestMessage } from "../core/messages/incoming-request-message.js";
import type { IncomingInviteRequest } from "../core/messages/methods/invite.js";
import type { IncomingPrackRequest } from "../core/messages/methods/prack.js";
import type { ResponseOptions } from "../core/messages/outgoing-response.js";
import { SignalingState } from "../core/session/session.js";
import { checkStatus } from "../core/messages/outgoing-response.js";
import { attempt } from "./attempt.js";
import { Cancel } from "./cancel.js";
import { ContentTypeUnsupportedError } from "./exceptions/content-type-unsupported.js";
import { SessionTerminatedError } from "./exceptions/session-terminated.js";
import type { InvitationAcceptOptions } from "./invitation-accept-options.js";
import type { InvitationProgressOptions } from "./invitation-progress-options.js";
import type { InvitationRejectOptions } from "./invitation-reject-options.js";
import { later } from "./later.js";
import { sessionDescription } from "./negotiation.js";
import { Session } from "./session.js";
import { SessionState } from "./session-state.js";
import type { UserAgent } from "./user-agent.js";
import { SIPExtension } from "./user-agent-options.js";

/** An invitation is an offer to establish a {@link Session}: an INVITE that came in. */
export class Invitation extends Session {
  /** Of the category "sip.Invitation". */
  protected logger: Logger;
  /** @internal */
  protected _id: string;

  private disposed = false;
  private expiresTimer: ReturnType<typeof setTimeout> | undefined;
  private userNoAnswerTimer: ReturnType<typeof setTimeout> | undefined;
  /** The description that has been sent in a provisional response, for the 2xx to repeat. */
  private description: Body | undefined;
  /** True once a reliable provisional response has had the offer or the answer. */
  private exchanged = false;
  /** While the PRACK to a reliable provisional response is awaited: settled once it has come. */
  private acknowledged: Promise<void> | undefined;
  private onAcknowledged: (() => void) | undefined;
  private onUnacknowledged: ((error: Error) => void) | undefined;

  /** @internal */
  constructor(
    userAgent: UserAgent,
    private incomingInviteRequest: IncomingInviteRequest
  ) {
    super(userAgent);
    this.logger = userAgent.getLogger("sip.Invitation");
    const { request } = this;
    this.readAssertedIdentity(request);
    this._contact = userAgent.contact.toString();
    if (request.getHeader("Content-Disposition")?.startsWith("render")) {
      this._renderbody = request.body;
      this._rendertype = request.getHeader("Content-Type");
    }
    this._id = request.callId + request.fromTag;
    userAgent._sessions[this._id] = this;
    this.startTimers();
  }

  /**
   * Ends the session in the way its state asks for: rejects the INVITE, or sends a BYE.
   * @returns A promise resolved once that is done, as far as it depends on us.
   */
  override dispose(): Promise<void> {
    if (this.disposed) {
      return Promise.resolve();
    }
    this.disposed = true;
    this.stopTimers();
    this.onUnacknowledged?.(new SessionTerminatedError());
    if (this.state === SessionState.Initial || this.state === SessionState.Establishing) {
      return this.reject().then(() => super.dispose());
    }
    return super.dispose();
  }

  /**
   * Whether the user agent sends a 180 before `onInvite` is called: not if the caller requires reliable
   * provisional responses, or the user agent is configured not to.
   */
  get autoSendAnInitialProvisionalResponse(): boolean {
    return (
      !this.has100rel("Require") && this.userAgent.configuration.sendInitialProvisionalResponse
    );
  }

  /** The body of the INVITE. */
  get body(): string | undefined {
    return this.request.body;
  }

  /** Who is called. */
  get localIdentity(): NameAddrHeader {
    return this.request.to;
  }

  /** Who calls. */
  get remoteIdentity(): NameAddrHeader {
    return this.request.from;
  }

  /** The INVITE. */
  get request(): IncomingRequestMessage {
    return this.incomingInviteRequest.message;
  }

  /**
   * Accepts the invitation: sends a 200, once the PRACK to a reliable provisional response has come.
   * @param options - The options.
   * @returns A promise resolved once it has been sent. It is rejected, after the INVITE has been, if the
   * session description handler cannot make an answer, with its error; in a state other than "Initial"
   * and after a CANCEL, with an `Error`.
   */
  accept(options: InvitationAcceptOptions = {}): Promise<void> {
    const refused = this.refusal<void>(SessionState.Initial);
    if (refused) {
      return refused;
    }
    this.negotiation.initial.update(options);
    this.stopTimers();
    this.stateTransition(SessionState.Establishing);
    const described = this.acknowledged
      ? this.acknowledged.then(() => this.describe())
      : this.describe();
    return described
      .then((body) => this.sendAccept(options.extraHeaders, body))
      .then(() => {
        this.stateTransition(SessionState.Established);
        // RFC 3891 section 3: the replaced session is ended once this one is established.
        this._replacee?._bye().catch(logError(this.logger));
      })
      .catch((error: Error) => this.fail(error));
  }

  /**
   * Sends a provisional response. One that is sent reliably (RFC 3262) is a 183 by default, and the
   * first of them has a description; until it is acknowledged, further calls are without effect.
   * @param options - The options.
   * @returns A promise resolved once it has been sent; if that is done reliably, once it has been
   * acknowledged. It is rejected in a state other than "Initial" with an `Error`, as that of `accept` if a
   * description was to be sent, and with a {@link SessionTerminatedError} if no PRACK comes.
   * @throws TypeError for a status code out of bounds.
   */
  progress(options: InvitationProgressOptions = {}): Promise<void> {
    const refused = this.refusal<void>(SessionState.Initial);
    if (refused) {
      return refused;
    }
    const reliable = this.isReliable(options.rel100);
    const { reasonPhrase, extraHeaders } = options;
    const statusCode = options.statusCode || (reliable ? 183 : 180);
    checkStatus(100, 199, statusCode);
    if (this.acknowledged) {
      this.logger.warn("Waiting for a PRACK");
      return Promise.resolve();
    }
    this.negotiation.initial.update(options);
    const body = options.body ? fromBodyLegacy(options.body) : undefined;
    const response: ResponseOptions = { statusCode, reasonPhrase, extraHeaders, body };
    if (reliable && statusCode > 100) {
      return this.progressReliably(response);
    }
    if (statusCode === 183 && !body) {
      const sent = this.describe().then((body) => this.sendProgress({ ...response, body }));
      return later(2, sent).catch((error: Error) => this.fail(error));
    }
    return later(
      1,
      attempt(() => this.sendProgress(response))
    ).catch((error: Error) => {
      this.logger.error(error.message);
      throw error;
    });
  }

  /**
   * Rejects the invitation, also while `accept()` is still at work: its promise is rejected then.
   * @param options - The options.
   * @returns A promise resolved once the response has been sent, and rejected with an `Error` after a final
   * response.
   * @throws TypeError for a status code out of bounds.
   */
  reject(options: InvitationRejectOptions = {}): Promise<void> {
    const refused = this.refusal<void>(SessionState.Initial, SessionState.Establishing);
    if (refused) {
      return refused;
    }
    const { reasonPhrase, extraHeaders } = options;
    const statusCode = options.statusCode || 480;
    checkStatus(300, 699, statusCode);
    const body = options.body ? fromBodyLegacy(options.body) : undefined;
    const response: ResponseOptions = { statusCode, reasonPhrase, extraHeaders, body };
    this.onAcknowledged?.();
    return attempt(() => {
      if (statusCode < 400) {
        this.incomingInviteRequest.redirect([], response);
      } else {
        this.incomingInviteRequest.reject(response);
      }
      this.end();
    });
  }

  /**
   * The INVITE was cancelled.
   * @param message - The CANCEL.
   * @internal
   */
  _onCancel(message: IncomingRequestMessage): void {
    if (this.state !== SessionState.Initial && this.state !== SessionState.Establishing) {
      return;
    }
    this.onAcknowledged?.();
    try {
      this.delegate?.onCancel?.(new Cancel(message));
    } finally {
      // The 487 goes out before the state changes.
      engine().pump();
      this.end();
    }
  }

  /** The PRACK has come: our offer is answered, or an offer in it. */
  protected override onPrackRequest(request: IncomingPrackRequest): void {
    const { negotiation } = this;
    const offered = this._dialog?.signalingState === SignalingState.HaveRemoteOffer;
    const offer = offered ? sessionDescription(request.message) : undefined;
    void attempt<Body | void>(() =>
      offer
        ? this.setOfferAndGetAnswer(offer, negotiation.initial.media)
        : negotiation.receiveAnswer(request.message)?.then()
    )
      .then((body) => {
        request.accept({ statusCode: 200, body: body || undefined });
        this.onAcknowledged?.();
      })
      .catch((error: Error) => {
        request.reject({ statusCode: 488 });
        this.onUnacknowledged?.(error);
      });
  }

  private has100rel(header: string): boolean {
    return this.request.getHeaders(header).join().includes("100rel");
  }

  private isReliable(asked = false): boolean {
    const { sipExtension100rel } = this.userAgent.configuration;
    const wanted = asked || sipExtension100rel === SIPExtension.Required;
    return this.has100rel("Require") || (wanted && this.has100rel("Supported"));
  }

  /** Sends a provisional response reliably, and waits for its PRACK. */
  private progressReliably(response: ResponseOptions): Promise<void> {
    const acknowledged = new Promise<void>((resolve, reject) => {
      this.onAcknowledged = resolve;
      this.onUnacknowledged = reject;
    });
    this.acknowledged = acknowledged.then(() => (this.acknowledged = undefined));
    this.acknowledged.catch(() => undefined);
    const extraHeaders = [...(response.extraHeaders ?? []), "Require: 100rel"];
    const described = this.exchanged ? Promise.resolve(undefined) : this.describe();
    const sent = described.then((body) => {
      const { session } = this.incomingInviteRequest.progress({ ...response, extraHeaders, body });
      this.exchanged = true;
      this.description ??= sessionDescription(this.request) && body;
      this.takeDialog(session as SessionDialog);
    });
    return later(2, sent)
      .then(() => acknowledged)
      .catch((error: Error) => this.fail(error));
  }

  /** The description for a response: the one that has been sent before, or a new one. */
  private describe(): Promise<Body | undefined> {
    return this.description || this.exchanged
      ? Promise.resolve(this.description)
      : this.generateResponseOfferAnswer(
          this.incomingInviteRequest,
          this.negotiation.initial.media
        );
  }

  private sendAccept(extraHeaders?: string[], body?: Body): void {
    const response = { statusCode: 200, extraHeaders, body };
    const { session } = this.incomingInviteRequest.accept(response);
    this.takeDialog(session as SessionDialog);
  }

  private sendProgress(options: ResponseOptions): void {
    if (options.statusCode === 100) {
      this.incomingInviteRequest.trying(options);
      return;
    }
    const { session } = this.incomingInviteRequest.progress(options);
    this.description = options.statusCode === 183 ? options.body : this.description;
    this.takeDialog(session as SessionDialog);
  }

  /** A response could not be made or sent: the INVITE is rejected if it has not been answered. */
  private fail(error: Error): never {
    this.logger.error(error.message);
    if (this.state === SessionState.Initial || this.state === SessionState.Establishing) {
      const statusCode = error instanceof ContentTypeUnsupportedError ? 415 : 480;
      const answered = error instanceof TransactionStateError;
      const done = answered ? Promise.resolve() : this.reject({ statusCode });
      done.catch(logError(this.logger));
      this.end();
    }
    throw error;
  }

  private startTimers(): void {
    const rejectAfter = (seconds: number, statusCode: number): ReturnType<typeof setTimeout> =>
      setTimeout(() => {
        if (this.state === SessionState.Initial) {
          this.reject({ statusCode }).catch(logError(this.logger));
        }
      }, seconds * 1000);
    const expires = Number(this.request.getHeader("Expires"));
    if (expires > 0) {
      // RFC 3261 section 13.3.1: "If the invitation expires before the UAS has generated a final
      // response, a 487 (Request Terminated) response SHOULD be generated."
      this.expiresTimer = rejectAfter(Math.min(expires, 2 ** 31 / 1000 - 1), 487);
    }
    const { noAnswerTimeout } = this.userAgent.configuration;
    this.userNoAnswerTimer = rejectAfter(noAnswerTimeout || 60, 480);
  }

  private stopTimers(): void {
    clearTimeout(this.expiresTimer);
    clearTimeout(this.userNoAnswerTimer);
    this.expiresTimer = this.userNoAnswerTimer = undefined;
  }
}
