import { describe, expect, it } from "vitest";
import { Parser as ReferenceParser } from "sip.js/lib/core/messages/parser.js";
import { fromBodyLegacy as referenceFromBodyLegacy } from "sip.js/lib/core/messages/body.js";
import { NameAddrHeader as ReferenceNameAddr } from "sip.js/lib/grammar/name-addr-header.js";
import { Parameters as ReferenceParameters } from "sip.js/lib/grammar/parameters.js";
import { URI as ReferenceURI } from "sip.js/lib/grammar/uri.js";
import { fromBodyLegacy } from "../../../../js/core/messages/body.js";
import { Parser } from "../../../../js/core/messages/parser.js";
import { NameAddrHeader, Parameters, URI } from "../../../../js/grammar/index.js";

const lines: string[] = [];
const logger = {
  warn: (line: string) => lines.push(line),
  error: (line: string) => lines.push(line),
  log: () => undefined,
  debug: () => undefined
};

function message(start: string, headers: string[] = [], body = ""): string {
  const cseq = start.startsWith("SIP") ? "INVITE" : start.split(" ")[0];
  return [
    start,
    "Via: SIP/2.0/WSS a1.invalid:5060;branch=z9hG4bK1",
    'From: "Alice" <sip:alice@example.com>;tag=a1',
    "To: <sip:bob@example.com>;tag=b2",
    "Call-ID: call-1",
    `CSeq: 7 ${cseq}`,
    ...headers,
    `Content-Length: ${new TextEncoder().encode(body).length}`,
    "",
    body
  ].join("\r\n");
}

const texts: [what: string, text: string][] = [
  ["a request", message("INVITE sip:bob@example.com;x=y SIP/2.0", ["Max-Forwards: 70"])],
  [
    "a request with a body",
    message("MESSAGE sip:bob@h SIP/2.0", ["Content-Type: text/plain"], "h\u00fc")
  ],
  ["a response", message("SIP/2.0 183 Session Progress", ["Contact: <sip:bob@b.invalid>"])],
  ["a response without a phrase", message("SIP/2.0 200 ")],
  [
    "several values",
    message("INVITE sip:bob@h SIP/2.0", [
      'Contact: <sip:a@h>;q=0.5,"C, D" <sip:c@h>;expires=3',
      "Record-Route: <sip:p;lr>,<sip:q;lr>",
      "Record-Route: <sip:r;lr>",
      "Supported: a, b",
      "Supported: c",
      "X-Own: 1, 2",
      "x-own: 3"
    ])
  ],
  [
    "compact forms",
    message("INVITE sip:bob@h SIP/2.0", ["m: <sip:a@h>", "c: text/plain", "r: <sip:x@y>"])
  ],
  [
    "header fields that are read",
    message("NOTIFY sip:bob@h SIP/2.0", [
      "Event: refer;id=1",
      "Subscription-State: active;expires=3",
      "Refer-To: <sip:z@h?Replaces=1%3Bto-tag%3D2>",
      "Replaces: abc;to-tag=1;from-tag=2;early-only",
      "Session-Expires: 1800;refresher=uac",
      "Min-SE: 90",
      'WWW-Authenticate: Digest realm="a, b", nonce="c", qop="auth"',
      "Content-Disposition: render"
    ])
  ],
  ["nothing", ""],
  ["no message", "hello"],
  ["a broken From", message("INVITE sip:bob@h SIP/2.0").replace("<sip:alice", "<<")],
  ["a broken CSeq", message("INVITE sip:bob@h SIP/2.0").replace("7 INVITE", "x INVITE")]
];

function visible(parsed: any): unknown {
  if (parsed === undefined) {
    return undefined;
  }
  const names = Object.keys(parsed.headers);
  const { method, callId, cseq, viaBranch, fromTag, toTag, body, data, statusCode } = parsed;
  return {
    ...{ method, callId, cseq, viaBranch, fromTag, toTag, body, data, statusCode },
    reasonPhrase: parsed.reasonPhrase,
    ruri: parsed.ruri && String(parsed.ruri),
    from: String(parsed.from),
    to: String(parsed.to),
    via: [parsed.via.host, parsed.via.port, parsed.via.branch],
    referTo: parsed.referTo && String(parsed.referTo),
    text: String(parsed),
    names,
    values: names.map((name) => [
      parsed.getHeader(name.toLowerCase()),
      parsed.getHeaders(name.toUpperCase()),
      parsed.hasHeader(name),
      parsed.getHeaders(name).map((_: string, i: number) => plain(parsed.parseHeader(name, i)))
    ]),
    absent: [parsed.getHeader("X-No"), parsed.getHeaders("X-No"), parsed.hasHeader("X-No")]
  };
}

/** As applications see it; undefined for what only one of the packages has a rule for. */
function plain(value: any): unknown {
  return value === undefined || typeof value !== "object" || value.constructor === Object
    ? value
    : String(value);
}

function changed(parsed: any): unknown {
  parsed.setHeader("x-own", "new");
  parsed.addHeader("X-OWN", "second");
  parsed.addHeader("X-Other", "1");
  return ["X-Own", "X-Other"].map((name) => parsed.getHeaders(name));
}

