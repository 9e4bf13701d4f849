// Reading header by header: the same results, the same members, the same errors as SIP.js.
import * as theirs from "sip.js";
import { describe, expect, it } from "vitest";
import * as ours from "../../../../js/index.js";

type Any = any;

const lines = [
  "Via: SIP/2.0/WSS a.b:5060;branch=z9hG4bKx",
  'From: "A" <sip:a@b>;tag=t',
  "f: <sip:a@b>",
  "To: <sip:a@b>;tag=u",
  "t: sip:a@b",
  "Record-Route: <sip:a;lr>, <sip:b;lr>",
  "Call-ID: abc",
  "i: abc",
  "Contact: <sip:a@b>, <sip:c@d>;q=1",
  "Content-Length: 5",
  "l: x",
  "CSeq: 5 INVITE",
  "Max-Forwards: 7",
  'WWW-Authenticate: Digest realm="a", nonce="b"',
  "Refer-To: <sip:a@b>",
  "X-Foo:  bar  ",
  "Expires: x",
  "From: garbage <",
  "To: <<",
  "Via: garbage",
  "Contact: <<",
  "Max-Forwards: x"
];

function read(library: Any, line: string): unknown {
  const message = new library.Core.IncomingResponseMessage();
  message.headers = {};
  const result = library.Core.Parser.parseHeader(message, `--${line}`, 2, line.length + 2);
  const { viaBranch, method, toTag, fromTag, callId, cseq, via, to, from, referTo } = message;
  const raw = Object.entries(message.headers as Record<string, Any[]>).flatMap(([name, fields]) =>
    fields.map((field) => `${name}: ${field.raw}`)
  );
  const texts = [to, from, referTo].map((each) => each && String(each));
  return [result, viaBranch, method, toTag, fromTag, callId, cseq, via?.host, texts, raw];
}

describe("Parser reads as SIP.js's does", () => {
  it.each(lines)("%s", (line) => {
    expect(read(ours, line)).toEqual(read(theirs, line));
  });

  it.each([
    ["A: b\r\nC: d\r\n\r\n", 0],
    ["A: b\r\nC: d\r\n\r\n", 6],
    ["A: b\r\nC: d\r\n\r\n", 12],
    ["A: b\r\n c\r\nC: d\r\n\r\n", 0],
    ["A: b\r\n\tc\r\n", 0],
    ["A: b", 0],
    ["", 0]
  ])("%j from %i on", (text, start) => {
    const { Parser } = ours.Core;
    expect(Parser.getHeader(text, start)).toBe(theirs.Core.Parser.getHeader(text, start));
  });

  it("keeps a line without a colon out of the message", () => {
    const message = new ours.Core.IncomingRequestMessage();
    const error = "error parsing header 'nothing'";
    expect(ours.Core.Parser.parseHeader(message, "nothing", 0, 7)).toEqual({ error });
    expect(message.getHeaders("nothing")).toEqual([]);
  });
});
