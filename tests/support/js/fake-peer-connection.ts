import { FakeTrack } from "./fake-media-stream.js";
import type { FakeSection } from "./fake-sdp.js";
import { readSections, reverse, writeSdp } from "./fake-sdp.js";

type Kind = "audio" | "video";
type Direction = RTCRtpTransceiverDirection;

/** Records what it is told to send. */
export class FakeDtmfSender {
  readonly inserted: Array<[tones: string, duration?: number, interToneGap?: number]> = [];

  constructor(private readonly transceiver: FakeTransceiver) {}

  insertDTMF(tones: string, duration?: number, interToneGap?: number): void {
    if (!["sendrecv", "sendonly"].includes(this.transceiver.currentDirection ?? "")) {
      throw new DOMException("Nothing is sent.", "InvalidStateError");
    }
    if (/[^0-9A-D#*,]/i.test(tones)) {
      throw new DOMException("No such tone.", "InvalidCharacterError");
    }
    this.inserted.push([tones, duration, interToneGap]);
  }
}

export class FakeTransceiver {
  mid: string | null = null;
  currentDirection: Direction | null = null;
  readonly receiver: { readonly track: FakeTrack };
  readonly sender: {
    track: FakeTrack | null;
    readonly dtmf: FakeDtmfSender | null;
    replaceTrack(track: FakeTrack | null): Promise<void>;
  };

  constructor(
    readonly kind: Kind,
    public direction: Direction,
    /** Whether `addTrack()` made it, so that a remote offer may use it (RFC 8829 section 5.10). */
    readonly byAddTrack: boolean
  ) {
    this.receiver = { track: new FakeTrack(kind) };
    this.sender = {
      track: null,
      dtmf: kind === "audio" ? new FakeDtmfSender(this) : null,
      async replaceTrack(track) {
        this.track = track;
      }
    };
  }
}

interface DataChannel {
  readonly label: string;
  readonly ordered: boolean;
  readyState: string;
  close(): void;
}

/** The part of a peer connection that can be rolled back. */
interface Stable {
  local: RTCSessionDescriptionInit | null;
  remote: RTCSessionDescriptionInit | null;
  transceivers: FakeTransceiver[];
}

/** What a handler of SDP sees of WebRTC. See {@link FakeMedia}. */
export class FakePeerConnection extends EventTarget {
  signalingState: RTCSignalingState = "stable";
  iceGatheringState: RTCIceGatheringState = "new";
  iceConnectionState: RTCIceConnectionState = "new";
  connectionState: RTCPeerConnectionState = "new";
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  /** Every call that changes something, with its main argument. */
  readonly calls: string[] = [];
  /** The event handler properties, such as `onicecandidate`. */
  [handler: `on${string}`]: ((event: Event) => void) | undefined;

  private transceivers: FakeTransceiver[] = [];
  private dataChannels: DataChannel[] = [];
  private stable: Stable = { local: null, remote: null, transceivers: [] };
  private gathered = false;
  private version = 0;

  constructor(
    readonly configuration: RTCConfiguration | undefined,
    private readonly gather: "auto" | "manual"
  ) {
    super();
  }

  getTransceivers(): FakeTransceiver[] {
    return [...this.transceivers];
  }

  getSenders(): Array<FakeTransceiver["sender"]> {
    return this.transceivers.map(({ sender }) => sender);
  }

  getReceivers(): Array<FakeTransceiver["receiver"]> {
    return this.transceivers.map(({ receiver }) => receiver);
  }

  addTrack(track: FakeTrack): FakeTransceiver["sender"] {
    this.demandOpen();
    const free = this.transceivers.find(
      ({ kind, sender }) => kind === track.kind && sender.track === null
    );
    const transceiver = free ?? this.addTransceiver(track.kind, "sendrecv", true);
    transceiver.sender.track = track;
    if (free) {
      free.direction = free.direction === "recvonly" ? "sendrecv" : "sendonly";
    }
    return transceiver.sender;
  }

