import { SessionDescriptionHandlerError } from "../../../api/exceptions/session-description-handler.js";
import type {
  BodyAndContentType,
  SessionDescriptionHandler as SessionDescriptionHandlerDefinition,
  SessionDescriptionHandlerModifier
} from "../../../api/session-description-handler.js";
import type { Logger } from "../../../core/log/logger.js";
import { impliedDisposition } from "../../../core/messages/utils.js";
import { nextConstraints } from "./constraints.js";
import { answerDirection, offerDirection } from "./direction.js";
import type { MediaStreamFactory } from "./media-stream-factory.js";
import type { PeerConnectionDelegate } from "./peer-connection-delegate.js";
import { delegateEvents } from "./peer-connection-events.js";
import type { SessionDescriptionHandlerConfiguration } from "./session-description-handler-configuration.js";
import type { SessionDescriptionHandlerOptions } from "./session-description-handler-options.js";
import { change, enableTracks, setLocalTrack, stopTracks } from "./tracks.js";
import type { Settlement } from "../transport/settlement.js";
import { settlement } from "../transport/settlement.js";

const CONTENT_TYPE = "application/sdp";

/**
 * Offers and answers by WebRTC, with one audio and one video track each way at most. Meant to be
 * extended: every step is a protected method, called on the instance.
 *
 * @remarks
 * Errors of the media stream factory and of the browser reach the caller as they are, for example
 * the `DOMException` "NotAllowedError" if the microphone is refused; the handler's own are
 * {@link SessionDescriptionHandlerError}s. In particular a promise that is pending when the handler
 * is closed is rejected with "Peer connection closed.", and media that is granted only afterwards is
 * stopped at once.
 */
export class SessionDescriptionHandler implements SessionDescriptionHandlerDefinition {
  /** Where its log lines go. */
  protected logger: Logger;
  /** Provides the local media. */
  protected mediaStreamFactory: MediaStreamFactory;
  /** Its configuration. */
  protected sessionDescriptionHandlerConfiguration?: SessionDescriptionHandlerConfiguration;
  /** What `localMediaStream` gives. */
  protected _localMediaStream: MediaStream;
  /** What `remoteMediaStream` gives. */
  protected _remoteMediaStream: MediaStream;
  /** What `dataChannel` gives. */
  protected _dataChannel: RTCDataChannel | undefined;
  /** Undefined once closed. */
  protected _peerConnection: RTCPeerConnection | undefined;
  /** What `peerConnectionDelegate` gives. */
  protected _peerConnectionDelegate: PeerConnectionDelegate | undefined;

