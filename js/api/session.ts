import { logError } from "../core/log/log-error.js";
import { Grammar } from "../grammar/grammar.js";
import type { NameAddrHeader } from "../grammar/name-addr-header.js";
import type { URI } from "../grammar/uri.js";
import { SessionState as DialogState } from "../core/session/session.js";
import type { Session as Dialog } from "../core/session/session.js";
import type { SessionDialog } from "../core/dialogs/session-dialog.js";
import type { IncomingMessage } from "../core/messages/incoming-message.js";
import type { IncomingAckRequest } from "../core/messages/methods/ack.js";
import type { IncomingByeRequest, OutgoingByeRequest } from "../core/messages/methods/bye.js";
import type { IncomingInfoRequest, OutgoingInfoRequest } from "../core/messages/methods/info.js";
import type {
  AckableIncomingResponseWithSession,
  IncomingInviteRequest,
  OutgoingInviteRequest
} from "../core/messages/methods/invite.js";
import type {
  IncomingMessageRequest,
  OutgoingMessageRequest
} from "../core/messages/methods/message.js";
import type { IncomingNotifyRequest } from "../core/messages/methods/notify.js";
import type { IncomingPrackRequest } from "../core/messages/methods/prack.js";
import type { IncomingReferRequest, OutgoingReferRequest } from "../core/messages/methods/refer.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../core/messages/outgoing-request.js";
import { allow } from "../core/user-agent-core/allowed-methods.js";
import { Ack } from "./ack.js";
import { byeAfterAck } from "./after-ack.js";
import { attempt } from "./attempt.js";
import { Bye } from "./bye.js";
import type { Emitter } from "./emitter.js";
import { EmitterImpl } from "./emitter.js";
import { Info } from "./info.js";
import type { Inviter } from "./inviter.js";
import type { InviterOptions } from "./inviter-options.js";
import { Message } from "./message.js";
import type { Negotiator } from "./negotiation.js";
import { Notification } from "./notification.js";
import { reasonValue } from "./reason.js";
import { referToValue } from "./refer-to.js";
import { Referral } from "./referral.js";
import type { SessionByeOptions } from "./session-bye-options.js";
import type { SessionDelegate } from "./session-delegate.js";
import { SessionMedia } from "./session-media.js";
import type { SessionInfoOptions } from "./session-info-options.js";
import type { SessionInviteOptions } from "./session-invite-options.js";
import type { SessionMessageOptions } from "./session-message-options.js";
import type { SessionOptions } from "./session-options.js";
import { SessionReceiver } from "./session-receiver.js";
import type { Receiving } from "./session-receiver.js";
import type { SessionReferOptions } from "./session-refer-options.js";
import { SessionState } from "./session-state.js";
import { emitSafely } from "./state-change.js";
import type { UserAgent } from "./user-agent.js";

/** In their order: each may be followed by every later one. */
const states = Object.values(SessionState);

/**
 * A session of real-time communication with somebody: an {@link Inviter} or an `Invitation`. It
 * behaves as {@link SessionState} draws it.
 *
 * @remarks
 * The methods that send something within the session return a promise that is resolved once it has been
 * sent. It is rejected with an `Error` in a state other than "Established", and with a `TypeError` if a
 * value cannot be sent.
 */
export abstract class Session extends SessionMedia {
  /** For the application's own use. */
  data: unknown = undefined;

  /** Told what comes in within the session. */
  delegate: SessionDelegate | undefined;

  /** @internal */
  _contact: string | undefined;
  /** @internal */
  _referral: Inviter | undefined;
  /** @internal */
  _replacee: Session | undefined;
  /** @internal */
  protected _assertedIdentity: NameAddrHeader | undefined;
  /** @internal */
  protected _dialog: Dialog | undefined;
  /** @internal */
  protected _referralInviterOptions: InviterOptions | undefined;
  /** @internal */
  protected _renderbody: string | undefined;
  /** @internal */
  protected _rendertype: string | undefined;

  /** @internal */
  protected abstract _id: string;

  private onNotify: ((notification: Notification) => void) | undefined;
  private _state: SessionState = SessionState.Initial;
  private _stateEventEmitter = new EmitterImpl<SessionState>();
  private _userAgent: UserAgent;

  /** @internal */
  protected constructor(userAgent: UserAgent, options: SessionOptions = {}) {
    super();
    this.delegate = options.delegate;
    this._userAgent = userAgent;
  }

  /** Who we are in this session. */
  abstract get localIdentity(): NameAddrHeader;

  /** Who the peer is. */
  abstract get remoteIdentity(): NameAddrHeader;

