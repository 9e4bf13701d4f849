import { logError } from "../core/log/log-error.js";
import type { NameAddrHeader } from "../grammar/name-addr-header.js";
import { URI } from "../grammar/uri.js";
import type { SessionDialog } from "../core/dialogs/session-dialog.js";
import type { Logger } from "../core/log/logger.js";
import { getBody } from "../core/messages/body.js";
import type { Body } from "../core/messages/body.js";
import type { IncomingResponseMessage } from "../core/messages/incoming-response-message.js";
import type { IncomingResponse } from "../core/messages/incoming-response.js";
import type { IncomingRequest } from "../core/messages/incoming-request.js";
import type {
  AckableIncomingResponseWithSession,
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate,
  PrackableIncomingResponseWithSession
} from "../core/messages/methods/invite.js";
import type { OutgoingRequestMessage } from "../core/messages/outgoing-request-message.js";
import { SignalingState } from "../core/session/session.js";
import type { Session as Dialog } from "../core/session/session.js";
import { newTag } from "../core/messages/utils.js";
import { allow } from "../core/user-agent-core/allowed-methods.js";
import { checkStatus } from "../core/messages/outgoing-response.js";
import { UserAgentServer } from "../core/user-agents/user-agent-server.js";
import { requireURI } from "./addresses.js";
import { attempt } from "./attempt.js";
import { RequestPendingError } from "./exceptions/request-pending.js";
import type { InviterCancelOptions } from "./inviter-cancel-options.js";
import type { InviterInviteOptions } from "./inviter-invite-options.js";
import type { InviterOptions } from "./inviter-options.js";
import { setOfferAndAsk, toBody } from "./media.js";
import { sessionDescription } from "./negotiation.js";
import { reasonValue } from "./reason.js";
import { Session } from "./session.js";
import type {
  BodyAndContentType,
  SessionDescriptionHandler
} from "./session-description-handler.js";
import { SessionState } from "./session-state.js";
import type { UserAgent } from "./user-agent.js";
import { SIPExtension } from "./user-agent-options.js";

const none: InviterOptions = {};

/** An inviter offers to establish a {@link Session}: it sends an INVITE. */
export class Inviter extends Session {
  /**
   * The session that was referred, if this inviter follows a REFER.
   * @internal
   */
  _referred: Session | undefined;
  /**
   * The REFER that this inviter follows.
   * @internal
   */
  _referrer: IncomingRequest | undefined;

  /** Of the category "sip.Inviter". */
  protected logger: Logger;
  /** @internal */
  protected _id: string;

  private disposed = false;
  private earlyMedia: boolean;
  private earlyMediaDialog: SessionDialog | undefined;
  /** What answers the offers in reliable provisional responses: one handler for each early dialog. */
  private earlyHandlers: Map<Dialog, SessionDescriptionHandler> | undefined;
  /** Settled once the answer in a provisional response has been applied, undefined from then on. */
  private earlyMediaAnswered: Promise<void> | undefined;
  private fromTag: string;
  private inviting = false;
  private inviteWithoutSdp: boolean;
  private isCanceled = false;
  private outgoingInviteRequest: OutgoingInviteRequest | undefined;
  private outgoingRequestMessage: OutgoingRequestMessage;

  /**
   * @param userAgent - The user agent.
   * @param targetURI - Whom to call.
   * @param options - The options.
   * @throws TypeError if an address is none.
   */
  constructor(userAgent: UserAgent, targetURI: URI, options: InviterOptions = none) {
    super(userAgent, options);
    this.logger = userAgent.getLogger("sip.Inviter");
    this.earlyMedia = options.earlyMedia ?? false;
    this.inviteWithoutSdp = options.inviteWithoutSdp ?? false;
    this.fromTag = newTag();
    this.outgoingRequestMessage = this.makeRequest(targetURI, options);
    this._referralInviterOptions = options;
    this._renderbody = options.renderbody;
    this._rendertype = options.rendertype;
    this.negotiation.initial.update(options);
    this.negotiation.later.update({
      sessionDescriptionHandlerOptions: options.sessionDescriptionHandlerOptionsReInvite,
      sessionDescriptionHandlerModifiers: options.sessionDescriptionHandlerModifiersReInvite
    });
    this._id = this.outgoingRequestMessage.callId + this.fromTag;
    userAgent._sessions[this._id] = this;
  }

