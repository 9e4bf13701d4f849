import { FakeMediaStream, FakeTrack, FakeTrackEvent } from "./fake-media-stream.js";
import { FakePeerConnection } from "./fake-peer-connection.js";

export { FakeMediaStream, FakeTrack } from "./fake-media-stream.js";
export { FakeDtmfSender, FakePeerConnection, FakeTransceiver } from "./fake-peer-connection.js";

/**
 * The media of a browser for tests. Put `media.globals` in the place of the globals of the same
 * names, for example with `vi.stubGlobal`; afterwards `liveTracks` and `openPeerConnections` tell
 * what has been left behind.
 *
 * Peer connections speak a real, if small, SDP and follow the rules of JSEP (RFC 8829) for states,
 * transceivers and directions, but connect to nothing. By default they gather their one ICE candidate
 * at once; with `gather: "manual"` the test calls `completeGathering()`.
 */
export class FakeMedia {
  /** Every peer connection constructed, oldest first. */
  readonly peerConnections: FakePeerConnection[] = [];
  /** Every local track that `getUserMedia()` has granted, oldest first. */
  readonly grantedTracks: FakeTrack[] = [];
  /** The constraints of every call of `getUserMedia()`. */
  readonly requests: MediaStreamConstraints[] = [];
  /** Awaited before media is granted: reject it to refuse, leave it pending to let the user think. */
  permission: Promise<void> = Promise.resolve();

  constructor(readonly options: { gather?: "auto" | "manual" } = {}) {}

  /** What belongs in the place of the globals. */
  get globals(): Record<string, unknown> {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const media = this;
    return {
      MediaStream: FakeMediaStream,
      MediaStreamTrackEvent: FakeTrackEvent,
      RTCPeerConnection: class extends FakePeerConnection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration, media.options.gather ?? "auto");
          media.peerConnections.push(this);
        }
      },
      navigator: {
        mediaDevices: {
          getUserMedia: (constraints: MediaStreamConstraints) => this.getUserMedia(constraints)
        }
      }
    };
  }

  /** Refuses media from now on as a browser does when the user says no. */
  refuse(): void {
    this.permission = Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
    this.permission.catch(() => undefined);
  }

  /** The peer connection constructed last. */
  get latest(): FakePeerConnection {
    const peerConnection = this.peerConnections.at(-1);
    if (!peerConnection) {
      throw new Error("No peer connection has been constructed.");
    }
    return peerConnection;
  }

  /** Microphones and cameras that are still on. */
  get liveTracks(): FakeTrack[] {
    return this.grantedTracks.filter((track) => track.readyState === "live");
  }

  /** Peer connections that have not been closed. */
  get openPeerConnections(): FakePeerConnection[] {
    return this.peerConnections.filter(({ signalingState }) => signalingState !== "closed");
  }

  private async getUserMedia(constraints: MediaStreamConstraints): Promise<FakeMediaStream> {
    this.requests.push(constraints);
    await this.permission;
    const kinds = (["audio", "video"] as const).filter((kind) => constraints[kind]);
    if (kinds.length === 0) {
      throw new TypeError("At least one of audio and video must be requested");
    }
    const tracks = kinds.map((kind) => new FakeTrack(kind));
    this.grantedTracks.push(...tracks);
    return new FakeMediaStream(tracks);
  }
}
