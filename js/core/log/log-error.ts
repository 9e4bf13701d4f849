import type { Logger } from "./logger.js";

/**
 * What to do with an error that is no concern of the caller's: it is logged.
 * @param logger - Where.
 */
export const logError =
  (logger: Logger) =>
  (error: Error): void =>
    logger.error(error.message);
