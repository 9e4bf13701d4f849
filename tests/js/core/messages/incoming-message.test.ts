import { describe, expect, it } from "vitest";
import { LoggerFactory } from "../../../../js/core/log/logger-factory.js";
import { IncomingRequestMessage } from "../../../../js/core/messages/incoming-request-message.js";
import { IncomingResponseMessage } from "../../../../js/core/messages/incoming-response-message.js";
import { Parser } from "../../../../js/core/messages/parser.js";
import { request, reply } from "../../api/support/message-text.js";

const loggerFactory = new LoggerFactory();
loggerFactory.builtinEnabled = false;
const lines: string[] = [];
loggerFactory.connector = (_level, _category, _label, content) => lines.push(content);

function parse(text: string) {
  return Parser.parseMessage(text, loggerFactory.getLogger("test"));
}

const text = request("INVITE", {
  uri: "sip:bob@h;x=y",
  callId: "cid",
  cseq: 7,
  branch: "z9hG4bKa",
  headers: [
    'm: <sip:a@x>, "q,r" <sip:b@x>;expires=3',
    "record-route: <sip:p1;lr>,<sip:p2;lr>",
    "subject:  folded\r\n\tline  ",
    "x-foo: a, b",
    "X-FOO: c",
    "o: ev;id=1",
    "Refer-To: <sip:z@y>",
    "WWW-Authenticate: nonsense",
    "c: text/plain"
  ],
  body: "b\u00f6dy"
});

describe("IncomingMessage", () => {
  const message = parse(text) as IncomingRequestMessage;

  it("is a request or a response", () => {
    expect(message).toBeInstanceOf(IncomingRequestMessage);
    const response = parse(reply(text, 183, { reason: "Session Progress", toTag: "t" }));
    expect(response).toBeInstanceOf(IncomingResponseMessage);
    const { statusCode, reasonPhrase, method, toTag } = response as IncomingResponseMessage;
    expect([statusCode, reasonPhrase, method, toTag]).toEqual([
      183,
      "Session Progress",
      "INVITE",
      "t"
    ]);
  });

  it("shows what every message has", () => {
    expect(message.method).toBe("INVITE");
    expect(String(message.ruri)).toBe("sip:bob@h;x=y");
    expect(message.callId).toBe("cid");
    expect(message.cseq).toBe(7);
    expect(message.viaBranch).toBe("z9hG4bKa");
    expect(message.via.host).toBe("peer.invalid");
    expect(message.fromTag).toBe("peer");
    expect(message.toTag).toBeUndefined();
    expect(String(message.from)).toBe("<sip:peer@example.com>;tag=peer");
    expect(String(message.to)).toBe("<sip:alice@example.com>");
    expect(String(message.referTo)).toBe("<sip:z@y>");
    expect(message.body).toBe("b\u00f6dy");
    expect(message.toString()).toBe(text);
  });

  it("finds header fields by any spelling of their name, the compact form too", () => {
    expect(message.getHeader("CONTACT")).toBe("<sip:peer@peer.invalid;transport=ws>");
    expect(message.getHeaders("contact")).toHaveLength(3);
    expect(message.getHeader("Content-type")).toBe("text/plain");
    expect(message.getHeaders("x-Foo")).toEqual(["a, b", "c"]);
    expect(message.getHeader("Subject")).toBe("folded line");
    expect(message.getHeaders("Record-Route")).toEqual(["<sip:p1;lr>", "<sip:p2;lr>"]);
    expect(message.hasHeader("X-None")).toBe(false);
    expect(message.getHeader("X-None")).toBeUndefined();
    expect(message.getHeaders("X-None")).toEqual([]);
  });

  it("parses a header field on demand, once", () => {
    expect(message.parseHeader("Event")).toEqual({ event: "ev", params: { id: "1" } });
    expect(message.parseHeader("Contact", 2).getParam("expires")).toBe("3");
    expect(message.s("contact", 1)).toBe(message.parseHeader("Contact", 1));
    expect(message.parseHeader("Contact", 3)).toBeUndefined();
    expect(message.parseHeader("WWW-Authenticate")).toBeUndefined();
    expect(message.parseHeader("X-Foo")).toBeUndefined();
    expect(message.getHeaders("X-Foo")).toEqual(["a, b", "c"]);
  });

  it("can be changed, its text stays", () => {
    const copy = parse(text) as IncomingRequestMessage;
    copy.setHeader("x-foo", "new");
    copy.addHeader("X-FOO", "second");
    copy.body = "other";
    expect(copy.getHeaders("x-foo")).toEqual(["new", "second"]);
    expect(copy.body).toBe("other");
    expect(copy.toString()).toBe(text);
  });

  it("has own properties that a proxy can wrap", () => {
    const copy = parse(text) as IncomingRequestMessage;
    expect(copy.method + copy.callId).toBe("INVITEcid");
    const descriptors = Object.values(Object.getOwnPropertyDescriptors(copy));
    expect(descriptors.every(({ configurable }) => configurable)).toBe(true);
    expect(new Proxy(copy, {}).fromTag).toBe("peer");
  });

  it.each(["", "\r\n\r\n", "nonsense", "INVITE sip:b@h SIP/2.0\r\nVia: x\r\n\r\n"])(
    "is not made of %j, and the log says why",
    (nonsense) => {
      lines.length = 0;
      expect(parse(nonsense)).toBeUndefined();
      expect(lines).toHaveLength(1);
    }
  );

  it("survives a malformed optional header field", () => {
    const message = parse(request("INVITE", { headers: ["Refer-To: <<>", "Event: "] }));
    expect(message?.referTo).toBeUndefined();
    expect(message?.getHeader("Refer-To")).toBe("<<>");
  });

  it("reads a Contact where it lies, whether the core still has the text or not", () => {
    const contact = '"A" <sip:a@x;transport=ws>;expires=3';
    const ascii = request("INVITE", { headers: [`Contact: ${contact}`, "Subject: a"] });
    const umlauts = request("INVITE", { headers: [`Subject: \u00f6`, `Contact: ${contact}`] });
    for (const each of [ascii, umlauts]) {
      for (const meanwhile of [undefined, ascii, umlauts]) {
        const parsed = parse(each)!;
        if (meanwhile) parse(meanwhile);
        expect(parsed.parseHeader("Contact").uri.host, each).toBe("peer.invalid");
        expect(parsed.parseHeader("Contact", 1).toString(), each).toBe(contact);
      }
    }
  });
});