  /** The latest wait for ICE candidates. */
  private gathering: Settlement | undefined;
  private localMediaStreamConstraints: MediaStreamConstraints | undefined;
  private onDataChannel: ((dataChannel: RTCDataChannel) => void) | undefined;

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
    this.logger = logger;
    this.mediaStreamFactory = mediaStreamFactory;
    this.sessionDescriptionHandlerConfiguration = sessionDescriptionHandlerConfiguration;
    this._localMediaStream = new MediaStream();
    this._remoteMediaStream = new MediaStream();
    this._peerConnection = new RTCPeerConnection(
      sessionDescriptionHandlerConfiguration?.peerConnectionConfiguration
    );
    this.handleEvents(this._peerConnection);
  }

  /**
   * The local media being sent. Always the same stream, at first without tracks; its "addtrack" and
   * "removetrack" events tell when they change.
   */
  get localMediaStream(): MediaStream {
    return this._localMediaStream;
  }

  /**
   * The remote media being received. Always the same stream, at first without tracks; its "addtrack"
   * and "removetrack" events tell when they change.
   */
  get remoteMediaStream(): MediaStream {
    return this._remoteMediaStream;
  }

  /** The data channel, once there is one. */
  get dataChannel(): RTCDataChannel | undefined {
    return this._dataChannel;
  }

  /**
   * The peer connection, undefined once closed. Its event handler properties are in use: hear its
   * events by `addEventListener()` or by {@link peerConnectionDelegate}.
   */
  get peerConnection(): RTCPeerConnection | undefined {
    return this._peerConnection;
  }

  /** Hears the events of the peer connection. */
  get peerConnectionDelegate(): PeerConnectionDelegate | undefined {
    return this._peerConnectionDelegate;
  }

  set peerConnectionDelegate(delegate: PeerConnectionDelegate | undefined) {
    this._peerConnectionDelegate = delegate;
  }

  /** Stops all tracks and closes the data channel and the peer connection, for good. */
  close(): void {
    this.logger.debug("close");
    const peerConnection = this._peerConnection;
    if (!peerConnection) {
      return;
    }
    this._peerConnection = undefined;
    const used = [...peerConnection.getReceivers(), ...peerConnection.getSenders()];
    stopTracks([...used.map(({ track }) => track), ...this._localMediaStream.getTracks()]);
    this._dataChannel?.close();
    peerConnection.close();
    this.gathering?.reject(closedError());
  }

  /**
   * Enables or disables what is received.
   * @throws SessionDescriptionHandlerError if closed.
   */
  enableReceiverTracks(enable: boolean): void {
    enableTracks(this.open.getReceivers(), enable);
  }

  /**
   * Enables or disables what is sent: mute. The peer is not told.
   * @throws SessionDescriptionHandlerError if closed.
   */
  enableSenderTracks(enable: boolean): void {
    enableTracks(this.open.getSenders(), enable);
  }

  /**
   * Makes a local offer, or an answer if there is a remote offer.
   * @param options - Options.
   * @param modifiers - Functions applied to the description before it is set.
   * @returns A promise of the SDP with the ICE candidates gathered.
   */
  async getDescription(
    options?: SessionDescriptionHandlerOptions,
    modifiers?: Array<SessionDescriptionHandlerModifier>
  ): Promise<BodyAndContentType> {
    return this.describe("getDescription", options, async () => {
      await this.getLocalMediaStream(options);
      await this.updateDirection(options);
      await this.createDataChannel(options);
      const created = await this.createLocalOfferOrAnswer(options);
      const modified = await this.applyModifiers(created, modifiers);
      await this.setLocalSessionDescription(modified);
      await this.waitForIceGatheringComplete(
        options?.offerOptions?.iceRestart,
        options?.iceGatheringTimeout ??
          this.sessionDescriptionHandlerConfiguration?.iceGatheringTimeout
      );
      const { sdp } = await this.getLocalSessionDescription();
      return { body: sdp, contentType: CONTENT_TYPE };
    });
  }

  /** True for SDP. */
  hasDescription(contentType: string): boolean {
    return !!contentType && impliedDisposition(contentType) === "session";
  }

  /**
   * Ends the wait for ICE candidates: the description goes out with those gathered so far. Called
   * when gathering is complete or the time is up; an application may call it earlier.
   */
  iceGatheringComplete(): void {
    this.gathering?.resolve();
  }

  /**
   * Withdraws the pending local or remote offer.
   * @returns A promise resolved once stable.
   */
  async rollbackDescription(): Promise<void> {
    this.logger.debug("rollbackDescription");
    const { open } = this;
    if (open.signalingState.startsWith("have-remote")) {
      return open.setRemoteDescription({ type: "rollback" });
    }
    if (open.signalingState !== "stable") {
      return open.setLocalDescription({ type: "rollback" });
    }
  }

  /**
   * Sends DTMF as RTP events (RFC 4733).
   * @param tones - Digits 0-9, A-D, # and *; a comma is a pause of two seconds.
   * @param options - Duration of a tone and of the gap after it, in milliseconds.
   * @returns False if that is not possible: closed, no audio sent, not supported by the peer, or no
   * digits.
   */
  sendDtmf(tones: string, options?: { duration: number; interToneGap: number }): boolean {
    try {
      const dtmf = this._peerConnection
        ?.getSenders()
        .find((sender) => sender.track?.kind === "audio" && sender.dtmf)?.dtmf;
      if (!dtmf) {
        throw new Error("no audio");
      }
      dtmf.insertDTMF(tones, options?.duration, options?.interToneGap);
      return true;
    } catch (error) {
      this.logger.error(`sendDtmf failed - ${error}`);
      return false;
    }
  }

  /**
   * Sets a remote offer, or an answer if there is a local offer.
   * @param sdp - The SDP.
   * @param options - Options.
   * @param modifiers - Functions applied to the description before it is set.
   */
  async setDescription(
    sdp: string,
    options?: SessionDescriptionHandlerOptions,
    modifiers?: Array<SessionDescriptionHandlerModifier>
  ): Promise<void> {
    return this.describe("setDescription", options, async ({ signalingState }) => {
      const type = signalingState === "have-local-offer" ? "answer" : "offer";
      await this.getLocalMediaStream(options);
      const modified = await this.applyModifiers({ sdp, type }, modifiers);
      await this.setRemoteSessionDescription(modified);
    });
  }

  /**
   * Applies modifiers one after the other.
   * @returns A promise of the description, rejected if a modifier leaves none.
   */
  protected async applyModifiers(
    sdp: RTCSessionDescriptionInit,
    modifiers?: Array<SessionDescriptionHandlerModifier>
  ): Promise<RTCSessionDescriptionInit> {
    let modified = sdp;
    for (const modifier of modifiers ?? []) {
      modified = await modifier(modified);
      if (!modified?.sdp || !modified.type) {
        throw new SessionDescriptionHandlerError("Invalid SDP.");
      }
    }
    return { sdp: modified.sdp, type: modified.type };
  }

  /** Creates the data channel if wanted, there is none yet and the description is an offer. */
  protected async createDataChannel(options?: SessionDescriptionHandlerOptions): Promise<void> {
    const { open } = this;
    if (options?.dataChannel === true && !this._dataChannel && isOfferer(open)) {
      const { dataChannelLabel = "", dataChannelOptions } = options;
      this._dataChannel = open.createDataChannel(dataChannelLabel, dataChannelOptions);
      this.onDataChannel?.(this._dataChannel);
    }
  }

  /** Creates an offer, or an answer if there is a remote offer. */
  protected async createLocalOfferOrAnswer(
    options?: SessionDescriptionHandlerOptions
  ): Promise<RTCSessionDescriptionInit> {
    const { open } = this;
    return isOfferer(open)
      ? open.createOffer(options?.offerOptions)
      : open.createAnswer(options?.answerOptions);
  }

  /** Asks the media stream factory for local media, if other is wanted than is in use. */
  protected async getLocalMediaStream(options?: SessionDescriptionHandlerOptions): Promise<void> {
    void this.open;
    const constraints = nextConstraints(this.localMediaStreamConstraints, options?.constraints);
    if (constraints === undefined) {
      return;
    }
    const stream = await this.mediaStreamFactory(constraints, this, options);
    try {
      await this.setLocalMediaStream(stream);
      void this.open;
    } catch (error) {
      stopTracks(stream.getTracks());
      throw error;
    }
    this.localMediaStreamConstraints = constraints;
  }

  /**
   * Sends the first audio and the first video track of a stream, in the place of the tracks of the
   * same kind sent before, which are stopped.
   */
  protected async setLocalMediaStream(stream: MediaStream): Promise<void> {
    const { open } = this;
    const tracks = [stream.getAudioTracks()[0], stream.getVideoTracks()[0]];
    await Promise.all(
      tracks.map((track) => track && setLocalTrack(open, this._localMediaStream, track))
    );
  }

  /** The local description with the candidates gathered so far. */
  protected async getLocalSessionDescription(): Promise<RTCSessionDescription> {
    const description = this.open.localDescription;
    if (!description) {
      throw new SessionDescriptionHandlerError("No local description");
    }
    return description;
  }

  /** Sets the local description. */
  protected async setLocalSessionDescription(
    sessionDescription: RTCSessionDescriptionInit
  ): Promise<void> {
    return this.open.setLocalDescription(sessionDescription as RTCLocalSessionDescriptionInit);
  }

  /** Sets the remote description. */
  protected async setRemoteSessionDescription(
    sessionDescription: RTCSessionDescriptionInit
  ): Promise<void> {
    const { open } = this;
    const { sdp } = sessionDescription;
    const type = isStable(open, "have-local-offer") ? "offer" : "answer";
    if (!sdp) {
      throw new SessionDescriptionHandlerError("SDP is undefined");
    }
    return open.setRemoteDescription({ sdp, type });
  }

  /** Receives a track in the place of those of the same kind received before. */
  protected setRemoteTrack(track: MediaStreamTrack): void {
    const stream = this._remoteMediaStream;
    const before = stream.getTracks().filter(({ kind }) => kind === track.kind);
    if (!stream.getTrackById(track.id)) {
      before.forEach((other) => change(stream, "removeTrack", other));
      change(stream, "addTrack", track);
    }
  }

  /** Gives each transceiver the direction it is to have in the offer or answer to come. */
  protected async updateDirection(options?: SessionDescriptionHandlerOptions): Promise<void> {
    const { open } = this;
    const hold = options?.hold === true;
    const offers = isOfferer(open);
    for (const transceiver of open.getTransceivers()) {
      if (transceiver.direction !== "stopped") {
        transceiver.direction = offers
          ? offerDirection(transceiver, hold)
          : answerDirection(transceiver, hold, open.remoteDescription);
      }
    }
  }

  /**
   * Waits for ICE gathering to complete.
   * @param restart - If true, gathering that is complete already does not count.
   * @param timeout - Milliseconds after which to go on with what there is; no limit if zero.
   */
  protected async waitForIceGatheringComplete(restart = false, timeout = 0): Promise<void> {
    const { iceGatheringState, localDescription } = this.open;
    if (
      (iceGatheringState === "complete" && !restart) ||
      // Without media there is nothing to gather for, and gathering never starts.
      (localDescription && !/^m=/m.test(localDescription.sdp))
    ) {
      return;
    }
    this.gathering?.reject(new Error("ICE gathering superseded."));
    const { promise } = (this.gathering = settlement());
    if (timeout > 0) {
      const timer = setTimeout(() => {
        this.logger.debug(`ICE gathering not complete after ${timeout} ms`);
        this.iceGatheringComplete();
      }, timeout);
      const stop = (): void => clearTimeout(timer);
      promise.then(stop, stop);
    }
    return promise;
  }

  /**
   * The peer connection.
   * @throws SessionDescriptionHandlerError if it is closed.
   */
  private get open(): RTCPeerConnection {
    if (!this._peerConnection) {
      throw closedError();
    }
    return this._peerConnection;
  }

  /** Does something about a description, of which and of whose failure the log tells. */
  private async describe<T>(
    name: string,
    options: SessionDescriptionHandlerOptions | undefined,
    work: (peerConnection: RTCPeerConnection) => Promise<T>
  ): Promise<T> {
    this.logger.debug(name);
    try {
      const { open } = this;
      this.onDataChannel = options?.onDataChannel ?? this.onDataChannel;
      return await work(open);
    } catch (error) {
      this.logger.error(`${name} failed - ${error}`);
      throw error;
    }
  }

  private handleEvents(peerConnection: RTCPeerConnection): void {
    delegateEvents(peerConnection, () => this._peerConnectionDelegate, {
      ondatachannel: (event) => {
        this._dataChannel = event.channel;
        this.onDataChannel?.(event.channel);
      },
      onicegatheringstatechange: () => {
        if (peerConnection.iceGatheringState === "complete") {
          this.iceGatheringComplete();
        }
      },
      ontrack: (event) => this.setRemoteTrack((event as RTCTrackEvent).track)
    });
  }
}

function closedError(): SessionDescriptionHandlerError {
  return new SessionDescriptionHandlerError("Peer connection closed.");
}

/**
 * True if the next local description is an offer, false if it is an answer.
 * @throws SessionDescriptionHandlerError if there can be neither.
 */
function isOfferer(peerConnection: RTCPeerConnection): boolean {
  return isStable(peerConnection, "have-remote-offer");
}

/**
 * False in another state.
 * @throws SessionDescriptionHandlerError in a third one.
 */
function isStable({ signalingState }: RTCPeerConnection, other: RTCSignalingState): boolean {
  const stable = signalingState === "stable";
  if (!stable && signalingState !== other) {
    throw new SessionDescriptionHandlerError(`Invalid signaling state ${signalingState}`);
  }
  return stable;
}