  /**
   * Ends the session in the way its state asks for: cancels the INVITE, or sends a BYE.
   * @returns A promise resolved once that is done, as far as it depends on us.
   */
  override dispose(): Promise<void> {
    if (this.disposed) {
      return Promise.resolve();
    }
    this.disposed = true;
    this.tell(() => this.closeEarlyHandlers());
    if (this.state === SessionState.Initial || this.state === SessionState.Establishing) {
      return this.cancel().then(() => super.dispose());
    }
    return super.dispose();
  }

  /** The body of the INVITE. */
  get body(): BodyAndContentType | undefined {
    return this.outgoingRequestMessage.body;
  }

  /** Who we are in this session. */
  get localIdentity(): NameAddrHeader {
    return this.outgoingRequestMessage.from;
  }

  /** Whom we call. */
  get remoteIdentity(): NameAddrHeader {
    return this.outgoingRequestMessage.to;
  }

  /** The INVITE. */
  get request(): OutgoingRequestMessage {
    return this.outgoingRequestMessage;
  }

  /**
   * Cancels the INVITE. If the peer has accepted it meanwhile, the session is ended with a BYE.
   * @param options - The options.
   * @returns A promise resolved once the CANCEL has been sent, or is waiting for the first response
   * (RFC 3261 section 9.1). Rejected with an `Error` after a final response, and with a `TypeError` if
   * a value cannot be sent.
   * @throws TypeError for a status code out of bounds.
   */
  cancel(options: InviterCancelOptions = {}): Promise<void> {
    const refused = this.refusal<void>(SessionState.Initial, SessionState.Establishing);
    if (refused) {
      return refused;
    }
    const { statusCode, reasonPhrase, extraHeaders } = options;
    if (statusCode !== undefined) {
      checkStatus(200, 699, statusCode);
    }
    this.isCanceled = true;
    this.stateTransition(SessionState.Terminating);
    if (!this.outgoingInviteRequest) {
      this.stateTransition(SessionState.Terminated);
      return Promise.resolve();
    }
    const reason = statusCode === undefined ? undefined : reasonValue(statusCode, reasonPhrase);
    try {
      this.outgoingInviteRequest.cancel(reason, { extraHeaders });
    } catch (error) {
      if (error instanceof TypeError) {
        return Promise.reject(error);
      }
      this.logger.error((error as Error).message);
    }
    return Promise.resolve();
  }

  /**
   * Sends the INVITE; once the session is established, a re-INVITE.
   *
   * @remarks
   * There is one exchange of offer and answer. By default the offer is in the INVITE and the answer
   * counts when the 2xx has come: a WebRTC offer can be matched with one answer only, and it is not known
   * before whose that is. To hear early media set `earlyMedia`, if the INVITE cannot fork.
   * @param options - The options.
   * @returns A promise resolved once the INVITE has been sent. It is rejected with the error of the
   * session description handler if that cannot make an offer (the microphone is refused, for
   * example), and with a `TypeError` if a value cannot be sent; the session is terminated then.
   */
  override invite(options: InviterInviteOptions = {}): Promise<OutgoingInviteRequest> {
    if (this.state !== SessionState.Initial) {
      return super.invite(options);
    }
    if (this.inviting) {
      return Promise.reject(new RequestPendingError("INVITE in progress."));
    }
    this.inviting = true;
    this.negotiation.initial.update(options);
    if (options.withoutSdp || this.inviteWithoutSdp) {
      if (this._renderbody && this._rendertype) {
        this.outgoingRequestMessage.body = {
          body: this._renderbody,
          contentType: this._rendertype
        };
      }
      return attempt(() => this.sendInvite(options));
    }
    return this.getOffer(this.negotiation.initial.media)
      .then((offer) => {
        this.outgoingRequestMessage._setBody(offer);
        return this.sendInvite(options);
      })
      .catch((error: Error) => {
        this.logger.error(error.message);
        this.tellReferrer(500, "Internal Server Error");
        this.end();
        throw error;
      });
  }

