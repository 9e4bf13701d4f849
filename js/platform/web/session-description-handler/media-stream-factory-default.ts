import { SessionDescriptionHandlerError } from "../../../api/exceptions/session-description-handler.js";
import type { MediaStreamFactory } from "./media-stream-factory.js";

/**
 * Makes a factory that asks for microphone and camera by `getUserMedia()`, or makes a stream without
 * tracks if neither is wanted.
 *
 * @remarks
 * The promise of the factory is rejected with the `DOMException` of `getUserMedia()` if the user
 * refuses ("NotAllowedError") or if there is no device ("NotFoundError"), and with a
 * {@link SessionDescriptionHandlerError} where the browser has no media devices to offer.
 */
export function defaultMediaStreamFactory(): MediaStreamFactory {
  return (constraints) => {
    if (!constraints.audio && !constraints.video) {
      return Promise.resolve(new MediaStream());
    }
    const mediaDevices = (globalThis.navigator as Navigator | undefined)?.mediaDevices;
    if (!mediaDevices) {
      return Promise.reject(
        new SessionDescriptionHandlerError(
          "Media devices not available in insecure contexts: use https or localhost."
        )
      );
    }
    return mediaDevices.getUserMedia(constraints);
  };
}
