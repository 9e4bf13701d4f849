import { describe, expect, it } from "vitest";
import { Core, NameAddrHeader } from "../../../../js/index.js";
import { request } from "../../api/support/message-text.js";

const loggerFactory = new Core.LoggerFactory();
loggerFactory.builtinEnabled = false;

function parse(...fields: string[]): Core.IncomingRequestMessage {
  const text = request("OPTIONS", { headers: fields });
  return Core.Parser.parseMessage(
    text,
    loggerFactory.getLogger("t")
  ) as Core.IncomingRequestMessage;
}

/** What `parseHeader` gives; of an address its text. */
function typed(field: string): unknown {
  const [name] = field.split(":");
  const message = parse(field);
  // Those that the message has already stand before it.
  const value: unknown = message.parseHeader(name, message.getHeaders(name).length - 1);
  const plain = (each: unknown): unknown => {
    if (each instanceof NameAddrHeader) return String(each);
    return each && typeof each === "object" && "parsed" in each ? plain(each.parsed) : each;
  };
  return Array.isArray(value) ? value.map(plain) : plain(value);
}

const address = '"A" <sip:a@b>;x=y';
const digest = 'Digest realm="r", nonce="n"';

// Header fields that any part of the stack or an application reads, each with a value of its type.
const table: [field: string, value: unknown][] = [
  ["Via: SIP/2.0/WSS h:1;branch=z", { protocol: "SIP", transport: "WSS", host: "h", port: 1 }],
  [`From: ${address}`, address],
  [`To: ${address}`, address],
  [`Contact: ${address}`, address],
  ["Route: <sip:a;lr>", ["<sip:a;lr>"]],
  ["Record-Route: <sip:a;lr>", "<sip:a;lr>"],
  ["CSeq: 7 OPTIONS", { value: 7, method: "OPTIONS" }],
  ["RAck: 7 1 INVITE", "7 1 INVITE"],
  ["RSeq: 7", 7],
  ["Call-ID: a@b", "a@b"],
  ["Max-Forwards: 70", 70],
  ["Expires: 60", 60],
  ["Min-Expires: 60", 60],
  ["Require: 100rel, timer", ["100rel", "timer"]],
  ["Supported: 100rel", ["100rel"]],
  ["Unsupported: a", ["a"]],
  ["Proxy-Require: a", ["a"]],
  ["Allow: ACK, BYE", ["ACK", "BYE"]],
  ["Accept: a/b;q=1, c/d", [{ value: "a/b", params: { q: "1" } }, { value: "c/d" }]],
  ["Allow-Events: refer", ["refer"]],
  ["Event: refer;id=1", { event: "refer", params: { id: "1" } }],
  ["Subscription-State: active;expires=3", { state: "active", expires: 3 }],
  ["Refer-To: <sip:a@b>", "<sip:a@b>"],
  ["Referred-By: <sip:a@b>", "<sip:a@b>"],
  [
    "Replaces: a;to-tag=b;from-tag=c",
    { call_id: "a", replaces_to_tag: "b", replaces_from_tag: "c" }
  ],
  [
    "Target-Dialog: a;local-tag=b;remote-tag=c",
    { value: "a", params: { "local-tag": "b", "remote-tag": "c" } }
  ],
  ["Session-Expires: 90;refresher=uac", { deltaSeconds: 90, refresher: "uac" }],
  ["Min-SE: 90", 90],
  ["Reason: SIP;cause=200", [{ value: "SIP", params: { cause: "200" } }]],
  ["Retry-After: 18 (busy);duration=3", 18],
  [`WWW-Authenticate: ${digest}`, { realm: "r", nonce: "n" }],
  [`Proxy-Authenticate: ${digest}`, { realm: "r", nonce: "n" }],
  [`Authorization: ${digest}`, { realm: "r", nonce: "n" }],
  [`Proxy-Authorization: ${digest}`, { realm: "r", nonce: "n" }],
  ['Authentication-Info: nextnonce="n"', { nextnonce: "n" }],
  ["P-Asserted-Identity: <tel:+1>", ["<tel:+1>"]],
  ["P-Preferred-Identity: <tel:+1>", ["<tel:+1>"]],
  ["Remote-Party-ID: <sip:a@b>;privacy=full", ["<sip:a@b>;privacy=full"]],
  ["Privacy: id", [{ value: "id" }]],
  ["Diversion: <sip:a@b>;reason=unknown", ["<sip:a@b>;reason=unknown"]],
  ["History-Info: <sip:a@b>;index=1", ["<sip:a@b>;index=1"]],
  ["Path: <sip:a;lr>", ["<sip:a;lr>"]],
  ["Service-Route: <sip:a;lr>", ["<sip:a;lr>"]],
  ["Flow-Timer: 120", 120],
  ['Warning: 399 h "a, b"', ['399 h "a, b"']],
  ["Alert-Info: <http://a/b.wav>", ["<http://a/b.wav>"]],
  ["Call-Info: <http://a/b.jpg>;purpose=icon", ["<http://a/b.jpg>;purpose=icon"]],
  ["Answer-Mode: Auto;require", { value: "Auto", params: { require: undefined } }],
  ["Content-Type: text/plain;charset=utf-8", "text/plain;charset=utf-8"],
  ["Content-Disposition: session", { type: "session" }],
  ["Content-Encoding: gzip", ["gzip"]],
  ["Content-Language: en", ["en"]],
  ["Content-Length: 0", 0],
  ["Date: Sat, 13 Nov 2010 23:29:00 GMT", "Sat, 13 Nov 2010 23:29:00 GMT"],
  ["Timestamp: 54.75", "54.75"],
  ["SIP-ETag: abc", "abc"],
  ["SIP-If-Match: abc", "abc"],
  ["Identity: eyJh.eyJp;alg=ES256", "eyJh.eyJp;alg=ES256"]
];

describe("parseHeader", () => {
  // Of these the message has one already, and no other may stand beside it.
  const mandatory = /^(From|To|CSeq|Call-ID|Max-Forwards|Content-Length):/;

  it.each(table.filter(([field]) => !mandatory.test(field)))("types %s", (field, value) => {
    const found = typed(field);
    if (value && typeof value === "object") expect(found).toMatchObject(value);
    else expect(found).toEqual(value);
  });

  it.each(table.filter(([field]) => mandatory.test(field)))("types the mandatory %s", (field) => {
    const [name] = field.split(":");
    expect(parse().parseHeader(name)).toBeDefined();
  });
});
