import type { Message } from "../../../api/message.js";
import type { Notification } from "../../../api/notification.js";
import type { Session } from "../../../api/session.js";

/** Told what happens to the sessions of a `SessionManager` and to its connection. */
export interface SessionManagerDelegate {
  /**
   * A call is answered: its session is established, the media elements have their streams.
   * @param session - The session.
   */
  onCallAnswered?(session: Session): void;

  /**
   * A call is created, incoming or outgoing. Nothing was sent yet.
   * @param session - The session.
   */
  onCallCreated?(session: Session): void;

  /**
   * A call comes in: `answer()` or `decline()` it. Without this method calls are declined.
   * @param session - The session.
   */
  onCallReceived?(session: Session): void;

  /**
   * A call is over, whoever ended it. Its session is no longer managed.
   * @param session - The session.
   */
  onCallHangup?(session: Session): void;

  /**
   * A re-INVITE that puts the peer on hold, or takes it off hold, was answered.
   * @param session - The session.
   * @param held - Whether the peer is on hold now. What it was before if the peer has refused.
   */
  onCallHold?(session: Session, held: boolean): void;

  /**
   * The peer has sent a DTMF tone by INFO, as application/dtmf-relay. Without this method it is
   * answered 480.
   * @param session - The session.
   * @param tone - A digit, A to D, # or *.
   * @param duration - Its duration in milliseconds.
   */
  onCallDTMFReceived?(session: Session, tone: string, duration: number): void;

  /**
   * A MESSAGE came in outside of calls. It has been accepted.
   * @param message - The message.
   */
  onMessageReceived?(message: Message): void;

  /**
   * A NOTIFY came in outside of calls and subscriptions. It has been accepted.
   * @param notification - The notification.
   */
  onNotificationReceived?(notification: Notification): void;

  /** The user is registered. */
  onRegistered?(): void;

  /** The user is no longer registered, or the registrar has refused. */
  onUnregistered?(): void;

  /** The server is connected. */
  onServerConnect?(): void;

  /**
   * The server is no longer connected.
   * @param error - Why the connection was lost. Undefined if it was ended on purpose.
   */
  onServerDisconnect?(error?: Error): void;
}
