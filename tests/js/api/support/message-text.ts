/** Reads and writes SIP messages by hand, so that a test does not trust what it tests. */

/** The values of the header fields of a name, in their order. */
export function headers(message: string, name: string): string[] {
  const [head] = message.split("\r\n\r\n");
  return head
    .split("\r\n")
    .slice(1)
    .filter((line) => line.toLowerCase().startsWith(name.toLowerCase() + ":"))
    .map((line) => line.slice(name.length + 1).trim());
}

/** The value of the first header field of a name, "" if there is none. */
export function header(message: string, name: string): string {
  return headers(message, name)[0] ?? "";
}

/** The start line. */
export function startLine(message: string): string {
  return message.split("\r\n", 1)[0];
}

/** What follows the empty line. */
export function bodyOf(message: string): string {
  return message.slice(message.indexOf("\r\n\r\n") + 4);
}

export interface ReplyParts {
  reason?: string;
  toTag?: string;
  headers?: string[];
  body?: string;
}

/** A response to a request. */
export function reply(request: string, status: number, parts: ReplyParts = {}): string {
  const { reason = "Whatever", toTag = "peer", body = "" } = parts;
  const to = header(request, "To");
  return [
    `SIP/2.0 ${status} ${reason}`,
    ...headers(request, "Via").map((via) => `Via: ${via}`),
    `From: ${header(request, "From")}`,
    `To: ${to}${status > 100 && !to.includes(";tag=") ? ";tag=" + toTag : ""}`,
    `Call-ID: ${header(request, "Call-ID")}`,
    `CSeq: ${header(request, "CSeq")}`,
    ...(parts.headers ?? []),
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body
  ].join("\r\n");
}

let branches = 0;

export interface RequestParts {
  uri?: string;
  from?: string;
  to?: string;
  callId?: string;
  cseq?: number;
  branch?: string;
  headers?: string[];
  body?: string;
}

/** A request of a peer's. */
export function request(method: string, parts: RequestParts = {}): string {
  const { uri = "sip:alice@example.com", cseq = 1, body = "" } = parts;
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/WSS peer.invalid;branch=${parts.branch ?? "z9hG4bKpeer" + ++branches}`,
    "Max-Forwards: 70",
    `From: ${parts.from ?? "<sip:peer@example.com>;tag=peer"}`,
    `To: ${parts.to ?? "<sip:alice@example.com>"}`,
    `Call-ID: ${parts.callId ?? "call" + ++branches}`,
    `CSeq: ${cseq} ${method}`,
    "Contact: <sip:peer@peer.invalid;transport=ws>",
    ...(parts.headers ?? []),
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body
  ].join("\r\n");
}

/** The header fields of a body that describes a session. */
export const sdp = ["Content-Type: application/sdp"];

/** Within the dialog of an INVITE that the user agent sent: the same request the other way round. */
export function inDialog(invite: string, toTag = "peer"): RequestParts {
  return {
    uri: /<([^>]*)>/.exec(header(invite, "Contact"))![1],
    from: header(invite, "To") + `;tag=${toTag}`,
    to: header(invite, "From"),
    callId: header(invite, "Call-ID")
  };
}
