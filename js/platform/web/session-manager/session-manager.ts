import type { Info } from "../../../api/info.js";
import { Invitation } from "../../../api/invitation.js";
import type { InvitationAcceptOptions } from "../../../api/invitation-accept-options.js";
import { Inviter } from "../../../api/inviter.js";
import type { InviterInviteOptions } from "../../../api/inviter-invite-options.js";
import type { InviterOptions } from "../../../api/inviter-options.js";
import { Messager } from "../../../api/messager.js";
import type { RegistererRegisterOptions } from "../../../api/registerer-register-options.js";
import type { RegistererUnregisterOptions } from "../../../api/registerer-unregister-options.js";
import type { Session } from "../../../api/session.js";
import type { SessionReferOptions } from "../../../api/session-refer-options.js";
import { SessionState } from "../../../api/session-state.js";
import { UserAgent } from "../../../api/user-agent.js";
import type { URI } from "../../../grammar/uri.js";
import { SessionDescriptionHandler } from "../session-description-handler/session-description-handler.js";
import type { SessionDescriptionHandlerOptions } from "../session-description-handler/session-description-handler-options.js";
import { Connection } from "./connection.js";
import { attachMedia, detachMedia, handlerOf } from "./media-elements.js";
import type { ManagedSession } from "./managed-session.js";
import { defaultManagedSessionFactory } from "./managed-session-factory-default.js";
import type { SessionManagerDelegate } from "./session-manager-delegate.js";
import type { SessionManagerOptions } from "./session-manager-options.js";

/**
 * Keeps a user connected and registered, and his calls: a user agent, its registration and its
 * sessions, with the media elements of a page.
 */
export class SessionManager {
  /** Told of sessions and of the connection. */
  delegate: SessionManagerDelegate | undefined;

  /** The calls that are not over. */
  managedSessions: Array<ManagedSession> = [];

  /** The user agent whose sessions they are. */
  userAgent: UserAgent;

  private connection: Connection;

  /**
   * @param server - The URL of the server's WebSocket.
   * @param options - The options.
   * @throws Error if `aor` is malformed, or as the constructor of `UserAgent` does.
   */
  constructor(
    server: string,
    private options: SessionManagerOptions = {}
  ) {
    const { aor, delegate, userAgentOptions } = options;
    this.delegate = delegate;
    const uri = aor ? UserAgent.makeURI(aor) : userAgentOptions?.uri;
    if (aor && !uri) {
      throw new Error(`Failed to create valid URI from ${aor}`);
    }
    this.userAgent = new UserAgent({
      ...userAgentOptions,
      uri,
      transportOptions: userAgentOptions?.transportOptions ?? { server },
      delegate: {
        onConnect: () => this.connection.onConnect(),
        onDisconnect: (error) =>
          this.connection.onDisconnect(error, () => {
            for (const { session } of [...this.managedSessions]) {
              this.connection.settle(session.dispose());
            }
          }),
        onInvite: (invitation) => this.onInvite(invitation),
        onMessage: (message) =>
          this.connection.settle(message.accept(), () =>
            this.delegate?.onMessageReceived?.(message)
          ),
        onNotify: (notification) =>
          this.connection.settle(notification.accept(), () =>
            this.delegate?.onNotificationReceived?.(notification)
          )
      }
    });
    this.connection = new Connection(this.userAgent, options, () => this.delegate);
  }

  /**
   * The local media of a session, undefined if it has none.
   * @param session - The session.
   */
  getLocalMediaStream(session: Session): MediaStream | undefined {
    return handlerOf(session)?.localMediaStream;
  }

  /**
   * The remote media of a session, undefined if it has none.
   * @param session - The session.
   */
  getRemoteMediaStream(session: Session): MediaStream | undefined {
    return handlerOf(session)?.remoteMediaStream;
  }

  /**
   * The track of audio that is sent, if there is one.
   * @param session - The session.
   * @deprecated Take it from `getLocalMediaStream()`.
   */
  getLocalAudioTrack(session: Session): MediaStreamTrack | undefined {
    return this.getLocalMediaStream(session)?.getAudioTracks()[0];
  }

