import type { SessionDescriptionHandlerFactory as SessionDescriptionHandlerFactoryDefinition } from "../../../api/session-description-handler-factory.js";
import type { Session } from "../../../api/session.js";
import type { SessionDescriptionHandlerFactoryOptions } from "./session-description-handler-factory-options.js";
import type { SessionDescriptionHandler } from "./session-description-handler.js";

/** Makes the {@link SessionDescriptionHandler} of a session. */
export interface SessionDescriptionHandlerFactory extends SessionDescriptionHandlerFactoryDefinition {
  /**
   * @param session - The session it is for.
   * @param options - `sessionDescriptionHandlerFactoryOptions` of the `UserAgent`.
   */
  (session: Session, options?: SessionDescriptionHandlerFactoryOptions): SessionDescriptionHandler;
}