  createDataChannel(label: string, options: RTCDataChannelInit = {}): DataChannel {
    this.demandOpen();
    const channel: DataChannel = {
      label,
      ordered: options.ordered ?? true,
      readyState: "connecting",
      close() {
        this.readyState = "closed";
      }
    };
    this.dataChannels.push(channel);
    return channel;
  }

  async createOffer(options: RTCOfferOptions = {}): Promise<RTCSessionDescriptionInit> {
    this.demandOpen();
    this.calls.push(`createOffer${options.iceRestart ? "(iceRestart)" : ""}`);
    this.transceivers.forEach((transceiver, index) => (transceiver.mid ??= String(index)));
    const sections: FakeSection[] = this.transceivers.map(({ kind, mid, direction }) => ({
      media: kind,
      mid: mid ?? "",
      direction
    }));
    if (this.dataChannels.length > 0) {
      sections.push({ media: "application", mid: "data", direction: "sendrecv" });
    }
    return { type: "offer", sdp: this.write(sections) };
  }

  async createAnswer(options?: RTCAnswerOptions): Promise<RTCSessionDescriptionInit> {
    this.demandOpen();
    this.demandState("have-remote-offer");
    this.calls.push(`createAnswer${options ? `(${Object.keys(options).join()})` : ""}`);
    const offered = readSections(this.remoteDescription?.sdp ?? "");
    const sections = offered.map((section) => ({ ...section, direction: this.answer(section) }));
    return { type: "answer", sdp: this.write(sections) };
  }

  async setLocalDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.demandOpen();
    this.calls.push(`setLocalDescription(${description.type})`);
    if (description.type === "rollback") {
      return this.rollback("have-local-offer");
    }
    const offer = description.type === "offer";
    this.demandState(...(offer ? ["stable", "have-local-offer"] : ["have-remote-offer"]));
    const sections = readSections(description.sdp ?? "");
    this.localDescription = { ...description };
    if (this.gathered) {
      this.writeCandidate();
    }
    this.enter(offer ? "have-local-offer" : "stable");
    if (!offer) {
      this.negotiated(sections, (section) => section.direction);
    }
    if (sections.length > 0 && !this.gathered) {
      this.startGathering();
    }
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.demandOpen();
    this.calls.push(`setRemoteDescription(${description.type})`);
    if (description.type === "rollback") {
      return this.rollback("have-remote-offer");
    }
    const offer = description.type === "offer";
    this.demandState(...(offer ? ["stable", "have-remote-offer"] : ["have-local-offer"]));
    const sections = readSections(description.sdp ?? "");
    this.remoteDescription = { ...description };
    this.enter(offer ? "have-remote-offer" : "stable");
    for (const section of sections) {
      this.receive(section);
    }
    if (!offer) {
      this.negotiated(sections, (section) => reverse(section.direction));
    }
  }

  /** Ends ICE gathering: the local description now has a candidate. */
  completeGathering(): void {
    if (this.signalingState === "closed" || this.iceGatheringState !== "gathering") {
      return;
    }
    this.gathered = true;
    this.writeCandidate();
    this.iceGatheringState = "complete";
    this.fire(new Event("icegatheringstatechange"));
    this.fire(new Event("icecandidate"), { candidate: null });
  }

  /** The connection changes its state, as when ICE connects or fails. */
  becomes(connectionState: RTCPeerConnectionState): void {
    this.connectionState = connectionState;
    this.fire(new Event("connectionstatechange"));
  }

  /** The peer opens a data channel. */
  receiveDataChannel(label: string): void {
    const channel = { label, ordered: true, readyState: "open", close: () => undefined };
    this.fire(new Event("datachannel"), { channel });
  }

  close(): void {
    this.calls.push("close");
    this.signalingState = "closed";
    this.connectionState = "closed";
  }

  private addTransceiver(kind: Kind, direction: Direction, byAddTrack: boolean): FakeTransceiver {
    const transceiver = new FakeTransceiver(kind, direction, byAddTrack);
    this.transceivers.push(transceiver);
    return transceiver;
  }

