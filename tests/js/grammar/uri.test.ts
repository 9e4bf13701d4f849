import { describe, expect, it } from "vitest";
import { equivalentURI, Grammar, URI } from "../../../js/grammar/index.js";

describe("URI", () => {
  it.each([
    ["sip:alice@example.com", "sip:alice@example.com"],
    [
      "SIPS:Alice@EXAMPLE.com:5061;transport=TCP;lr?Subject=hi&X=1&X=2",
      "sips:Alice@example.com:5061;transport=TCP;lr?Subject=hi&X=1&X=2"
    ],
    ["sip:example.com", "sip:example.com"],
    ["sip:a:pw@h", "sip:a:pw@h"],
    ["sip:a@[::1]:5060", "sip:a@[::1]:5060"],
    ["sip:%61l%20ice@h", "sip:al%20ice@h"],
    ["sip:alice;day=x@h", "sip:alice%3Bday%3Dx@h"],
    ["sip:+1(22)@h", "sip:+1(22)@h"],
    ["sip:a@h?replaces=a%3Bto-tag%3Db", "sip:a@h?Replaces=a%3Bto-tag%3Db"]
  ])("reads %s", (text, printed) => {
    expect(Grammar.URIParse(text)?.toString()).toBe(printed);
  });

  it.each(["", ";", "sip:", "alice@example.com", "tel:+123", "sip:al ice@h", "sip:a@h\r\nX: y"])(
    "refuses %j",
    (text) => {
      expect(Grammar.URIParse(text)).toBeUndefined();
    }
  );

  it("takes itself apart", () => {
    const uri = Grammar.URIParse("sips:al%20ice@Example.COM:5061;Transport=TCP;lr?x-a=1")!;
    expect([uri.scheme, uri.user, uri.host, uri.port]).toEqual([
      "sips",
      "al ice",
      "example.com",
      5061
    ]);
    expect(uri.aor).toBe("al ice@example.com");
    expect(uri.parameters).toEqual({ transport: "TCP", lr: null });
    expect(uri.headers).toEqual({ "X-A": ["1"] });
    expect(uri.toRaw()).toBe("sips:al%20ice@Example.COM:5061;transport=TCP;lr?X-A=1");
  });

  it("is changed part by part, a copy of it not", () => {
    const uri = new URI("SIP", "us er", "HoSt", 5060, { lr: null, n: 3 }, { subject: ["a"] });
    const copy = uri.clone();
    uri.scheme = "SIPS";
    uri.user = undefined;
    uri.host = "Other";
    uri.port = undefined;
    uri.setParam("FOO", "Bar");
    uri.deleteParam("lr");
    uri.setHeader("call-id", "1");
    uri.deleteHeader("SUBJECT");
    expect(uri.toString()).toBe("sips:other;n=3;foo=Bar?Call-ID=1");
    expect(uri.toRaw()).toBe("SIPS:Other;n=3;foo=Bar?Call-ID=1");
    expect(copy.toString()).toBe("sip:us%20er@host:5060;lr;n=3?Subject=a");
  });

  it("needs a host", () => {
    expect(() => new URI("sip", "a", "")).toThrow(TypeError);
  });

  it.each([
    ["sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp", true],
    ["sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true],
    ["sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on", true],
    ["sip:alice@atlanta.com", "sip:Alice@atlanta.com", false],
    ["sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false],
    ["sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", false],
    ["sip:carol@chicago.com", "sips:carol@chicago.com", false],
    ["sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", false]
  ])("compares as RFC 3261 section 19.1.4 does: %s, %s", (a, b, equal) => {
    const [left, right] = [Grammar.URIParse(a)!, Grammar.URIParse(b)!];
    expect(equivalentURI(left, right)).toBe(equal);
    expect(equivalentURI(right, left)).toBe(equal);
  });
});
