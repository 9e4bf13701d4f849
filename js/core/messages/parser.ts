import { engine } from "../../engine/engine.js";
import type { Logger } from "../log/logger.js";
import { addField, fullName } from "./incoming-message.js";
import { IncomingRequestMessage } from "./incoming-request-message.js";
import { IncomingResponseMessage } from "./incoming-response-message.js";

/** Header fields that are read as soon as there are. */
const read =
  /^(Via|From|To|Record-Route|Contact|Call-ID|CSeq|Max-Forwards|Content-(Length|Type)|Refer-To|(WWW|Proxy)-Authenticate)$/;

/** Reads SIP messages. */
export namespace Parser {
  /**
   * Where a header field ends.
   * @param data - The text of a message.
   * @param headerStart - Where the header field begins.
   * @returns The index of its line end, -1 if it has none, -2 if the empty line begins here.
   */
  // As in SIP.js.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export function getHeader(data: any, headerStart: number): number {
    const text = String(data).slice(headerStart);
    const end = text.search(/\r\n(?![ \t])/);
    return end === 0 ? -2 : end < 0 ? -1 : headerStart + end;
  }

  /**
   * Reads a header field into a message.
   * @param message - The message.
   * @param data - The text of a message.
   * @param headerStart - Where the header field begins.
   * @param headerEnd - Where it ends.
   * @returns True, or what is wrong with it: then the message has not got it.
   */
  export function parseHeader(
    message: IncomingRequestMessage | IncomingResponseMessage,
    // As in SIP.js.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    data: any,
    headerStart: number,
    headerEnd: number
  ): boolean | { error: string } {
    const [given, ...rest] = String(data).slice(headerStart, headerEnd).split(":");
    const name = fullName(given.trim());
    const fields = (message.headers[name] ??= []);
    const first = fields.length;
    addField(fields, name, rest.join(":").trim());
    const unread = (_field: unknown, i: number): boolean =>
      i >= first && message.parseHeader(name, i) === undefined;
    if (rest.length === 0 || (read.test(name) && fields.some(unread))) {
      fields.splice(first);
      return { error: `error parsing header '${given.trim()}'` };
    }
    if (first === 0) {
      note(message, name);
    }
    return true;
  }

  /**
   * Reads a SIP message. What is not legal but can be read is read without a word: a user agent that
   * receives it warns of it.
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
      logger.warn(`Discarded: ${index}`);
      return undefined;
    }
    return (index.status === 0 ? new IncomingRequestMessage() : new IncomingResponseMessage())._of(
      index
    );
  }
}

/** Shows in the members of a message what a header field says. */
function note(message: IncomingRequestMessage | IncomingResponseMessage, name: string): void {
  const parsed = message.parseHeader(name);
  switch (name) {
    case "Via":
      message.viaBranch = parsed.branch;
      break;
    case "From":
      message.fromTag = parsed.getParam("tag");
      break;
    case "To":
      message.toTag = parsed.getParam("tag");
      break;
    case "Call-ID":
      message.callId = parsed;
      break;
    case "CSeq":
      message.cseq = parsed.value;
      message.method ??= parsed.method;
  }
}
