import { describe, expect, it } from "vitest";
import { Grammar as Reference } from "sip.js/lib/grammar/index.js";
import { Grammar } from "../../../js/grammar/index.js";

/** What applications can see of a value: its data, and objects of classes as their text. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (value.constructor !== Object) {
    return { class: value.constructor.name, text: String(value) };
  }
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([name, each]) => [name, plain(each)]));
}

function outcome(parse: typeof Grammar.parse, rule: string, text: string): unknown {
  return plain(parse(text, rule));
}

const same: { [rule: string]: string[] } = {
  absoluteURI: ["tel:+1", "urn:service:sos", "none"],
  Call_ID: ["a@b", "<a>@b", "", "a b"],
  challenge: ['Digest realm="a",nonce="x"'],
  Contact: [
    "<sip:a@h>;q=0.5;expires=3,<sip:b@h>",
    "sip:a@h;expires=3",
    '"A,B" <sip:a@h>',
    'A <sip:a@h>,B <sip:b@h>;+sip.instance="<urn:uuid:x>"',
    "<sip:a@h;transport=ws>;Expires=3",
    "*",
    "<sip:a@h>, <",
    ""
  ],
  Content_Disposition: ["session", "render;x=y", "Session;x", "icon"],
  Content_Length: ["3", "0", "-1", "x", ""],
  Content_Type: ["application/sdp;a=b", "application/sdp ; a=b", 'text/plain; charset="a b"', "a"],
  CSeq: ["1 INVITE", "01 INVITE", "1  FOO", "1", "nonsense", ""],
  Event: ["refer;id=93809824", "REFER;ID=X", 'a;x="y"', "Refer.x;id", "a", "a b", ""],
  From: [
    "<sip:a@h>;tag=x",
    "sip:a@h;tag=x",
    "A B <sip:a@h>",
    '"" <sip:a@h>',
    '"a\\"b" <SIPS:A@H:5061;lr?x=y>;Tag=X',
    '"\u00fc" <sip:a@[::1]:5060>',
    "<sip:a@h",
    "<sip:a b@h>",
    '"a <sip:a@h>',
    "",
    "*"
  ],
  host: ["h.com", "1.2.3.4", "[::1]", "1a.com", "a b", ""],
  Max_Forwards: ["70", "0070", "x"],
  Min_SE: ["90", "90;x=y", "x"],
  Name_Addr_Header: ['"x" <sip:a@h>;tag=1', "<sip:a@h>", "sip:a@h"],
  NoSuchRule: ["x"],
  Proxy_Authenticate: ['Digest realm="a", nonce="b"'],
  Record_Route: ["<sip:a;lr>", "<sip:a;lr>,<sip:b>;x=y"],
  Refer_To: ["<sip:a@h?Replaces=x%3Bto-tag%3Dy>", "sip:a@h", "<sip:a@h;method=INVITE>;x", "*"],
  Replaces: [
    "abc;to-tag=a;from-tag=b;early-only",
    "abc@h;from-tag=b;to-tag=a",
    "abc;to-tag=a;from-tag=b;x=y"
  ],
  Request_Response: [
    "SIP/2.0 200 OK",
    "SIP/2.0 200 ",
    "INVITE sip:a@h SIP/2.0",
    "INVITE <sip:a@h> SIP/2.0",
    "nonsense"
  ],
  Require: ["100rel, timer", "100rel", "", "a b"],
  Session_Expires: ["300;refresher=uac", "300", "300 ;refresher=uas", "300;x=y", "x"],
  Route: [""],
  SIP_URI: [
    "sip:a@h",
    "sips:a@h;lr",
    "sip:a:b@h",
    "sip:h",
    "SIP:A@H",
    "sip:a%40b@h",
    "sip:a@h?x=y&x=z",
    "sip:a@h:0",
    "tel:+1",
    "sip:@h",
    "sip:a@h ",
    "<sip:a@h>"
  ],
  sipfrag: [
    "SIP/2.0 200 OK",
    "SIP/2.0 180 Ringing\r\n",
    "SIP/2.0 603 Decline\r\nTo: <sip:a@h>\r\n"
  ],
  Subscription_State: [
    "active;expires=3",
    "active;Expires=3",
    "active;expires=x",
    "terminated;reason=noresource",
    "terminated;reason=deactivated;retry-after=5;foo=bar",
    "pending",
    "xyz"
  ],
  Supported: ["a,b", "a", "", "a , b"],
  To: ["<sip:a@h>;tag=x", "sip:a@h"],
  Via: [
    "SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1;received=1.2.3.4;rport=5",
    "SIP/2.0/UDP [::1]:5060;branch=x;ttl=3",
    "SIP / 2.0 / TCP host.com : 5061 ; branch = x",
    "SIP/2.0/UDP example.com;branch=x;foo=bar;baz",
    "x"
  ],
  WWW_Authenticate: [
    'Digest realm="a, b", nonce="c", qop="auth,auth-int", stale=TRUE, opaque="o"',
    'Digest realm="a\\"b",nonce="c",stale=false,algorithm=SHA-256',
    "nonsense"
  ]
};

/** What differs: the rule, the text, what it says here, and why. What SIP.js says is not repeated. */
const different: [rule: string, text: string, outcome: unknown, why: string][] = [
  ["From", "<tel:+1>", { class: "NameAddrHeader", text: "<tel:+1>" }, "other schemes are read"],
  ["To", "<urn:a:b>", { class: "NameAddrHeader", text: "<urn:a:b>" }, "other schemes are read"],
  ["From", "Doe, J <sip:a@h>", { class: "NameAddrHeader", text: '"Doe, J" <sip:a@h>' }, "in use"],
  ["From", "<sip:a@my_host>", { class: "NameAddrHeader", text: "<sip:a@my_host>" }, "in use"],
  [
    "From",
    '<sip:a@h>;tag=x;foo="b;c"',
    { class: "NameAddrHeader", text: '<sip:a@h>;tag=x;foo="b;c"' },
    "the order of parameters is that of the text"
  ],
  [
    "From",
    "<sip:a@h;transport=TCP>",
    { class: "NameAddrHeader", text: "<sip:a@h;transport=TCP>" },
    "a value is kept in the case that it is written in"
  ],
  [
    "SIP_URI",
    "sip:a@h;maddr=1.2.3.4",
    { class: "URI", text: "sip:a@h;maddr=1.2.3.4" },
    "maddr is not the host"
  ],
  ["SIP_URI", "sip:a#b@h", { class: "URI", text: "sip:a%23b@h" }, "in use"],
  ["SIP_URI", "sip:a@h:99999", -1, "not a port"],
  [
    "Contact",
    "<sip:a> , <sip:b>",
    [
      { position: 7, offset: 0, parsed: { class: "NameAddrHeader", text: "<sip:a>" } },
      { position: 17, offset: 10, parsed: { class: "NameAddrHeader", text: "<sip:b>" } }
    ],
    "the space before a comma is not part of the value"
  ],
  [
    "Record_Route",
    "sip:a",
    [{ position: 5, offset: 0, parsed: { class: "NameAddrHeader", text: "<sip:a>" } }],
    "in use"
  ],
  [
    "Via",
    "SIP/2.0/UDP a;branch=x,SIP/2.0/UDP b",
    { protocol: "SIP", transport: "UDP", host_type: "domain", host: "a", branch: "x" },
    "the topmost is meant"
  ],
  [
    "Via",
    "SIP/2.0/UDP h.com;rport;maddr=i.com",
    { protocol: "SIP", transport: "UDP", host_type: "domain", host: "h.com", maddr: "i.com" },
    "maddr is not the host, and rport no other parameter"
  ],
  ["CSeq", "4294967296 X", -1, "RFC 3261 section 8.1.1.5: at most 2**31 - 1"],
  ["Content_Type", "application/sdp;", "application/sdp;", "in use"],
  ["Content_Length", " 3 ", 3, "white space around a value is not part of it"],
  ["Supported", "a,,b,", ["a", "b"], "in use"],
  ["Call_ID", "a@b@c", "a@b@c", "in use"],
  [
    "Content_Disposition",
    "session;handling=optional",
    { type: "session", params: { handling: "optional" } },
    "it is not lost"
  ],
  ["Session_Expires", "90;Refresher=uas", { deltaSeconds: 90, refresher: "uas" }, "any case"],
  [
    "WWW_Authenticate",
    'Digest realm="a",nonce="b",qop=auth,domain="sip:c",x=y,',
    { realm: "a", nonce: "b", qop: ["auth"], domain: "sip:c", x: "y" },
    "nothing is lost"
  ],
  ["WWW_Authenticate", 'Basic realm="a"', { realm: "a" }, "nothing is lost"],
  [
    "Request_Response",
    "SIP/2.0 486 Busy [here]",
    { sip_version: "SIP/2.0", status_code: 486, reason_phrase: "Busy [here]" },
    "in use"
  ],
  [
    "Request_Response",
    "INVITE tel:+1 SIP/2.0",
    { method: "INVITE", uri: { class: "URI", text: "tel:+1" }, sip_version: "SIP/2.0" },
    "the URI is not lost"
  ],
  // Header fields that SIP.js has no rule for.
  ["Expires", "3600", 3600, "new"],
  ["RSeq", "7", 7, "new"],
  ["Retry_After", "18000 (meeting);duration=3600", 18000, "new"],
  ["RAck", "7 1 INVITE", "7 1 INVITE", "new"],
  ["Allow", "INVITE, ACK", ["INVITE", "ACK"], "new"],
  ["Allow", "", [], "new"],
  [
    "Accept",
    "application/sdp;level=1, */*",
    [{ value: "application/sdp", params: { level: "1" } }, { value: "*/*" }],
    "new"
  ],
  [
    "Reason",
    'SIP;cause=200;text="a, b"',
    [{ value: "SIP", params: { cause: "200", text: '"a, b"' } }],
    "new"
  ],
  ["Target_Dialog", "a@b;local-tag=x", { value: "a@b", params: { "local-tag": "x" } }, "new"],
  ["Answer_Mode", "Auto;require", { value: "Auto", params: {} }, "new"],
  ["Referred_By", "<sip:a@h>;cid=x", { class: "NameAddrHeader", text: "<sip:a@h>;cid=x" }, "new"],
  [
    "P_Asserted_Identity",
    "<sip:a@h>,<tel:+1>",
    [
      { class: "NameAddrHeader", text: "<sip:a@h>" },
      { class: "NameAddrHeader", text: "<tel:+1>" }
    ],
    "new"
  ],
  [
    "Call_Info",
    "<http://a/b>;purpose=icon",
    [{ class: "NameAddrHeader", text: "<http://a/b>;purpose=icon" }],
    "new"
  ],
  ["Route", "<sip:a;lr>", [{ class: "NameAddrHeader", text: "<sip:a;lr>" }], "new"],
  ["Authorization", 'Digest username="a", nc=1', { username: "a", nc: "1" }, "new"],
  ["Authentication_Info", 'nextnonce="a"', { nextnonce: "a" }, "new"],
  ["Date", "Sat, 13 Nov 2010 23:29:00 GMT", "Sat, 13 Nov 2010 23:29:00 GMT", "new"],
  ["SIP_ETag", "dx200xyz", "dx200xyz", "new"],
  ["Warning", '399 h "x"', ['399 h "x"'], "new"]
];

describe("Grammar.parse reads as SIP.js does", () => {
  for (const [rule, texts] of Object.entries(same)) {
    it.each(texts)(rule + ": %s", (text) => {
      expect(outcome(Grammar.parse, rule, text)).toEqual(outcome(Reference.parse, rule, text));
    });
  }

  it.each(different)("except for %s: %s", (rule, text, expected) => {
    expect(outcome(Grammar.parse, rule, text)).toEqual(expected);
    expect(outcome(Reference.parse, rule, text)).not.toEqual(expected);
  });
});
