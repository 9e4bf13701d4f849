import { engine } from "../../engine/engine.js";
import type { Logger } from "../log/logger.js";
import { IncomingRequestMessage } from "./incoming-request-message.js";
import { IncomingResponseMessage } from "./incoming-response-message.js";

/** Reads SIP messages. */
export namespace Parser {
  /**
   * Reads a SIP message.
   * @param data - Its text.
   * @param logger - Told why, if it is none.
   * @returns Undefined if it is malformed.
   */
  export function parseMessage(
    data: string,
    logger: Logger
  ): IncomingRequestMessage | IncomingResponseMessage | undefined {
    const index = engine().parseMessage(data);
    if (typeof index === "string") {
      logger.warn(`Not a SIP message, discarded: ${index}`);
      return undefined;
    }
    return index.status === 0
      ? new IncomingRequestMessage(index)
      : new IncomingResponseMessage(index);
  }
}
