import type { SessionDescriptionHandlerOptions } from "./session-description-handler-options.js";
import type { SessionDescriptionHandler } from "./session-description-handler.js";

/**
 * Provides the local media of a session. The tracks of the stream then belong to the handler, which
 * stops them when they are replaced and when it is closed.
 */
export type MediaStreamFactory = (
  constraints: MediaStreamConstraints,
  sessionDescriptionHandler: SessionDescriptionHandler,
  options?: SessionDescriptionHandlerOptions
) => Promise<MediaStream>;
