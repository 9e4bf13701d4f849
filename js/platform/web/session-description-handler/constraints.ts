/**
 * What to ask of the media stream factory, given what is in use and what is wanted now; undefined if
 * what is in use will do. Audio and video that are in use are kept even if not wanted now.
 */
export function nextConstraints(
  current: MediaStreamConstraints | undefined,
  wanted: MediaStreamConstraints | undefined
): MediaStreamConstraints | undefined {
  const empty = !wanted || Object.keys(wanted).length === 0;
  if (!current) {
    return empty ? { audio: true } : wanted;
  }
  if (empty) {
    return undefined;
  }
  const audio = wanted.audio || current.audio;
  const video = wanted.video || current.video;
  const next = { ...wanted, audio, video };
  return tracksOf(next) === tracksOf(current) ? undefined : next;
}

/** What two constraints have alike that ask for the same tracks. */
function tracksOf({ audio, video }: MediaStreamConstraints): string {
  return JSON.stringify([audio || false, video || false]);
}
