import { describe, expect, it } from "vitest";
import { Grammar, NameAddrHeader, URI } from "../../../js/grammar/index.js";

describe("NameAddrHeader", () => {
  it.each([
    ["<sip:a@h>", undefined, "<sip:a@h>", "a@h"],
    ['"" <sip:a@h>;expires=30', "", "<sip:a@h>;expires=30", "a@h"],
    ["Alice Bob <sip:a@h>", "Alice Bob", '"Alice Bob" <sip:a@h>', "Alice Bob"],
    ['"\u00e9" <sip:a@h;lr>;Tag=X;b', "\u00e9", '"\u00e9" <sip:a@h;lr>;tag=X;b', "\u00e9"],
    ['"a\\"b" <sip:a@h>', 'a\\"b', '"a\\"b" <sip:a@h>', 'a\\"b']
  ])("reads %s", (text, displayName, printed, friendlyName) => {
    const value = Grammar.nameAddrHeaderParse(text)!;
    expect(value.displayName).toBe(displayName);
    expect(value.toString()).toBe(printed);
    expect(value.friendlyName).toBe(friendlyName);
  });

  it.each(["", "*", "<sip:a@h", "sip:a@h;tag=1", "<tel:+1>;tag=x"])("refuses %j", (text) => {
    expect(Grammar.nameAddrHeaderParse(text)).toBeUndefined();
  });

  it("is changed, a copy of it not", () => {
    const value = new NameAddrHeader(new URI("sip", "a", "h"), "A", { Tag: "x" });
    const copy = value.clone();
    value.displayName = "";
    value.uri.user = "b";
    value.clearParams();
    expect(value.toString()).toBe("<sip:b@h>");
    expect(copy.toString()).toBe('"A" <sip:a@h>;tag=x');
  });
});