  /**
   * The track of video that is sent, if there is one.
   * @param session - The session.
   * @deprecated Take it from `getLocalMediaStream()`.
   */
  getLocalVideoTrack(session: Session): MediaStreamTrack | undefined {
    return this.getLocalMediaStream(session)?.getVideoTracks()[0];
  }

  /**
   * The track of audio that is received, if there is one.
   * @param session - The session.
   * @deprecated Take it from `getRemoteMediaStream()`.
   */
  getRemoteAudioTrack(session: Session): MediaStreamTrack | undefined {
    return this.getRemoteMediaStream(session)?.getAudioTracks()[0];
  }

  /**
   * The track of video that is received, if there is one.
   * @param session - The session.
   * @deprecated Take it from `getRemoteMediaStream()`.
   */
  getRemoteVideoTrack(session: Session): MediaStreamTrack | undefined {
    return this.getRemoteMediaStream(session)?.getVideoTracks()[0];
  }

  /**
   * Connects, and from then on connects anew whenever the connection is lost.
   * @returns A promise rejected if there is no connection now; it is then for the caller to try again.
   */
  connect(): Promise<void> {
    return this.connection.connect();
  }

  /**
   * Ends all calls and registrations, and disconnects.
   * @returns A promise resolved once that is done.
   */
  disconnect(): Promise<void> {
    return this.connection.disconnect();
  }

  /** Whether the server is connected. */
  isConnected(): boolean {
    return this.userAgent.isConnected();
  }

  /**
   * Registers the user, so that calls reach him: now, and whenever the connection is made anew.
   * @param registererRegisterOptions - Options of each `Registerer.register()` from now on.
   * @returns A promise resolved once the REGISTER is sent, or without a connection at once;
   * `onRegistered` and `onUnregistered` tell what became of it.
   */
  register(registererRegisterOptions?: RegistererRegisterOptions): Promise<void> {
    return this.connection.register(registererRegisterOptions);
  }

  /**
   * Unregisters the user, for good.
   * @param registererUnregisterOptions - Options of `Registerer.unregister()`.
   * @returns A promise resolved once the REGISTER is sent, or at once if there is nothing to undo.
   */
  unregister(registererUnregisterOptions?: RegistererUnregisterOptions): Promise<void> {
    return this.connection.unregister(registererUnregisterOptions);
  }

  /**
   * Calls somebody.
   * @param destination - His address, for example "sip:bob@example.com".
   * @param inviterOptions - Options of the `Inviter`. Default: the constraints of the options.
   * @param inviterInviteOptions - Options of its `invite()`.
   * @returns A promise of the session, resolved once the INVITE is sent; `onCallAnswered` and
   * `onCallHangup` tell what became of it.
   */
  async call(
    destination: string,
    inviterOptions?: InviterOptions,
    inviterInviteOptions?: InviterInviteOptions
  ): Promise<Inviter> {
    if (this.isFull()) {
      throw new Error("Maximum number of sessions already exists.");
    }
    const inviter = new Inviter(this.userAgent, addressOf(destination), this.with(inviterOptions));
    return this.sendInvite(inviter, inviterInviteOptions);
  }

  /**
   * Ends a call, whatever its state: by BYE, CANCEL or a response.
   * @param session - The session.
   * @returns A promise resolved once that is sent.
   */
  async hangup(session: Session): Promise<void> {
    this.managed(session);
    if (session.state === SessionState.Established) {
      await session.bye();
    } else if (session instanceof Inviter) {
      await session.cancel();
    } else {
      await (session as Invitation).reject();
    }
  }

  /**
   * Answers a call that came in.
   * @param session - The session.
   * @param invitationAcceptOptions - Options of `Invitation.accept()`. Default: the constraints of the
   * options.
   * @returns A promise resolved once the response is sent.
   */
  async answer(session: Session, invitationAcceptOptions?: InvitationAcceptOptions): Promise<void> {
    return this.invitation(session).accept(this.with(invitationAcceptOptions));
  }

  /**
   * Declines a call that came in.
   * @param session - The session.
   * @returns A promise resolved once the response is sent.
   */
  async decline(session: Session): Promise<void> {
    return this.invitation(session).reject();
  }

