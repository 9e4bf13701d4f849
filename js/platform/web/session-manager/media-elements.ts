import { SessionDescriptionHandler } from "../session-description-handler/session-description-handler.js";
import type { Session } from "../../../api/session.js";
import type { ManagedSession } from "./managed-session.js";
import type { SessionManagerMedia } from "./session-manager-options.js";

/**
 * The web's session description handler of a session, undefined if it has none.
 * @throws Error if it is another one.
 */
export function handlerOf(session: Session): SessionDescriptionHandler | undefined {
  const handler = session.sessionDescriptionHandler;
  if (handler && !(handler instanceof SessionDescriptionHandler)) {
    throw new Error("Session description handler not instance of web SessionDescriptionHandler");
  }
  return handler;
}

/** Gives media elements their streams. `onError` is told if one does not play. */
export function attachMedia(
  managed: ManagedSession,
  { local, remote }: SessionManagerMedia,
  onError: (error: Error) => void
): void {
  const { session } = managed;
  managed.mediaLocal = typeof local === "function" ? local(session) : local;
  const video = managed.mediaLocal?.video;
  if (video) {
    video.srcObject = handlerOf(session)!.localMediaStream;
    video.volume = 0;
    video.play().catch(onError);
  }
  managed.mediaRemote = typeof remote === "function" ? remote(session) : remote;
  const element = managed.mediaRemote?.video ?? managed.mediaRemote?.audio;
  if (element) {
    const stream = handlerOf(session)!.remoteMediaStream;
    // Safari plays nothing that is added later otherwise.
    element.autoplay = true;
    element.srcObject = stream;
    element.play().catch(onError);
    stream.onaddtrack = () => {
      element.load();
      element.play().catch(onError);
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
