import { IncomingMessage } from "./incoming-message.js";
import type { IncomingRequestMessage } from "./incoming-request-message.js";
import type { IncomingResponseMessage } from "./incoming-response-message.js";
import { OutgoingRequestMessage } from "./outgoing-request-message.js";
import { impliedDisposition } from "./utils.js";

/** The type of nearly all of them. */
const sdp = "application/sdp";

/** The body of a message (RFC 3261 section 7.4). */
export interface Body {
  /**
   * What the body is for (RFC 3261 section 20.11): "session" for a session description, "render" for
   * something to be shown.
   */
  contentDisposition: string;

  /** Its media type (RFC 3261 section 20.15). */
  contentType: string;

  /** The body itself. */
  content: string;
}

/**
 * A body whose disposition follows from its type: "session" for application/sdp and "render" for
 * every other one (RFC 3261 section 20.11).
 * @param bodyLegacy - The content, of type application/sdp, or the content and its type.
 */
export function fromBodyLegacy(bodyLegacy: string | { body: string; contentType: string }): Body {
  const content = typeof bodyLegacy === "string" ? bodyLegacy : bodyLegacy.body;
  const contentType = typeof bodyLegacy === "string" ? sdp : bodyLegacy.contentType;
  return { contentDisposition: impliedDisposition(contentType), contentType, content };
}

/**
 * True if a value is a {@link Body}.
 * @param body - Any value.
 */
export function isBody(body: unknown): body is Body {
  const { content, contentType, contentDisposition } = (body ?? {}) as Partial<Body>;
  return (
    typeof content === "string" &&
    typeof contentType === "string" &&
    (contentDisposition === undefined || typeof contentDisposition === "string")
  );
}

/**
 * The body of a message, undefined if it has none.
 * @param message - A message, or a body, which is returned as it is.
 */
export function getBody(
  message: Body | IncomingRequestMessage | IncomingResponseMessage | OutgoingRequestMessage
): Body | undefined {
  if (message instanceof IncomingMessage) {
    const given = message.getHeader("Content-Type");
    if (!message.body || !given) {
      return undefined;
    }
    // The usual one is no part of the message, which would be kept for its sake.
    const contentType = given === sdp ? sdp : given;
    const disposition = message.getHeader("Content-Disposition")?.split(";")[0].trim();
    return {
      contentDisposition: disposition || impliedDisposition(contentType),
      contentType,
      content: message.body
    };
  }
  if (message instanceof OutgoingRequestMessage) {
    return message._body();
  }
  return message;
}
