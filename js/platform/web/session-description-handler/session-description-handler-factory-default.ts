import type { Session } from "../../../api/session.js";
import { defaultMediaStreamFactory } from "./media-stream-factory-default.js";
import type { MediaStreamFactory } from "./media-stream-factory.js";
import { defaultPeerConnectionConfiguration } from "./peer-connection-configuration-default.js";
import type { SessionDescriptionHandlerFactoryOptions } from "./session-description-handler-factory-options.js";
import type { SessionDescriptionHandlerFactory } from "./session-description-handler-factory.js";
import { SessionDescriptionHandler } from "./session-description-handler.js";

/** How long to wait for ICE gathering unless the application says otherwise, in milliseconds. */
const ICE_GATHERING_TIMEOUT = 5000;

/**
 * Makes a factory of {@link SessionDescriptionHandler}s.
 *
 * @remarks
 * Options of the peer connection that are not given are those of
 * {@link defaultPeerConnectionConfiguration}; the limit of ICE gathering is 5000 ms unless given.
 * @param mediaStreamFactory - Provides the local media. Microphone and camera by default.
 */
export function defaultSessionDescriptionHandlerFactory(
  mediaStreamFactory?: (
    constraints: MediaStreamConstraints,
    sessionDescriptionHandler: SessionDescriptionHandler
  ) => Promise<MediaStream>
): SessionDescriptionHandlerFactory {
  const factory: MediaStreamFactory = mediaStreamFactory ?? defaultMediaStreamFactory();
  return (session: Session, options?: SessionDescriptionHandlerFactoryOptions) =>
    new SessionDescriptionHandler(
      session.userAgent.getLogger("sip.SessionDescriptionHandler"),
      factory,
      {
        iceGatheringTimeout: options?.iceGatheringTimeout ?? ICE_GATHERING_TIMEOUT,
        peerConnectionConfiguration: {
          ...defaultPeerConnectionConfiguration(),
          ...options?.peerConnectionConfiguration
        }
      }
    );
}