describe("Core.Parser reads as SIP.js does", () => {
  it.each(texts)("%s", (_, text) => {
    lines.length = 0;
    const ours = Parser.parseMessage(text, logger as any);
    const complaints = lines.length;
    lines.length = 0;
    const reference = ReferenceParser.parseMessage(text, logger as any);
    expect(visible(ours)).toEqual(visible(reference));
    expect(complaints > 0).toBe(lines.length > 0);
    if (ours && reference) {
      expect(ours.constructor.name).toBe(reference.constructor.name);
      expect(changed(ours)).toEqual(changed(reference));
    }
  });

  it.each([
    ["compact forms that SIP.js does not know", "k: a", "Supported", "a"],
    ["a Contact of all", "Contact: *", "Contact", "*"],
    ["a broken Refer-To", "Refer-To: <<>", "Refer-To", "<<>"],
    ["a broken Max-Forwards", "Max-Forwards: x", "Max-Forwards", "x"],
    ["a Record-Route without angle brackets", "Record-Route: sip:a", "Record-Route", "sip:a"]
  ])("except for %s, which costs only itself", (_, line, name, raw) => {
    const text = message("REGISTER sip:h SIP/2.0", [line]);
    expect(ReferenceParser.parseMessage(text, logger as any)?.getHeader(name)).toBeUndefined();
    expect(Parser.parseMessage(text, logger as any)?.getHeader(name)).toBe(raw);
  });

  it("except for folded values, which are one line", () => {
    const text = message("INVITE sip:bob@h SIP/2.0", ["Subject: one\r\n two"]);
    expect(Parser.parseMessage(text, logger as any)?.getHeader("Subject")).toBe("one two");
  });

  it("except for a message without Via, which is none", () => {
    const text = message("INVITE sip:bob@h SIP/2.0").replace(/Via.*\r\n/, "");
    expect(Parser.parseMessage(text, logger as any)).toBeUndefined();
    expect(ReferenceParser.parseMessage(text, logger as any)).toBeDefined();
  });
});

describe("The classes of the grammar behave as SIP.js's do", () => {
  it.each([[{ A: 1, b: null, c: undefined, d: "X" }], [{}], [{ "": "x" }]])(
    "Parameters of %j",
    (given: any) => {
      const use = (Class: typeof Parameters | typeof ReferenceParameters): unknown => {
        const all = new Class(given);
        const first = { ...all.parameters };
        all.setParam("New", 0);
        all.setParam("", 1);
        const seen = ["a", "A", "b", "d", "new", "no", ""].map((name) => [
          all.getParam(name),
          all.hasParam(name),
          all.deleteParam(name),
          all.hasParam(name)
        ]);
        all.clearParams();
        return [first, seen, all.parameters];
      };
      expect(use(Parameters)).toEqual(use(ReferenceParameters));
    }
  );

  it.each([
    [
      "sip",
      "alice",
      "Example.COM",
      undefined,
      { Lr: null, transport: "ws" },
      { "x-y": ["1", "2"] }
    ],
    ["SIPS", "al ice;x", "[2001:DB8::1]", 5061, {}, {}],
    ["sip", "a:b%40c#?", "h", 0, { ttl: 3 }, { subject: ["a"] }],
    [undefined, "", "h", undefined, undefined, undefined]
  ])("URI of %s, %s, %s", (...given: any[]) => {
    const use = (Class: any): unknown => {
      const uri = new Class(...given);
      const { scheme, user, host, port, aor } = uri;
      const seen = [scheme, user, host, port, aor, String(uri), uri.toRaw(), uri.headers];
      const copy = uri.clone();
      copy.scheme = "SIPS";
      copy.user = "Bob";
      copy.host = "New.Host";
      copy.port = 5070;
      copy.setHeader("call-id", "x");
      const header = [copy.getHeader("CALL-ID"), copy.hasHeader("Call-Id")];
      const gone = [copy.deleteHeader("call-id"), copy.hasHeader("call-id")];
      return [seen, header, gone, String(copy), copy.toRaw(), String(uri)];
    };
    expect(use(URI)).toEqual(use(ReferenceURI));
  });

  it.each(["", "Alice", 'a\\"b', "\u00fc"])("NameAddrHeader with the name %j", (name) => {
    const use = (Class: any, UriClass: any): unknown => {
      const value = new Class(new UriClass("sip", "a", "h"), name, { Tag: "x", f: null });
      const seen = [value.friendlyName, value.displayName, String(value), value.getParam("tag")];
      const copy = value.clone();
      copy.displayName = "Other";
      copy.uri.user = "z";
      return [seen, String(copy), String(value)];
    };
    expect(use(NameAddrHeader, URI)).toEqual(use(ReferenceNameAddr, ReferenceURI));
  });

  it("fromBodyLegacy", () => {
    for (const body of ["v=0", { body: "a", contentType: "text/plain" }]) {
      expect(fromBodyLegacy(body)).toEqual(referenceFromBodyLegacy(body));
    }
    // Here the type's parameters, and its case, do not change what it implies.
    const body = { body: "v=0", contentType: "Application/SDP;x=y" };
    expect(fromBodyLegacy(body).contentDisposition).toBe("session");
  });
});
