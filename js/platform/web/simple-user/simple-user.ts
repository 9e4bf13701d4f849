import type { InvitationAcceptOptions } from "../../../api/invitation-accept-options.js";
import type { InviterInviteOptions } from "../../../api/inviter-invite-options.js";
import type { InviterOptions } from "../../../api/inviter-options.js";
import type { RegistererRegisterOptions } from "../../../api/registerer-register-options.js";
import type { RegistererUnregisterOptions } from "../../../api/registerer-unregister-options.js";
import type { Session } from "../../../api/session.js";
import { SessionManager } from "../session-manager/session-manager.js";
import type { SimpleUserDelegate } from "./simple-user-delegate.js";
import type { SimpleUserOptions } from "./simple-user-options.js";

/** A user with one call at a time: a {@link SessionManager} for pages that need no more. */
export class SimpleUser {
  /** Told of the call and of the connection. */
  delegate: SimpleUserDelegate | undefined;

  private session: Session | undefined;
  private sessionManager: SessionManager;

  /**
   * @param server - The URL of the server's WebSocket.
   * @param options - The options.
   * @throws Error if `aor` is malformed, or as the constructor of `UserAgent` does.
   */
  constructor(
    server: string,
    private options: SimpleUserOptions = {}
  ) {
    this.delegate = options.delegate;
    this.sessionManager = new SessionManager(server, {
      ...options,
      maxSimultaneousSessions: 1,
      delegate: {
        onCallAnswered: () => this.delegate?.onCallAnswered?.(),
        onCallCreated: (session) => {
          this.session = session;
          this.delegate?.onCallCreated?.();
        },
        onCallReceived: () => this.delegate?.onCallReceived?.(),
        onCallHangup: (session) => {
          if (this.session === session) {
            this.session = undefined;
          }
          this.delegate?.onCallHangup?.();
        },
        onCallHold: (_session, held) => this.delegate?.onCallHold?.(held),
        onCallDTMFReceived: (_session, tone, duration) =>
          this.delegate?.onCallDTMFReceived?.(tone, duration),
        onMessageReceived: ({ request }) => this.delegate?.onMessageReceived?.(request.body),
        onRegistered: () => this.delegate?.onRegistered?.(),
        onUnregistered: () => this.delegate?.onUnregistered?.(),
        onServerConnect: () => this.delegate?.onServerConnect?.(),
        onServerDisconnect: (error) => this.delegate?.onServerDisconnect?.(error)
      }
    });
  }

  /**
   * The display name, "Anonymous" without one.
   * @internal
   */
  get id(): string {
    return this.options.userAgentOptions?.displayName || "Anonymous";
  }

  /** The local media, undefined without a call. */
  get localMediaStream(): MediaStream | undefined {
    return this.session && this.sessionManager.getLocalMediaStream(this.session);
  }

  /** The remote media, undefined without a call. */
  get remoteMediaStream(): MediaStream | undefined {
    return this.session && this.sessionManager.getRemoteMediaStream(this.session);
  }

  /**
   * The track of audio that is sent, if there is one.
   * @deprecated Take it from `localMediaStream`.
   */
  get localAudioTrack(): MediaStreamTrack | undefined {
    return this.localMediaStream?.getAudioTracks()[0];
  }

  /**
   * The track of video that is sent, if there is one.
   * @deprecated Take it from `localMediaStream`.
   */
  get localVideoTrack(): MediaStreamTrack | undefined {
    return this.localMediaStream?.getVideoTracks()[0];
  }

  /**
   * The track of audio that is received, if there is one.
   * @deprecated Take it from `remoteMediaStream`.
   */
  get remoteAudioTrack(): MediaStreamTrack | undefined {
    return this.remoteMediaStream?.getAudioTracks()[0];
  }

  /**
   * The track of video that is received, if there is one.
   * @deprecated Take it from `remoteMediaStream`.
   */
  get remoteVideoTrack(): MediaStreamTrack | undefined {
    return this.remoteMediaStream?.getVideoTracks()[0];
  }

  /**
   * Connects, and from then on connects anew whenever the connection is lost.
   * @returns A promise rejected if there is no connection now; it is then for the caller to try again.
   */
  connect(): Promise<void> {
    return this.sessionManager.connect();
  }

