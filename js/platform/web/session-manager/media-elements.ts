import { SessionDescriptionHandler } from "../session-description-handler/session-description-handler.js";
import type { Session } from "../../../api/session.js";
import type { ManagedSession } from "./managed-session.js";
import type { SessionManagerMedia } from "./session-manager-options.js";

/**
 * The web's session description handler of a session, undefined if it has none.
 * @param demand - Whether it must have one.
 * @throws Error if it is another one, or none.
 */
export function handlerOf(session: Session, demand: true): SessionDescriptionHandler;
export function handlerOf(session: Session): SessionDescriptionHandler | undefined;
export function handlerOf(session: Session, demand?: true): SessionDescriptionHandler | undefined {
  const handler = session.sessionDescriptionHandler;
  if ((handler || demand) && !(handler instanceof SessionDescriptionHandler)) {
    throw new Error(
      demand
        ? "Session's session description handler not instance of SessionDescriptionHandler."
        : "Session description handler not instance of web SessionDescriptionHandler"
    );
  }
  return handler;
}

/** Gives media elements their streams. `settle` is given what `play()` promises. */
export function attachMedia(
  managed: ManagedSession,
  { local, remote }: SessionManagerMedia,
  settle: (played: Promise<void>) => void
): void {
  const { session } = managed;
  managed.mediaLocal = typeof local === "function" ? local(session) : local;
  const video = managed.mediaLocal?.video;
  if (video) {
    video.srcObject = handlerOf(session)!.localMediaStream;
    video.volume = 0;
    settle(video.play());
  }
  managed.mediaRemote = typeof remote === "function" ? remote(session) : remote;
  const element = managed.mediaRemote?.video ?? managed.mediaRemote?.audio;
  if (element) {
    const stream = handlerOf(session)!.remoteMediaStream;
    // Safari plays nothing that is added later otherwise.
    element.autoplay = true;
    element.srcObject = stream;
    settle(element.play());
    stream.onaddtrack = () => {
      element.load();
      settle(element.play());
    };
  }
}

/** Takes the streams away from media elements. */
export function detachMedia({ mediaLocal, mediaRemote }: ManagedSession): void {
  for (const element of [mediaLocal?.video, mediaRemote?.audio, mediaRemote?.video]) {
    if (element) {
      element.srcObject = null;
      element.pause();
    }
  }
}
