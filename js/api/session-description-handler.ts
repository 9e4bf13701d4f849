/**
 * Does the offers and answers of a session (RFC 3264): the one part of a session that knows of
 * media. Supply another one with `sessionDescriptionHandlerFactory`.
 */
export interface SessionDescriptionHandler {
  /** Releases everything it holds. */
  close(): void;

  /**
   * The local offer, or the answer to the remote offer set before.
   * @param options - Options of this handler.
   * @param modifiers - Functions applied to the description, this once.
   * @returns A promise of the body for the SIP message, rejected with an `Error` if the handler
   * cannot provide one, in particular if it is closed or becomes so meanwhile.
   */
  getDescription(
    options?: SessionDescriptionHandlerOptions,
    modifiers?: Array<SessionDescriptionHandlerModifier>
  ): Promise<BodyAndContentType>;

  /**
   * True if the handler understands bodies of a content type.
   * @param contentType - The Content-Type of a SIP message.
   */
  hasDescription(contentType: string): boolean;

  /** Withdraws the pending local or remote offer and returns to the last stable state. */
  rollbackDescription?(): Promise<void>;

  /**
   * Applies the remote offer, or the remote answer to the local offer got before.
   * @param sdp - The body of the SIP message.
   * @param options - Options of this handler.
   * @param modifiers - Functions applied to the description, this once.
   * @returns A promise resolved once applied and rejected with an `Error` if that is not possible,
   * in particular if the handler is closed or becomes so meanwhile.
   */
  setDescription(
    sdp: string,
    options?: SessionDescriptionHandlerOptions,
    modifiers?: Array<SessionDescriptionHandlerModifier>
  ): Promise<void>;

  /**
   * Sends DTMF digits as RTP events (RFC 4733).
   * @param tones - The digits.
   * @param options - Options of this handler.
   * @returns True if they are on their way.
   */
  sendDtmf(tones: string, options?: unknown): boolean;
}

/**
 * Changes a session description: a local one before it is applied and sent, a remote one before it
 * is applied.
 */
export interface SessionDescriptionHandlerModifier {
  (sessionDescription: RTCSessionDescriptionInit): Promise<RTCSessionDescriptionInit>;
}

/**
 * Options of a {@link SessionDescriptionHandler}, passed through to it by `invite()`, `accept()`
 * and the like.
 */
export interface SessionDescriptionHandlerOptions {
  /** What local media are wanted, for the default handler: `MediaStreamConstraints`. Default: audio. */
  constraints?: object;
}

/** A body and its content type. */
export interface BodyAndContentType {
  /** The body. */
  body: string;
  /** Its media type, as in Content-Type. */
  contentType: string;
}
