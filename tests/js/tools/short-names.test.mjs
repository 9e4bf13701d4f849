import { expect, it } from "vitest";
import { shortNames } from "../../../tools/lib/short-names.mjs";

const placeholder = /\$_\d+/g;

it("gives members that are used alike the same name, though others are used more", () => {
  const text = `
    this.$_0.error(text);this.$_0.error(cause);this.$_1=new Map;
    this.$_2.error(text);this.$_3=new Map;this.$_3=new Map;this.$_3=new Map;`;
  const [names] = shortNames(text, placeholder, [
    ["$_0", "$_1"],
    ["$_2", "$_3"]
  ]);
  expect(names.get("$_2")).toBe(names.get("$_0"));
  expect(names.get("$_3")).toBe(names.get("$_1"));
  expect(names.get("$_0")).not.toBe(names.get("$_1"));
});

it("gives all members of a group names of their own, none that is taken", () => {
  const group = Array.from({ length: 200 }, (_, number) => `$_${number}`);
  const taken = new Set(["$e", "$E"]);
  const [way] = shortNames(group.join(), placeholder, [group], taken);
  const names = [...way.values()];
  expect(new Set(names)).toHaveLength(200);
  for (const name of names) {
    expect(name).toMatch(/^\$[a-zA-Z]{1,2}$/);
    expect(taken).not.toContain(name);
  }
});
