/** Adds a track to a stream or removes it, and tells the stream's listeners, as the browser does not. */
export function change(
  stream: MediaStream,
  how: "addTrack" | "removeTrack",
  track: MediaStreamTrack
): void {
  stream[how](track);
  stream.dispatchEvent(new MediaStreamTrackEvent(how.toLowerCase(), { track }));
}

/** Enables or disables the tracks that senders send or receivers receive. */
export function enableTracks(
  ends: ReadonlyArray<{ track: MediaStreamTrack | null }>,
  enabled: boolean
): void {
  for (const { track } of ends) {
    if (track) {
      track.enabled = enabled;
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
  if (old) {
    await sender.replaceTrack(track);
    old.stop();
    change(stream, "removeTrack", old);
  } else {
    peerConnection.addTrack(track, stream);
  }
  change(stream, "addTrack", track);
}
