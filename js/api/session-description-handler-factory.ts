import type { Session } from "./session.js";
import type { SessionDescriptionHandler } from "./session-description-handler.js";

/** Makes the {@link SessionDescriptionHandler} of a session. */
export interface SessionDescriptionHandlerFactory {
  /**
   * @param session - The session it is for.
   * @param options - `sessionDescriptionHandlerFactoryOptions` of the `UserAgent`.
   */
  (session: Session, options?: object): SessionDescriptionHandler;
}
