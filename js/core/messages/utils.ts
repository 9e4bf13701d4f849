import { engine } from "../../engine/engine.js";
import { canonicalName } from "../../grammar/header-name.js";
import type { Body } from "./body.js";

/** The reason phrases that are registered with IANA. */
const phrases: { [code: number]: string } = {
  100: "Trying",
  180: "Ringing",
  181: "Call Is Being Forwarded",
  182: "Queued",
  183: "Session Progress",
  199: "Early Dialog Terminated",
  200: "OK",
  202: "Accepted",
  204: "No Notification",
  300: "Multiple Choices",
  301: "Moved Permanently",
  302: "Moved Temporarily",
  305: "Use Proxy",
  380: "Alternative Service",
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  407: "Proxy Authentication Required",
  408: "Request Timeout",
  410: "Gone",
  412: "Conditional Request Failed",
  413: "Request Entity Too Large",
  414: "Request-URI Too Long",
  415: "Unsupported Media Type",
  416: "Unsupported URI Scheme",
  417: "Unknown Resource-Priority",
  420: "Bad Extension",
  421: "Extension Required",
  422: "Session Interval Too Small",
  423: "Interval Too Brief",
  428: "Use Identity Header",
  429: "Provide Referrer Identity",
  430: "Flow Failed",
  433: "Anonymity Disallowed",
  436: "Bad Identity-Info",
  437: "Unsupported Certificate",
  438: "Invalid Identity Header",
  439: "First Hop Lacks Outbound Support",
  440: "Max-Breadth Exceeded",
  469: "Bad Info Package",
  470: "Consent Needed",
  478: "Unresolvable Destination",
  480: "Temporarily Unavailable",
  481: "Call/Transaction Does Not Exist",
  482: "Loop Detected",
  483: "Too Many Hops",
  484: "Address Incomplete",
  485: "Ambiguous",
  486: "Busy Here",
  487: "Request Terminated",
  488: "Not Acceptable Here",
  489: "Bad Event",
  491: "Request Pending",
  493: "Undecipherable",
  494: "Security Agreement Required",
  500: "Server Internal Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Server Time-out",
  505: "Version Not Supported",
  513: "Message Too Large",
  580: "Precondition Failure",
  600: "Busy Everywhere",
  603: "Decline",
  604: "Does Not Exist Anywhere",
  606: "Not Acceptable"
};

/**
 * A random token.
 * @param size - Its length in characters.
 * @param base - Of its digits, 2 to 36. Default 32: [0-9a-v].
 */
export function createRandomToken(size: number, base = 32): string {
  let token = "";
  while (token.length < size) {
    // Of the 36 characters of the core's token those are taken that are digits of the base.
    const digits = engine().token(2 * size);
    token += Array.from(digits, (digit) => (parseInt(digit, base) >= 0 ? digit : "")).join("");
  }
  return token.slice(0, size);
}

/**
 * The registered reason phrase of a status code, "" if there is none.
 * @param code - The status code.
 */
export function getReasonPhrase(code: number): string {
  return phrases[code] ?? "";
}

/** A tag for From or To: ten random characters, more than RFC 3261 section 19.3 asks for. */
export function newTag(): string {
  return createRandomToken(10);
}

/**
 * The usual spelling of a header field's name.
 * @param str - The name in any spelling.
 */
export function headerize(str: string): string {
  return canonicalName(str);
}

/**
 * How many octets a text takes in UTF-8.
 * @param str - The text.
 */
export function utf8Length(str: string): number {
  return new TextEncoder().encode(str).length;
}

/**
 * The disposition of a body that does not name one: "session" or "render".
 * @param contentType - The type of the body.
 */
export function impliedDisposition(contentType: string): string {
  // RFC 3261 section 13.2.1: "If the Content-Disposition header field is missing, bodies of
  // Content-Type application/sdp imply the disposition "session", while other content types imply
  // "render"."
  const [type] = contentType.split(";");
  return type.trim().toLowerCase() === "application/sdp" ? "session" : "render";
}

/** A body as commands have it. */
export interface BodyFields {
  body: string;
  contentType: string;
  contentDisposition: string;
}

/**
 * A body as commands have it: with its disposition only if the type does not imply it.
 * @param body - The body, undefined for none.
 */
export function bodyFields(body: Body | undefined): BodyFields {
  if (!body?.contentType) {
    return { body: body?.content ?? "", contentType: "", contentDisposition: "" };
  }
  const { content, contentType, contentDisposition } = body;
  const implied = !contentDisposition || contentDisposition === impliedDisposition(contentType);
  return { body: content, contentType, contentDisposition: implied ? "" : contentDisposition };
}
