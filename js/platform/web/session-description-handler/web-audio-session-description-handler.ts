import type { Session } from "../../../api/session.js";
import type { Logger } from "../../../core/log/logger.js";
import type { MediaStreamFactory } from "./media-stream-factory.js";
import { SessionDescriptionHandler } from "./session-description-handler.js";
import type { SessionDescriptionHandlerConfiguration } from "./session-description-handler-configuration.js";

/**
 * Lets the peers of some sessions hear each other.
 * @param conferenceSessions - The sessions, all with a {@link WebAudioSessionDescriptionHandler}.
 * @throws Error if there are less than two, or one has another handler or no local media.
 */
export function startLocalConference(conferenceSessions: Array<Session>): void {
  if (conferenceSessions.length < 2) {
    throw new Error("Start local conference requires at leaast 2 sessions.");
  }
  const handlers = conferenceSessions.map(({ sessionDescriptionHandler }) => {
    if (!(sessionDescriptionHandler instanceof WebAudioSessionDescriptionHandler)) {
      throw new Error(
        "Session description handler not instance of SessionManagerSessionDescriptionHandler"
      );
    }
    return sessionDescriptionHandler;
  });
  handlers.forEach((handler, i) =>
    handlers.slice(i + 1).forEach((other) => handler.joinWith(other))
  );
}

/**
 * Sends audio by way of the Web Audio API, so that more than the microphone can be sent: what other
 * peers say, for conferences. For one track of audio; with video it is not meant to be used.
 *
 * @remarks
 * The media stream factory makes what is sent, with {@link initLocalMediaStream}:
 * `async (constraints, handler) =>
 *   handler.initLocalMediaStream(await navigator.mediaDevices.getUserMedia(constraints))`.
 * The microphone is the application's: the handler does not stop it.
 */
export class WebAudioSessionDescriptionHandler extends SessionDescriptionHandler {
  /** The context that all of them share. Made with the first, unless the application has set it. */
  static audioContext: AudioContext | undefined;

  private localMediaStreamDestinationNode?: MediaStreamAudioDestinationNode;
  private localMediaStreamSourceNode?: MediaStreamAudioSourceNode;
  private localMediaStreamReal?: MediaStream;

  /**
   * @param logger - A logger.
   * @param mediaStreamFactory - Provides the local media.
   * @param sessionDescriptionHandlerConfiguration - Configuration.
   */
  constructor(
    logger: Logger,
    mediaStreamFactory: MediaStreamFactory,
    sessionDescriptionHandlerConfiguration?: SessionDescriptionHandlerConfiguration
  ) {
    super(logger, mediaStreamFactory, sessionDescriptionHandlerConfiguration);
    WebAudioSessionDescriptionHandler.audioContext ??= new AudioContext();
  }

  /**
   * Enables or disables the microphone alone: what others say is still sent.
   * @throws Error if there is no microphone yet.
   */
  override enableSenderTracks(enable: boolean): void {
    if (!this.localMediaStreamReal) {
      throw new Error("Stream undefined.");
    }
    for (const track of this.localMediaStreamReal.getAudioTracks()) {
      track.enabled = enable;
    }
  }

  /**
   * Makes a stream to send, in which a microphone is heard.
   * @param stream - The microphone's.
   */
  initLocalMediaStream(stream: MediaStream): MediaStream {
    const { audioContext } = WebAudioSessionDescriptionHandler;
    this.localMediaStreamDestinationNode = audioContext!.createMediaStreamDestination();
    this.connect(stream);
    return this.localMediaStreamDestinationNode.stream;
  }

  /**
   * Lets the peer and that of another handler hear each other.
   * @param peer - The other handler.
   * @throws Error if one of them has no local media yet.
   */
  joinWith(peer: WebAudioSessionDescriptionHandler): void {
    const { audioContext } = WebAudioSessionDescriptionHandler;
    const theirs = peer.localMediaStreamDestinationNode;
    const ours = this.localMediaStreamDestinationNode;
    if (!theirs || !ours) {
      throw new Error(
        `${theirs ? "Our" : "Peer"} outbound (local) stream local media stream destination is undefined.`
      );
    }
    audioContext!.createMediaStreamSource(this.remoteMediaStream).connect(theirs);
    audioContext!.createMediaStreamSource(peer.remoteMediaStream).connect(ours);
  }

  /**
   * Sends another microphone in the place of the one before.
   * @param stream - Its stream.
   */
  setRealLocalMediaStream(stream: MediaStream): void {
    const destination = this.localMediaStreamDestinationNode;
    if (!destination) {
      this.initLocalMediaStream(stream);
      return;
    }
    this.localMediaStreamSourceNode?.disconnect(destination);
    this.connect(stream);
  }

  private connect(stream: MediaStream): void {
    const { audioContext } = WebAudioSessionDescriptionHandler;
    this.localMediaStreamReal = stream;
    this.localMediaStreamSourceNode = audioContext!.createMediaStreamSource(stream);
    this.localMediaStreamSourceNode.connect(this.localMediaStreamDestinationNode!);
  }
}