  /**
   * Ends the session in the way its state asks for.
   * @returns A promise resolved once that is done, as far as it depends on us.
   */
  dispose(): Promise<void> {
    delete this.userAgent._sessions[this._id];
    try {
      this.negotiation.close();
    } catch (error) {
      this.logger.error((error as Error).message);
    }
    if (this.state !== SessionState.Established) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const done = (): void => resolve();
      this._bye({ onAccept: done, onRedirect: done, onReject: done }).catch(done);
    });
  }

  /** Who the peer is according to the network (RFC 3325), undefined if it does not say. */
  get assertedIdentity(): NameAddrHeader | undefined {
    return this._assertedIdentity;
  }

  /** The dialog, undefined before there is one. */
  get dialog(): Dialog | undefined {
    return this._dialog;
  }

  /** Identifies the session within its user agent. */
  get id(): string {
    return this._id;
  }

  /** The session that this one replaces (RFC 3891). */
  get replacee(): Session | undefined {
    return this._replacee;
  }

  /** The state. */
  get state(): SessionState {
    return this._state;
  }

  /** Tells of each change of `state`. */
  get stateChange(): Emitter<SessionState> {
    return this._stateEventEmitter;
  }

  /** The user agent. */
  get userAgent(): UserAgent {
    return this._userAgent;
  }

  /**
   * Ends the session: sends a BYE. If the ACK to our 2xx has not come yet, the BYE waits for it
   * (RFC 3261 section 15).
   * @param options - The options.
   */
  bye(options: SessionByeOptions = {}): Promise<OutgoingByeRequest> {
    return (
      this.refusal<OutgoingByeRequest>(SessionState.Established) ??
      this._bye(options.requestDelegate, options.requestOptions)
    );
  }

  /**
   * Sends an INFO.
   * @param options - The options.
   */
  info(options: SessionInfoOptions = {}): Promise<OutgoingInfoRequest> {
    return (
      this.refusal<OutgoingInfoRequest>(SessionState.Established) ??
      this._info(options.requestDelegate, options.requestOptions)
    );
  }

  /**
   * Changes the session: sends a re-INVITE, with a new offer of the session description handler.
   * @param options - The options.
   * @returns A promise rejected with a {@link RequestPendingError} while another INVITE is in progress,
   * and with the handler's error if it has no offer.
   */
  invite(options: SessionInviteOptions = {}): Promise<OutgoingInviteRequest> {
    return (
      this.refusal<OutgoingInviteRequest>(SessionState.Established) ??
      this.negotiation.reinvite(this._dialog as SessionDialog, options)
    );
  }

  /**
   * Sends a MESSAGE.
   * @param options - The options.
   */
  message(options: SessionMessageOptions = {}): Promise<OutgoingMessageRequest> {
    return (
      this.refusal<OutgoingMessageRequest>(SessionState.Established) ??
      this._message(options.requestDelegate, options.requestOptions)
    );
  }

  /**
   * Transfers the peer: sends a REFER.
   * @param referTo - Whom the peer is to call. A session: its peer, in the place of that session
   * (attended transfer).
   * @param options - The options.
   */
  refer(referTo: URI | Session, options: SessionReferOptions = {}): Promise<OutgoingReferRequest> {
    const refused = this.refusal<OutgoingReferRequest>(SessionState.Established);
    if (refused) {
      return refused;
    }
    return attempt(() => {
      const extraHeaders = [
        ...(options.requestOptions?.extraHeaders ?? []),
        `Referred-By: <${this.userAgent.configuration.uri}>`,
        allow,
        `Refer-To: ${referToValue(referTo)}`
      ];
      const requestOptions = { ...options.requestOptions, extraHeaders };
      return this._refer(options.onNotify, options.requestDelegate, requestOptions);
    });
  }

  /** @internal */
  _bye(delegate?: OutgoingRequestDelegate, options?: RequestOptions): Promise<OutgoingByeRequest> {
    const dialog = this._dialog;
    const send = (): OutgoingByeRequest => {
      const request = dialog!.bye(delegate, options);
      this.end();
      return request;
    };
    // RFC 3261 section 15: "the callee's UA MUST NOT send a BYE on a confirmed dialog until it has
    // received an ACK for its 2xx response or until the server transaction times out."
    if (dialog?.sessionState === DialogState.AckWait) {
      this.stateTransition(SessionState.Terminating);
      return byeAfterAck(dialog as SessionDialog, send);
    }
    return this.sending(send);
  }

  /** @internal */
  _info(
    delegate?: OutgoingRequestDelegate,
    options?: RequestOptions
  ): Promise<OutgoingInfoRequest> {
    return this.sending((dialog) => dialog.info(delegate, options));
  }

  /** @internal */
  _message(
    delegate?: OutgoingRequestDelegate,
    options?: RequestOptions
  ): Promise<OutgoingMessageRequest> {
    return this.sending((dialog) => dialog.message(delegate!, options));
  }

  /** @internal */
  _refer(
    onNotify?: (notification: Notification) => void,
    delegate?: OutgoingRequestDelegate,
    options?: RequestOptions
  ): Promise<OutgoingReferRequest> {
    return this.sending((dialog) => {
      this.onNotify = onNotify;
      return dialog.refer(delegate, options);
    });
  }

  /** Acknowledges a 2xx that cannot be used, and ends its dialog with a BYE. */
  protected ackAndBye(
    response: AckableIncomingResponseWithSession,
    statusCode?: number,
    reasonPhrase?: string
  ): void {
    const extraHeaders =
      statusCode === undefined ? [] : ["Reason: " + reasonValue(statusCode, reasonPhrase)];
    try {
      response.ack();
      response.session.bye(undefined, { extraHeaders });
    } catch (error) {
      // The peer was faster.
      this.logger.error((error as Error).message);
    }
  }

  /**
   * Ends the session with a BYE that says why.
   * @internal
   */
  protected byeBecause(statusCode: number, text: string): void {
    if (this._state === SessionState.Terminated) {
      return;
    }
    const extraHeaders = ["Reason: " + reasonValue(statusCode, text)];
    this._bye(undefined, { extraHeaders }).catch((error: Error) => {
      this.logger.error(error.message);
      this.end();
    });
  }

  /**
   * Takes a dialog for this session's own: what comes in within it is the session's.
   * @internal
   */
  protected takeDialog(dialog: SessionDialog): void {
    this._dialog = dialog;
    dialog.delegate = new SessionReceiver(this as unknown as Receiving);
    dialog._owner = this as unknown as Negotiator;
  }

  /**
   * Goes over to another state.
   * @throws Error if it cannot follow the present one.
   */
  protected stateTransition(newState: SessionState): void {
    if (states.indexOf(newState) <= states.indexOf(this._state)) {
      throw new Error(`Invalid state transition from ${this._state} to ${newState}`);
    }
    this._state = newState;
    this.logger.log(`Session ${this.id} transitioned to ${newState}`);
    emitSafely(this._stateEventEmitter, newState);
    if (newState === SessionState.Terminated) {
      this.dispose().catch(logError(this.logger));
    }
  }

  /** Goes over to the state "Terminated", unless that has happened. */
  protected end(): void {
    if (this._state !== SessionState.Terminated) {
      this.stateTransition(SessionState.Terminated);
    }
  }

  /**
   * Takes over who the peer is according to the network, if a message says so.
   * @internal
   */
  protected readAssertedIdentity(message: IncomingMessage): void {
    const asserted = message.getHeader("P-Asserted-Identity");
    if (asserted) {
      this._assertedIdentity = Grammar.nameAddrHeaderParse(asserted);
    }
  }

  /**
   * A rejected promise in any state but these.
   * @internal
   */
  protected refusal<T>(...states: SessionState[]): Promise<T> | undefined {
    return states.includes(this._state)
      ? undefined
      : Promise.reject(new Error(`Invalid session state ${this._state}`));
  }

  private async sending<T>(send: (dialog: SessionDialog) => T): Promise<T> {
    if (!this._dialog) {
      throw new Error("Session dialog undefined.");
    }
    return send(this._dialog as SessionDialog);
  }

  /** @internal */
  protected onAckRequest(request: IncomingAckRequest): Promise<void> {
    this.tell(() => this.delegate?.onAck?.(new Ack(request)));
    return this.negotiation.receiveAck(request.message);
  }

  /** @internal */
  protected onByeRequest(request: IncomingByeRequest): void {
    try {
      if (this.delegate?.onBye) {
        this.delegate.onBye(new Bye(request));
      } else {
        request.accept();
      }
    } finally {
      this.end();
    }
  }

  /** @internal */
  protected onInfoRequest(request: IncomingInfoRequest): void {
    if (this.delegate?.onInfo) {
      this.delegate.onInfo(new Info(request));
    } else {
      request.accept();
    }
  }

  /** @internal */
  protected onInviteRequest(request: IncomingInviteRequest): void {
    this.readAssertedIdentity(request.message);
    if (this._state === SessionState.Established) {
      this.negotiation.receiveReinvite(request);
    } else {
      request.reject({ statusCode: 488 });
    }
  }

  /** @internal */
  protected onMessageRequest(request: IncomingMessageRequest): void {
    if (this.delegate?.onMessage) {
      this.delegate.onMessage(new Message(request));
    } else {
      request.accept();
    }
  }

  /** @internal */
  protected onNotifyRequest(request: IncomingNotifyRequest): void {
    const take = this.onNotify ?? this.delegate?.onNotify?.bind(this.delegate);
    if (take) {
      take(new Notification(request));
    } else {
      request.accept();
    }
  }

  /** @internal */
  protected onPrackRequest(request: IncomingPrackRequest): void {
    request.accept();
  }

  /** @internal */
  protected onReferRequest(request: IncomingReferRequest): void {
    if (this._state !== SessionState.Established) {
      request.reject({ statusCode: 480 });
      return;
    }
    const referral = new Referral(request, this);
    if (this.delegate?.onRefer) {
      this.delegate.onRefer(referral);
      return;
    }
    referral
      .accept()
      .then(() => referral.makeInviter(this._referralInviterOptions).invite())
      .catch(logError(this.logger));
  }
}