  /**
   * Ends the call and the registration, and disconnects.
   * @returns A promise resolved once that is done.
   */
  disconnect(): Promise<void> {
    return this.sessionManager.disconnect();
  }

  /** Whether the server is connected. */
  isConnected(): boolean {
    return this.sessionManager.isConnected();
  }

  /**
   * Registers the user, so that calls reach him: now, and whenever the connection is made anew.
   * @param registererRegisterOptions - Options of each `Registerer.register()` from now on.
   * @returns A promise resolved once the REGISTER is sent.
   */
  register(registererRegisterOptions?: RegistererRegisterOptions): Promise<void> {
    return this.sessionManager.register(registererRegisterOptions);
  }

  /**
   * Unregisters the user, for good.
   * @param registererUnregisterOptions - Options of `Registerer.unregister()`.
   * @returns A promise resolved once the REGISTER is sent, or at once if there is nothing to undo.
   */
  unregister(registererUnregisterOptions?: RegistererUnregisterOptions): Promise<void> {
    return this.sessionManager.unregister(registererUnregisterOptions);
  }

  /**
   * Calls somebody.
   * @param destination - His address, for example "sip:bob@example.com".
   * @param inviterOptions - Options of the `Inviter`. Default: the constraints of the options.
   * @param inviterInviteOptions - Options of its `invite()`.
   * @returns A promise resolved once the INVITE is sent, rejected if there is a call.
   */
  async call(
    destination: string,
    inviterOptions?: InviterOptions,
    inviterInviteOptions?: InviterInviteOptions
  ): Promise<void> {
    if (this.session) {
      throw new Error("Session already exists.");
    }
    await this.sessionManager.call(destination, inviterOptions, inviterInviteOptions);
  }

  /**
   * Ends the call, whatever its state: by BYE, CANCEL or a response.
   * @returns A promise resolved once that is sent.
   */
  async hangup(): Promise<void> {
    return this.sessionManager.hangup(this.current());
  }

  /**
   * Answers a call that came in.
   * @param invitationAcceptOptions - Options of `Invitation.accept()`. Default: the constraints of the
   * options.
   * @returns A promise resolved once the response is sent.
   */
  async answer(invitationAcceptOptions?: InvitationAcceptOptions): Promise<void> {
    return this.sessionManager.answer(this.current(), invitationAcceptOptions);
  }

  /**
   * Declines a call that came in.
   * @returns A promise resolved once the response is sent.
   */
  async decline(): Promise<void> {
    return this.sessionManager.decline(this.current());
  }

  /**
   * Puts the peer on hold (RFC 6337 section 5.3).
   * @returns A promise resolved once the re-INVITE is sent; `onCallHold` tells what became of it.
   */
  async hold(): Promise<void> {
    return this.sessionManager.hold(this.current());
  }

  /**
   * Takes the peer off hold.
   * @returns A promise resolved once the re-INVITE is sent; `onCallHold` tells what became of it.
   */
  async unhold(): Promise<void> {
    return this.sessionManager.unhold(this.current());
  }

  /** Whether the peer is on hold, or about to be. */
  isHeld(): boolean {
    return !!this.session && this.sessionManager.isHeld(this.session);
  }

  /** Stops sending what the microphone and the camera take. The peer is not told. */
  mute(): void {
    if (this.session) {
      this.sessionManager.mute(this.session);
    }
  }

  /** Ends {@link mute}. */
  unmute(): void {
    if (this.session) {
      this.sessionManager.unmute(this.session);
    }
  }

  /** Whether local media is muted. */
  isMuted(): boolean {
    return !!this.session && this.sessionManager.isMuted(this.session);
  }

  /**
   * Sends a DTMF tone: by INFO as application/dtmf-relay, or as RTP events if the options say so.
   * @param tone - A digit, A to D, #, * or a comma.
   * @returns A promise resolved once it is sent.
   */
  async sendDTMF(tone: string): Promise<void> {
    return this.sessionManager.sendDTMF(this.current(), tone);
  }

  /**
   * Sends a message outside of calls (RFC 3428).
   * @param destination - The address of the recipient.
   * @param message - The text.
   * @returns A promise resolved once it is sent.
   */
  message(destination: string, message: string): Promise<void> {
    return this.sessionManager.message(destination, message);
  }

  private current(): Session {
    if (!this.session) {
      throw new Error("Session does not exist.");
    }
    return this.session;
  }
}
