import type { Logger } from "../core/log/logger.js";

/**
 * A number of seconds that was given, 3600 if it is none.
 * @param expires - The number.
 * @param logger - Told if it is none.
 */
export function validExpires(expires: number | undefined, logger: Logger): number {
  if (expires === undefined || (Number.isInteger(expires) && expires >= 0)) {
    return expires ?? 3600;
  }
  logger.warn("Invalid expires.");
  return 3600;
}