  /** The transceiver of a section, made or taken into use if there is none yet. */
  private transceiverOf({ media, mid }: FakeSection): FakeTransceiver | undefined {
    if (media === "application") {
      return undefined;
    }
    const transceiver =
      this.transceivers.find((candidate) => candidate.mid === mid) ??
      this.transceivers.find(
        (candidate) => candidate.mid === null && candidate.kind === media && candidate.byAddTrack
      ) ??
      this.addTransceiver(media, "recvonly", false);
    transceiver.mid = mid;
    return transceiver;
  }

  private receive(section: FakeSection): void {
    const transceiver = this.transceiverOf(section);
    const wasReceiving = ["sendrecv", "recvonly"].includes(transceiver?.currentDirection ?? "");
    if (transceiver && !wasReceiving && ["sendrecv", "sendonly"].includes(section.direction)) {
      this.fire(new Event("track"), { track: transceiver.receiver.track, transceiver });
    }
  }

  private answer(section: FakeSection): Direction {
    const transceiver = this.transceiverOf(section);
    if (!transceiver) {
      return section.direction;
    }
    const offered = reverse(section.direction);
    const sends = [offered, transceiver.direction].every((one) => /^send(recv|only)$/.test(one));
    const receives = [offered, transceiver.direction].every((one) => /recv/.test(one));
    return sends ? (receives ? "sendrecv" : "sendonly") : receives ? "recvonly" : "inactive";
  }

  private negotiated(
    sections: FakeSection[],
    direction: (section: FakeSection) => Direction
  ): void {
    for (const section of sections) {
      const transceiver = this.transceiverOf(section);
      if (transceiver) {
        transceiver.currentDirection = direction(section);
      }
    }
    this.stable = {
      local: this.localDescription,
      remote: this.remoteDescription,
      transceivers: this.getTransceivers()
    };
  }

  private rollback(expected: RTCSignalingState): void {
    this.demandState(expected);
    this.localDescription = this.stable.local;
    this.remoteDescription = this.stable.remote;
    const kept = (transceiver: FakeTransceiver): boolean =>
      this.stable.transceivers.includes(transceiver);
    this.transceivers = this.transceivers.filter((one) => one.byAddTrack || kept(one));
    this.transceivers.filter((one) => !kept(one)).forEach((one) => (one.mid = null));
    this.enter("stable");
  }

  private startGathering(): void {
    this.iceGatheringState = "gathering";
    queueMicrotask(() => {
      this.fire(new Event("icegatheringstatechange"));
      if (this.gather === "auto") {
        this.completeGathering();
      }
    });
  }

  private write(sections: FakeSection[]): string {
    return writeSdp(++this.version, sections);
  }

  private writeCandidate(): void {
    const sdp = this.localDescription?.sdp;
    if (this.localDescription && sdp && !sdp.includes("a=candidate:")) {
      const candidate = "a=candidate:1 1 udp 2113937151 127.0.0.1 40000 typ host\r\n";
      this.localDescription.sdp = sdp.replace(/^a=mid:/gm, `${candidate}a=mid:`);
    }
  }

  private enter(state: RTCSignalingState): void {
    if (this.signalingState !== state) {
      this.signalingState = state;
      queueMicrotask(() => this.fire(new Event("signalingstatechange")));
    }
  }

  private fire(event: Event, properties: object = {}): void {
    if (this.signalingState !== "closed") {
      Object.assign(event, properties);
      this[`on${event.type}`]?.(event);
      this.dispatchEvent(event);
    }
  }

  private demandOpen(): void {
    if (this.signalingState === "closed") {
      throw new DOMException("The peer connection is closed.", "InvalidStateError");
    }
  }

  private demandState(...states: string[]): void {
    if (!states.includes(this.signalingState)) {
      throw new DOMException(`Called in wrong state: ${this.signalingState}`, "InvalidStateError");
    }
  }
}
