import { getReasonPhrase } from "../core/messages/utils.js";

/**
 * The value of Reason (RFC 3326).
 * @param statusCode - The cause.
 * @param text - What to say if the status code has no registered phrase.
 */
export function reasonValue(statusCode: number, text?: string): string {
  const phrase = getReasonPhrase(statusCode) || text || "";
  return `SIP;cause=${statusCode};text="${phrase.replace(/["\\]/g, "\\$&")}"`;
}