  /**
   * Puts the peer on hold (RFC 6337 section 5.3).
   * @param session - The session.
   * @returns A promise resolved once the re-INVITE is sent; `onCallHold` tells what became of it.
   */
  hold(session: Session): Promise<void> {
    return this.setHold(session, true);
  }

  /**
   * Takes the peer off hold.
   * @param session - The session.
   * @returns A promise resolved once the re-INVITE is sent; `onCallHold` tells what became of it.
   */
  unhold(session: Session): Promise<void> {
    return this.setHold(session, false);
  }

  /**
   * Whether the peer is on hold, or about to be.
   * @param session - The session.
   */
  isHeld(session: Session): boolean {
    return !!this.find(session)?.held;
  }

  /**
   * Stops sending what the microphone and the camera take. The peer is not told.
   * @param session - The session. Without an established one there is no effect.
   */
  mute(session: Session): void {
    this.setMute(session, true);
  }

  /**
   * Ends {@link mute}.
   * @param session - The session.
   */
  unmute(session: Session): void {
    this.setMute(session, false);
  }

  /**
   * Whether local media is muted.
   * @param session - The session.
   */
  isMuted(session: Session): boolean {
    return !!this.find(session)?.muted;
  }

  /**
   * Sends a DTMF tone: by INFO as application/dtmf-relay, or as RTP events if the options say so.
   * @param session - The session.
   * @param tone - A digit, A to D, #, * or a comma.
   * @returns A promise resolved once it is sent.
   */
  async sendDTMF(session: Session, tone: string): Promise<void> {
    this.managed(session);
    if (!/^[0-9A-D#*,]$/.test(tone)) {
      throw new Error("Invalid DTMF tone.");
    }
    if (!this.options.sendDTMFUsingSessionDescriptionHandler) {
      const content = `Signal=${tone}\r\nDuration=2000`;
      const body = { contentDisposition: "render", contentType: dtmfRelay, content };
      await session.info({ requestOptions: { body } });
      return;
    }
    const handler = session.sessionDescriptionHandler;
    if (!handler) {
      throw new Error("Session desciption handler undefined.");
    }
    if (!handler.sendDtmf(tone)) {
      throw new Error("Failed to send DTMF");
    }
  }

  /**
   * Transfers the peer: to an address, or to the peer of another call that has been answered
   * (RFC 5589).
   * @param session - The session.
   * @param target - The address, or the other session.
   * @param options - Options of `Session.refer()`.
   * @returns A promise resolved once the REFER is sent.
   */
  async transfer(
    session: Session,
    target: Session | string,
    options?: SessionReferOptions
  ): Promise<void> {
    await session.refer(typeof target === "string" ? addressOf(target) : target, options);
  }

  /**
   * Sends a message outside of calls (RFC 3428).
   * @param destination - The address of the recipient.
   * @param message - The text.
   * @returns A promise resolved once it is sent.
   */
  async message(destination: string, message: string): Promise<void> {
    return new Messager(this.userAgent, addressOf(destination), message).message();
  }

  /** By the id: an application may give us a proxy of the session, or be one of ours. */
  private find({ id }: Session): ManagedSession | undefined {
    return this.managedSessions.find(({ session }) => session.id === id);
  }

  private managed(session: Session): ManagedSession {
    const managed = this.find(session);
    if (!managed) {
      throw new Error("Session does not exist.");
    }
    return managed;
  }

  private invitation(session: Session): Invitation {
    this.managed(session);
    if (!(session instanceof Invitation)) {
      throw new Error("Session not instance of Invitation.");
    }
    return session;
  }

  private isFull(): boolean {
    const { maxSimultaneousSessions = 2 } = this.options;
    return maxSimultaneousSessions > 0 && this.managedSessions.length > maxSimultaneousSessions;
  }

  /** Options with the constraints of the manager's, unless they have constraints. */
  private with<T extends InviterOptions | InvitationAcceptOptions>(options?: T): T {
    const { constraints = { audio: true, video: false } } = this.options.media ?? {};
    return {
      ...options,
      sessionDescriptionHandlerOptions: {
        constraints,
        ...options?.sessionDescriptionHandlerOptions
      }
    } as T;
  }

  private onInvite(invitation: Invitation): void {
    if (this.isFull()) {
      this.connection.settle(invitation.reject());
      return;
    }
    this.initSession(invitation);
    if (this.delegate?.onCallReceived) {
      this.delegate.onCallReceived(invitation);
    } else {
      this.connection.settle(invitation.reject());
    }
  }

  private async sendInvite(inviter: Inviter, options?: InviterInviteOptions): Promise<Inviter> {
    this.initSession(inviter);
    await inviter.invite(options);
    return inviter;
  }

  private initSession(session: Session): void {
    const { managedSessionFactory = defaultManagedSessionFactory(), media = {} } = this.options;
    const managed = managedSessionFactory(this, session);
    this.managedSessions.push(managed);
    this.connection.tell(() => this.delegate?.onCallCreated?.(session));
    session.stateChange.addListener((state) => {
      if (state === SessionState.Established) {
        attachMedia(managed, media, (played) => this.connection.settle(played));
        this.delegate?.onCallAnswered?.(session);
      } else if (state !== SessionState.Establishing && this.find(session)) {
        detachMedia(managed);
        this.managedSessions = this.managedSessions.filter(
          (other) => other.session.id !== session.id
        );
        this.delegate?.onCallHangup?.(session);
      }
    });
    session.delegate = {
      onInfo: (info) => this.onInfo(session, info),
      onRefer: (referral) =>
        this.connection.settle(
          referral.accept().then(async () => {
            await this.sendInvite(referral.makeInviter(this.with()));
          })
        ),
      onSessionDescriptionHandler: (handler) => {
        if (
          this.options.iceStopWaitingOnServerReflexive &&
          handler instanceof SessionDescriptionHandler
        ) {
          handler.peerConnectionDelegate = {
            onicecandidate: ({ candidate }) => {
              if (candidate?.type === "srflx") {
                handler.iceGatheringComplete();
              }
            }
          };
        }
      }
    };
  }

  private onInfo(session: Session, info: Info): void {
    const { request } = info;
    const onDTMF = this.delegate?.onCallDTMFReceived;
    const [, tone, duration] =
      (request.getHeader("content-type")?.toLowerCase().startsWith(dtmfRelay) &&
        /^Signal\s?=\s?([0-9A-D#*]).*\r\nDuration\s?=\s?(\d{1,4})/.exec(request.body)) ||
      [];
    if (onDTMF && Number(duration)) {
      this.connection.settle(info.accept(), () =>
        onDTMF.call(this.delegate, session, tone, Number(duration))
      );
    } else {
      this.connection.settle(info.reject());
    }
  }

  private async setHold(session: Session, hold: boolean): Promise<void> {
    const managed = this.managed(session);
    handlerOf(session, true);
    if (managed.held === hold) {
      return;
    }
    const answered = (held: boolean) => (): void => {
      managed.held = held;
      if (this.find(session)) {
        this.enableTracks(managed);
        this.delegate?.onCallHold?.(session, held);
      }
    };
    managed.held = hold;
    try {
      await session.invite({
        requestDelegate: { onAccept: answered(hold), onReject: answered(!hold) },
        sessionDescriptionHandlerOptions: {
          ...session.sessionDescriptionHandlerOptionsReInvite,
          hold
        } as SessionDescriptionHandlerOptions
      });
    } catch (error) {
      managed.held = !hold;
      throw error;
    }
  }

  private setMute(session: Session, mute: boolean): void {
    const managed = this.find(session);
    if (managed && session.state === SessionState.Established) {
      managed.muted = mute;
      this.enableTracks(managed);
    }
  }

  /** Nothing is sent to a peer on hold or while muted, nothing received from a peer on hold. */
  private enableTracks({ session, held, muted }: ManagedSession): void {
    const handler = handlerOf(session, true);
    handler.enableReceiverTracks(!held);
    handler.enableSenderTracks(!held && !muted);
  }
}

const dtmfRelay = "application/dtmf-relay";

function addressOf(text: string): URI {
  const address = UserAgent.makeURI(text);
  if (!address) {
    throw new Error(`Failed to create a valid URI from "${text}"`);
  }
  return address;
}
