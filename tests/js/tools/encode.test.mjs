import { expect, it } from "vitest";
import { decode } from "../../../js/engine/decode.ts";
import { encode, encodedSource } from "../../../tools/lib/encode.mjs";

const cases = {
  "every byte value": Uint8Array.from({ length: 256 }, (_, i) => i),
  nothing: new Uint8Array(),
  "the rare bytes alone": Uint8Array.from({ length: 165 }, (_, i) => 91 + i),
  "a skewed mixture": Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255)
};

it.each(Object.keys(cases))("decodes what it encoded: %s", (name) => {
  const { text, frequent, length } = encode(cases[name]);
  expect(decode(text, frequent, length)).toEqual(cases[name]);
});

it("needs no escapes in JavaScript", async () => {
  const source = encodedSource(encode(cases["every byte value"]));
  expect(source).toMatch(/^[\x20-\x7e\n]*$/);
  expect(source).not.toContain("\\");
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  const { binary, frequent, length } = await import(/* @vite-ignore */ url);
  expect(decode(binary, frequent, length)).toEqual(cases["every byte value"]);
});
