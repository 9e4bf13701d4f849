// Counts what a page holds of the browser's media, by watching what is made. Loaded before the phone.

const connections: RTCPeerConnection[] = [];
const tracks: MediaStreamTrack[] = [];

/** What of the browser's media is still held. */
export interface Leftovers {
  /** Tracks, local and remote, whose `readyState` is "live". */
  liveTracks: string[];
  /** How many peer connections are not closed. */
  openPeerConnections: number;
  /** How many tracks there ever were. */
  tracksMade: number;
  /** How many peer connections there ever were. */
  peerConnectionsMade: number;
}

/** Lists what is held now. */
export function leftovers(): Leftovers {
  const live = tracks.filter((track) => track.readyState === "live");
  const open = connections.filter((connection) => connection.signalingState !== "closed");
  return {
    liveTracks: live.map((track) => `${track.kind} ${track.label}`),
    openPeerConnections: open.length,
    tracksMade: tracks.length,
    peerConnectionsMade: connections.length
  };
}

function watchPeerConnections(): void {
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
      this.addEventListener("track", (event) => tracks.push(event.track));
    }
  };
}

function watchUserMedia(): void {
  const devices = navigator.mediaDevices;
  const original = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
}

// A clone is a track of its own, and stays live when its original is stopped.
function watchClones(): void {
  const original = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack): MediaStreamTrack {
    const clone = original.call(this);
    tracks.push(clone);
    return clone;
  };
}

watchPeerConnections();
watchUserMedia();
watchClones();
