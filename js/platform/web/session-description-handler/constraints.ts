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
  if (same(audio, current.audio) && same(video, current.video)) {
    return undefined;
  }
  return { ...wanted, audio, video };
}

type Constraint = boolean | MediaTrackConstraints | undefined;

function same(a: Constraint, b: Constraint): boolean {
  return JSON.stringify(a || false) === JSON.stringify(b || false);
}
