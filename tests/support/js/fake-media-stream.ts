let lastId = 0;

/** A track: live until stopped. */
export class FakeTrack extends EventTarget {
  readonly id = `track-${++lastId}`;
  enabled = true;
  readyState: MediaStreamTrackState = "live";

  constructor(readonly kind: "audio" | "video") {
    super();
  }

  stop(): void {
    this.readyState = "ended";
  }
}

/** A stream of tracks. As in a browser, changing it by script fires no event. */
export class FakeMediaStream extends EventTarget {
  readonly id = `stream-${++lastId}`;
  private tracks: FakeTrack[];

  constructor(tracks: FakeTrack[] | FakeMediaStream = []) {
    super();
    this.tracks = Array.isArray(tracks) ? [...tracks] : tracks.getTracks();
  }

  getTracks(): FakeTrack[] {
    return [...this.tracks];
  }

  getAudioTracks(): FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === "audio");
  }

  getVideoTracks(): FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === "video");
  }

  getTrackById(id: string): FakeTrack | null {
    return this.tracks.find((track) => track.id === id) ?? null;
  }

  addTrack(track: FakeTrack): void {
    if (!this.tracks.includes(track)) {
      this.tracks.push(track);
    }
  }

  removeTrack(track: FakeTrack): void {
    this.tracks = this.tracks.filter((other) => other !== track);
  }
}

/** The event of a stream whose tracks have changed. */
export class FakeTrackEvent extends Event {
  readonly track: FakeTrack;

  constructor(type: string, init: { track: FakeTrack }) {
    super(type);
    this.track = init.track;
  }
}
