import { engine } from "../../engine/engine.js";
import { canonicalName } from "../../grammar/header-name.js";
import type { Body } from "./body.js";

/** Random octets that are not used yet: asking for many takes as long as asking for a few. */
let octets = new Uint8Array();
let used = 0;

/** Kept, as a number takes long to tell its digits. */
const digits = Array.from({ length: 36 }, (_, digit) => digit.toString(36));

/**
 * A random token.
 * @param size - Its length in characters.
 * @param base - Of its digits, 2 to 36. Default 32: [0-9a-v].
 */
export function createRandomToken(size: number, base = 32): string {
  let token = "";
  while (token.length < size) {
    if (used === octets.length) {
      octets = crypto.getRandomValues(new Uint8Array(1024));
      used = 0;
    }
    const octet = octets[used++];
    // Larger ones would make some digits likelier than others.
    if (octet < 256 - (256 % base)) token += digits[octet % base];
  }
  return token;
}

/**
 * The registered reason phrase of a status code, "" if there is none.
 * @param code - The status code.
 */
export function getReasonPhrase(code: number): string {
  return engine().nameOf(code);
}

/**
 * A tag for From or To, or another random token of characters [a-z0-9].
 * @param length - Of a tag: more than RFC 3261 section 19.3 asks for.
 */
export function newTag(length = 10): string {
  return createRandomToken(length, 36);
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
  return new Blob([str]).size;
}

/**
 * The disposition of a body that does not name one: "session" or "render".
 * @param contentType - The type of the body.
 */
export function impliedDisposition(contentType: string): string {
  // RFC 3261 section 13.2.1: "If the Content-Disposition header field is missing, bodies of
  // Content-Type application/sdp imply the disposition "session", while other content types imply
  // "render"."
  return /^\s*application\/sdp\s*(;|$)/i.test(contentType) ? "session" : "render";
}

/** A body as commands have it. */
export interface BodyFields {
  body: string;
  contentType: string;
  contentDisposition: string;
}

/**
 * Adds a body to a command: with its disposition only if the type does not imply it.
 * @param command - The rest of the command. It becomes the whole: commands that are put together of
 * several objects take up to a hundred times as long to make.
 * @param body - The body, undefined for none.
 */
export function withBody<Each>(command: Each, body: Body | undefined): Each & BodyFields {
  const { content = "", contentType = "", contentDisposition = "" } = body ?? {};
  const implied = !contentType || contentDisposition === impliedDisposition(contentType);
  const whole = command as Each & BodyFields;
  whole.body = content;
  whole.contentType = contentType;
  whole.contentDisposition = implied ? "" : contentDisposition;
  return whole;
}
