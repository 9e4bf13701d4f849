/** Adds a track to a stream and tells the stream's listeners, as the browser does not. */
export function addTrack(stream: MediaStream, track: MediaStreamTrack): void {
  stream.addTrack(track);
  stream.dispatchEvent(new MediaStreamTrackEvent("addtrack", { track }));
}

/** Removes a track from a stream and tells the stream's listeners, as the browser does not. */
export function removeTrack(stream: MediaStream, track: MediaStreamTrack): void {
  stream.removeTrack(track);
  stream.dispatchEvent(new MediaStreamTrackEvent("removetrack", { track }));
}

/** Enables or disables the tracks that senders send or receivers receive. */
export function enableTracks(
  ends: ReadonlyArray<{ track: MediaStreamTrack | null }>,
  enable: boolean
): void {
  for (const { track } of ends) {
    if (track) {
      track.enabled = enable;
    }
  }
}

/** Stops each track once. */
export function stopTracks(tracks: ReadonlyArray<MediaStreamTrack | null>): void {
  for (const track of new Set(tracks)) {
    track?.stop();
  }
}

/**
 * Sends a track in the place of the one of its kind sent before, which is stopped. The local stream
 * follows.
 */
export async function setLocalTrack(
  peerConnection: RTCPeerConnection,
  stream: MediaStream,
  track: MediaStreamTrack
): Promise<void> {
  const sender = peerConnection.getSenders().find((other) => other.track?.kind === track.kind);
  const old = sender?.track;
  if (old === track) {
    return;
  }
  if (sender) {
    await sender.replaceTrack(track);
  } else {
    peerConnection.addTrack(track, stream);
  }
  if (old) {
    old.stop();
    removeTrack(stream, old);
  }
  addTrack(stream, track);
}
