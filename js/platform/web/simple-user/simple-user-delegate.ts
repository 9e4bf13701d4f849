/** Told what happens to the call of a `SimpleUser` and to his connection. */
export interface SimpleUserDelegate {
  /** The call is answered: the media elements have their streams. */
  onCallAnswered?(): void;

  /** A call is created, incoming or outgoing. Nothing was sent yet. */
  onCallCreated?(): void;

  /** A call comes in: `answer()` or `decline()` it. Without this method it rings until it is given up. */
  onCallReceived?(): void;

  /** The call is over, whoever ended it. */
  onCallHangup?(): void;

  /**
   * A re-INVITE that puts the peer on hold, or takes it off hold, was answered.
   * @param held - Whether the peer is on hold now. What it was before if the peer has refused.
   */
  onCallHold?(held: boolean): void;

  /**
   * The peer has sent a DTMF tone by INFO, as application/dtmf-relay.
   * @param tone - A digit, A to D, # or *.
   * @param duration - Its duration in milliseconds.
   */
  onCallDTMFReceived?(tone: string, duration: number): void;

  /**
   * A MESSAGE came in outside of calls.
   * @param message - Its text.
   */
  onMessageReceived?(message: string): void;

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
