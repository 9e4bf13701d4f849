import { describe, expect, it } from "vitest";
import { Core as Reference } from "sip.js";
import { Grammar } from "../../../js/grammar/index.js";

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("Grammar.parse", () => {
  it.each([
    ["Via", "SIP/2.0/WSS h:1;branch=z;rport=5"],
    ["Via", "SIP/2.0/UDP 10.0.0.1;received=1.2.3.4"],
    ["CSeq", "1 INVITE"],
    ["Call_ID", "a@b"],
    ["Event", "refer;id=93809824"],
    ["Subscription_State", "active;expires=3"],
    ["Subscription_State", "terminated;reason=noresource"],
    ["Content_Type", "application/sdp;a=b"],
    ["Content_Length", "0"],
    ["Max_Forwards", "70"],
    ["Replaces", "abc;to-tag=a;from-tag=b;early-only"],
    ["Require", "100rel, timer"],
    ["Session_Expires", "300;refresher=uac"],
    ["WWW_Authenticate", 'Digest realm="a, b", nonce="c", qop="auth,auth-int", stale=TRUE'],
    ["Request_Response", "SIP/2.0 200 OK"],
    ["host", "[::1]"],
    ["CSeq", "nonsense"],
    ["NoSuchRule", "x"]
  ])("reads as SIP.js does: %s: %s", (rule, text) => {
    expect(plain(Grammar.parse(text, rule))).toEqual(plain(Reference.Grammar.parse(text, rule)));
  });

  it("reads each of several contacts", () => {
    const contacts = Grammar.parse('"A, B" <sip:a@h>;expires=3, <sip:b@h>;q=0.5', "Contact");
    expect(contacts.map((each: { parsed: unknown }) => String(each.parsed))).toEqual([
      '"A, B" <sip:a@h>;expires=3',
      "<sip:b@h>;q=0.5"
    ]);
  });
});