  private sendInvite(options: InviterInviteOptions): OutgoingInviteRequest {
    this.stateTransition(SessionState.Establishing);
    const { outgoingRequestMessage: message } = this;
    message.extraHeaders.push(...(options.requestOptions?.extraHeaders ?? []));
    try {
      const { userAgentCore } = this.userAgent;
      const request = userAgentCore.invite(message, this.requestDelegate(options.requestDelegate));
      this.outgoingInviteRequest = request;
      return request;
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private requestDelegate(
    delegate: OutgoingInviteRequestDelegate | undefined
  ): OutgoingInviteRequestDelegate {
    const refuse = (response: IncomingResponse): void => {
      this.end();
      this.notifyReferrer(response);
    };
    return {
      onAccept: (response) => {
        // A second 2xx: the INVITE has forked and somebody else was faster.
        if (this._dialog) {
          this.ackAndBye(response);
          return;
        }
        this.notifyReferrer(response);
        if (this.isCanceled) {
          this.ackAndBye(response);
          this.end();
          return;
        }
        void attempt(() => this.onAccept(response))
          .then(() => this.closeEarlyHandlers())
          .catch(logError(this.logger))
          .then(() => delegate?.onAccept?.(response));
      },
      onProgress: (response) => {
        this.notifyReferrer(response);
        void this.onProgress(response)
          .catch(logError(this.logger))
          .then(() => delegate?.onProgress?.(response));
      },
      onRedirect: (response) => {
        refuse(response);
        delegate?.onRedirect?.(response);
      },
      onReject: (response) => {
        refuse(response);
        delegate?.onReject?.(response);
      },
      onTrying: (response) => delegate?.onTrying?.(response)
    };
  }

  /** A 2xx has come: applies its description, acknowledges it. */
  private onAccept(response: AckableIncomingResponseWithSession): Promise<void> | void {
    this.readAssertedIdentity(response.message);
    this.takeDialog(response.session as SessionDialog);
    if (this.earlyMediaDialog && this.earlyMediaDialog !== response.session) {
      return this.giveUp(response, 488, "INVITE forked");
    }
    if (this.earlyMediaDialog) {
      return this.earlyMediaAnswered
        ? this.earlyMediaAnswered.then(() => this.establish(response))
        : this.establish(response);
    }
    const handler = this.earlyHandlers?.get(response.session);
    if (handler) {
      this.negotiation.handler = handler;
      return this.establish(response);
    }
    // The answer in a reliable provisional response need not be repeated.
    const body = sessionDescription(response.message) ?? response.session.answer;
    if (!body) {
      return this.giveUp(response, 400, "Missing session description");
    }
    const offered = sessionDescription(this.outgoingRequestMessage) !== undefined;
    const { media } = this.negotiation.initial;
    const answer: Promise<Body | void> = offered
      ? this.setAnswer(body, media)
      : this.setOfferAndGetAnswer(body, media);
    return answer
      .then((ours) => this.establish(response, ours || undefined))
      .catch((error: Error) => {
        this.logger.error(error.message);
        return this.giveUp(response, 488, error.message);
      });
  }

  private establish(response: AckableIncomingResponseWithSession, body?: Body): void {
    if (this.state !== SessionState.Establishing) {
      this.ackAndBye(response);
      this.end();
      return;
    }
    response.ack({ body });
    this.outgoingInviteRequest = undefined;
    this.stateTransition(SessionState.Established);
  }

  /** The 2xx cannot be used. */
  private giveUp(
    response: AckableIncomingResponseWithSession,
    statusCode: number,
    text: string
  ): never {
    if (this.state !== SessionState.Terminated) {
      this.ackAndBye(response, statusCode, text);
      this.end();
    }
    throw new Error(text);
  }

  /**
   * A provisional response has come: a reliable one is acknowledged; with `earlyMedia` its description
   * is the answer.
   */
  private onProgress(response: PrackableIncomingResponseWithSession): Promise<void> {
    this.readAssertedIdentity(response.message);
    const body = getBody(response.message);
    if (isReliable(response.message) && this.state === SessionState.Establishing) {
      if (body && response.session.signalingState === SignalingState.HaveRemoteOffer) {
        return this.answerEarly(response, body);
      }
      response.prack();
    }
    const offered = sessionDescription(this.outgoingRequestMessage) !== undefined;
    if (
      !this.earlyMedia ||
      this.earlyMediaDialog ||
      this.state !== SessionState.Establishing ||
      !offered ||
      body?.contentDisposition !== "session"
    ) {
      return Promise.resolve();
    }
    this.earlyMediaDialog = response.session as SessionDialog;
    const answered = this.setAnswer(body, this.negotiation.initial.media);
    this.earlyMediaAnswered = answered;
    answered.then(() => (this.earlyMediaAnswered = undefined)).catch(() => undefined);
    return answered.catch((error: Error) => this.refuseEarly(error));
  }

  /** The INVITE had no offer, a reliable provisional response has: its PRACK has the answer. */
  private answerEarly(response: PrackableIncomingResponseWithSession, offer: Body): Promise<void> {
    const { sessionDescriptionHandlerFactoryOptions: options } = this.userAgent.configuration;
    const handler = this.sessionDescriptionHandlerFactory(this, options);
    (this.earlyHandlers ??= new Map<Dialog, SessionDescriptionHandler>()).set(
      response.session,
      handler
    );
    this.tell(() => this.delegate?.onSessionDescriptionHandler?.(handler, true));
    return setOfferAndAsk(handler, offer, this.negotiation.initial.media)
      .then((answer) => void response.prack({ body: toBody(answer) }))
      .catch((error: Error) => this.refuseEarly(error));
  }

  /** A description in a provisional response cannot be used. */
  private refuseEarly(error: Error): never {
    this.cancel({ statusCode: 488 }).catch(() => undefined);
    throw error;
  }

  /** Closes the handlers of the early dialogs that have come to nothing. */
  private closeEarlyHandlers(): void {
    for (const handler of this.earlyHandlers?.values() ?? []) {
      if (handler !== this.negotiation.handler) {
        handler.close();
      }
    }
    this.earlyHandlers = undefined;
  }

  /** Tells the one whose REFER this inviter follows how it goes. */
  private notifyReferrer(response: IncomingResponse): void {
    const { statusCode, reasonPhrase } = response.message;
    this.tellReferrer(statusCode ?? 0, reasonPhrase ?? "");
  }

  private tellReferrer(statusCode: number, reasonPhrase: string): void {
    if (!(this._referrer instanceof UserAgentServer)) {
      return;
    }
    try {
      this._referrer._notifyReferrer(statusCode, reasonPhrase);
    } catch (error) {
      this.logger.error((error as Error).message);
    }
  }

  private makeContact(anonymous: boolean): string {
    const { contact } = this.userAgent;
    // RFC 5626 section 4.3: "ob" asks for the same flow; a GRUU (RFC 5627) needs none.
    const outbound = anonymous ? !contact.tempGruu : !contact.pubGruu;
    return contact.toString({ anonymous, outbound });
  }

  private makeRequest(targetURI: URI, options: InviterOptions): OutgoingRequestMessage {
    const { configuration, userAgentCore } = this.userAgent;
    const { anonymous, params = {} } = options;
    const extraHeaders = (options.extraHeaders ?? []).slice();
    let fromURI = requireURI(params.fromUri ?? configuration.uri, "from");
    let fromDisplayName = params.fromDisplayName ?? configuration.displayName;
    if (anonymous) {
      // RFC 3323 section 4.1, RFC 3325 section 9.
      extraHeaders.push(`P-Preferred-Identity: ${configuration.uri}`, "Privacy: id");
      fromURI = new URI("sip", "anonymous", "anonymous.invalid");
      fromDisplayName = "Anonymous";
    }
    const toURI = requireURI(params.toUri ?? targetURI, "to");
    requireURI(targetURI, "target");
    const { sipExtension100rel } = configuration;
    const contact = (this._contact = this.makeContact(anonymous === true));
    const prack = sipExtension100rel !== SIPExtension.Unsupported;
    extraHeaders.push("Contact: " + contact, prack ? allow + ",PRACK" : allow);
    if (sipExtension100rel === SIPExtension.Required) {
      extraHeaders.push("Require: 100rel");
    }
    if (configuration.sipExtensionReplaces === SIPExtension.Required) {
      extraHeaders.push("Require: replaces");
    }
    return userAgentCore.makeOutgoingRequestMessage(
      "INVITE",
      targetURI,
      fromURI,
      toURI,
      { fromTag: this.fromTag, fromDisplayName, toDisplayName: params.toDisplayName },
      extraHeaders
    );
  }
}

/** RFC 3262 section 4: whether a response wants a PRACK. */
function isReliable(message: IncomingResponseMessage): boolean {
  return message.hasHeader("RSeq") && message.getHeaders("Require").join().includes("100rel");
}
