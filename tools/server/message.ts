/**
 * A SIP message as the proxy needs it: what it says is read with the project's own parser, and it is
 * passed on by editing its header lines, so that whatever the proxy does not understand goes through
 * untouched.
 */
import { LoggerFactory } from "../../js/core/log/logger-factory.js";
import { IncomingRequestMessage } from "../../js/core/messages/incoming-request-message.js";
import { IncomingResponseMessage } from "../../js/core/messages/incoming-response-message.js";
import { Parser } from "../../js/core/messages/parser.js";

export type { URI } from "../../js/grammar/uri.js";

/** One header line: the name as it was written, unfolded value. */
export interface Field {
  name: string;
  value: string;
}

interface Lines {
  startLine: string;
  fields: Field[];
  body: string;
}

/** What a request says, and its lines. `face` is the core's reading of the original text. */
export interface SipRequest extends Lines {
  kind: "request";
  method: string;
  face: IncomingRequestMessage;
}

/** What a response says, and its lines. */
export interface SipResponse extends Lines {
  kind: "response";
  status: number;
  face: IncomingResponseMessage;
}

export type SipMessage = SipRequest | SipResponse;

// RFC 3261 section 7.3.3: "SIP provides a mechanism to represent common header field names in an
// abbreviated form."
const compactNames: Record<string, string> = { v: "via", m: "contact", f: "from", t: "to" };

const loggers = new LoggerFactory();
loggers.builtinEnabled = false;
const logger = loggers.getLogger("server");

/** Reads a message; undefined if it is not SIP or lacks what every message has. */
export function readMessage(text: string): SipMessage | undefined {
  const face = Parser.parseMessage(text, logger);
  // RFC 3261 section 8.1.1: "A valid SIP request formulated by a UAC MUST, at a minimum, contain the
  // following header fields: To, From, CSeq, Call-ID, Max-Forwards, and Via".
  if (!face?.to || !face.from || !face.callId || !face.via || !face.viaBranch) return undefined;
  if (!Number.isInteger(face.cseq)) return undefined;
  if (face instanceof IncomingRequestMessage) {
    return { kind: "request", method: face.method, face, ...splitLines(text) };
  }
  if (face instanceof IncomingResponseMessage) {
    return { kind: "response", status: face.statusCode ?? 0, face, ...splitLines(text) };
  }
  return undefined;
}

/** The text of a message, its fields as they are now. */
export function writeMessage(message: Lines): string {
  const head = [message.startLine, ...message.fields.map(({ name, value }) => `${name}: ${value}`)];
  return `${head.join("\r\n")}\r\n\r\n${message.body}`;
}

/** A copy whose fields may be edited without touching the original. */
export function copyLines(message: Lines): Lines {
  const { startLine, fields, body } = message;
  return { startLine, fields: fields.map((field) => ({ ...field })), body };
}

/** All values of a header field in order, comma-separated lists taken apart. */
export function listField(message: Lines, name: string): string[] {
  return message.fields
    .filter((field) => canonical(field.name) === name.toLowerCase())
    .flatMap((field) => splitList(field.value));
}

/** Replaces all fields of a name by these values, at the place of the first (or at the top). */
export function setField(message: Lines, name: string, values: string[]): void {
  const matches = (field: Field) => canonical(field.name) === name.toLowerCase();
  const at = Math.max(0, message.fields.findIndex(matches));
  const rest = message.fields.filter((field) => !matches(field));
  rest.splice(at, 0, ...values.map((value) => ({ name, value })));
  message.fields = rest;
}

/** An answer to a request: Via, From, To, Call-ID and CSeq as RFC 3261 section 8.2.6.2 says. */
export function makeResponse(
  request: SipRequest,
  status: number,
  reason: string,
  fields: Field[] = []
): string {
  const echoed = ["via", "from", "to", "call-id", "cseq"];
  const echo = request.fields
    .filter((field) => echoed.includes(longName(field.name)))
    .map((field) => (longName(field.name) === "to" ? tagged(field, request, status) : field));
  return writeMessage({
    startLine: `SIP/2.0 ${status} ${reason}`,
    fields: [...echo, ...fields, { name: "Content-Length", value: "0" }],
    body: ""
  });
}

// RFC 3261 section 8.2.6.2: "if the To header field in the request did not contain a tag, the URI in
// the To header field in the response MUST equal the URI in the To header field; additionally, the
// UAS MUST add a tag to the To header field in the response (with the exception of the 100 (Trying)"
function tagged(to: Field, request: SipRequest, status: number): Field {
  if (status === 100 || request.face.toTag) return to;
  // The tag is a function of the transaction, so that all answers to one request carry the same.
  return { name: to.name, value: `${to.value};tag=server-${request.face.viaBranch.slice(-12)}` };
}

function splitLines(text: string): Lines {
  const end = text.indexOf("\r\n\r\n");
  const head = (end < 0 ? text : text.slice(0, end)).replace(/\r\n[ \t]+/g, " ");
  const [startLine = "", ...lines] = head.split("\r\n");
  const fields = lines
    .filter((line) => line.includes(":"))
    .map((line) => {
      const colon = line.indexOf(":");
      return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
    });
  return { startLine, fields, body: end < 0 ? "" : text.slice(end + 4) };
}

function canonical(name: string): string {
  const lower = name.toLowerCase();
  return compactNames[lower] ?? lower;
}

function longName(name: string): string {
  return name.toLowerCase() === "i" ? "call-id" : canonical(name);
}

function splitList(value: string): string[] {
  const parts = value.match(/(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,"<])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
