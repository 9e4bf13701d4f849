import type { SessionDescriptionHandlerConfiguration } from "./session-description-handler-configuration.js";

/**
 * Options of a {@link SessionDescriptionHandlerFactory}: `sessionDescriptionHandlerFactoryOptions`
 * of the `UserAgent`.
 */
export type SessionDescriptionHandlerFactoryOptions = SessionDescriptionHandlerConfiguration;
